"""`flask doctor`: is the installation what it should be, and is every total what its ledger says."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

import click
from flask import Flask
from flask.cli import with_appcontext

from app import clock
from app.cli import footing
from app.db import db, write
from app.domain.actions import block_settling
from app.domain.actions.block_week import Week
from app.domain.agency.agency import the_zone
from app.domain.custody import reference, retention_run
from app.domain.game import coin_check, rebuilding
from app.domain.game.doctor import Difference, Total, standings_differences
from app.domain.game.rewarding import budget_check
from app.domain.notices import delivery, heartbeat
from app.domain.oversight import day_check
from app.domain.scoring import publication, versions

STUCK = timedelta(hours=12)
MOST_NAMED = 20


class Check(NamedTuple):
    """`problems` yields a sentence for everything that is wrong; a warning leaves the exit status alone."""

    name: str
    problems: Callable[[datetime], Iterator[str]]
    warning: bool = False


def standings(_now: datetime) -> Iterator[str]:
    """Every total on every board is what its ledger rows say, once they were made after an upgrade."""
    yield from map(_named, () if rebuilding.is_due() else standings_differences())


def coins(_now: datetime) -> Iterator[str]:
    """Coins follow points, and balances the coins."""
    if rebuilding.is_due():
        return
    for entry_id, points, paid in coin_check.unpaid():
        yield f"ledger row {entry_id} has {points} points and {'no' if paid is None else paid} coins"
    for person_id, balance, owed, total in coin_check.wrong_balances():
        yield f"person {person_id} has {balance} coins and owes {owed}, but the rows sum to {total}"


def budget(_now: datetime) -> Iterator[str]:
    """The pots of every budget, and what is held of them, are what the movements say."""
    for name, found in (("budget", budget_check.wrong_budgets()), ("hold", budget_check.wrong_holds())):
        for row_id, stored, computed in found:
            yield f"{name} {row_id} has {stored} cents in its pots, but the movements sum to {computed}"
    for redemption_id in budget_check.wrong_redemptions():
        yield f"redemption {redemption_id} does not hold the coins or the money that its state says"


def upgrade(_now: datetime) -> Iterator[str]:
    """Nothing waits to be made anew after an upgrade."""
    if rebuilding.is_due():
        yield "the boards are made from the ledger by python -m jobs in its first minute, or now by flask doctor --mend"


def streaks(now: datetime) -> Iterator[str]:
    """Every settled week of a follow-up block is what the actions in it say; those to be settled are no fault."""
    settled = (each for each in block_settling.differences(now) if each.stored)
    for person, stored, derived in islice(settled, MOST_NAMED):
        monday = stored.week if stored else ""
        yield f"the week of {monday} of {person.name}: stored {_week(stored)}, the actions say {_week(derived)}"


def _week(week: Week | None) -> str:
    return f"{week.state} with {week.actions} actions" if week else "nothing"


def _named(difference: Difference) -> str:
    place = difference.place
    board = f"{place.scope} {place.subject_id} in the {place.period} of {place.start}"
    return f"{board}: stored {_facts(difference.stored)}, the ledger says {_facts(difference.computed)}"


def _facts(total: Total | None) -> str:
    return ", ".join(f"{name} {value}" for name, value in total._asdict().items()) if total else "nothing"


def figures(now: datetime) -> Iterator[str]:
    """The figures of some days of the sponsor's page are what the rows say."""
    for found in day_check.differences(now, the_zone()):
        yield f"{found.measure} on {found.days.start} is kept as {found.kept:g}, the rows say {found.counted:g}"


def outbox(now: datetime) -> Iterator[str]:
    """No message waits long after it is due."""
    oldest = delivery.oldest_due(now)
    if oldest and oldest < now - delivery.OVERDUE:
        yield f"a message has been due since {oldest:%Y-%m-%d %H:%M} UTC"


def retention(now: datetime) -> Iterator[str]:
    """Nobody is kept for longer than their end and two nights."""
    if late := retention_run.overdue(now):
        yield f"{late} candidates are kept although their end has come: start python -m jobs, or run flask retention"


def merges(_now: datetime) -> Iterator[str]:
    """Nothing stands with candidates who were merged but what they had in common with the one who was kept."""
    for merged_id, kept_id in reference.astray(MOST_NAMED).items():
        yield f"candidate {merged_id} was merged into {kept_id} but has rows of their own: the next night moves them"


def scores(now: datetime) -> Iterator[str]:
    """Last night's sample of the scores was what the touchpoints say, and rules that were published get on."""
    last, building = versions.newest_check(), publication.progress()
    if last and last.differing:
        yield (
            f"of {last.sampled} scores that were counted anew at {last.at:%Y-%m-%d %H:%M} UTC {last.differing} differ,"
            f" the most by {last.worst:.2f} s: candidate {last.example}"
        )
    if building and building.published_at < now - STUCK:
        yield f"version {building.version} of the rules has been counted since {building.published_at:%Y-%m-%d} UTC"


def scheduler(now: datetime) -> Iterator[str]:
    """The jobs process lives."""
    last = heartbeat.last_beat()
    if last is None:
        yield "no job has ever run: start python -m jobs"
    elif heartbeat.is_silent(last, now):
        yield f"no job has run since {last:%Y-%m-%d %H:%M} UTC"


CHECKS = [
    Check("database", footing.database),
    Check("migrations", footing.migrations),
    Check("disk", footing.disk),
    Check("certificates", footing.certificates, warning=True),
    Check("clock", footing.clock_is_sane),
    Check("upgrade", upgrade, warning=True),
    Check("standings", standings),
    Check("coins", coins),
    Check("budget", budget),
    Check("scores", scores),
    Check("streaks", streaks),
    Check("figures", figures),
    Check("outbox", outbox),
    Check("merges", merges, warning=True),
    Check("retention", retention, warning=True),
    Check("scheduler", scheduler, warning=True),
]

AT_REST = [check for check in CHECKS if check.name not in {"outbox", "scheduler"}]
"""What is right also while no process runs."""


def register(app: Flask) -> None:
    app.cli.add_command(doctor)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option("--mend", "mends", is_flag=True, help="First make the boards and the coins anew from the ledger.")
@with_appcontext
def doctor(*, as_json: bool, mends: bool) -> None:
    """Check the installation, and every total against its ledger; exit 1 when something is wrong."""
    if mends:
        write()
        boards = rebuilding.rebuild()
        coin_check.mend()
        db.session.commit()
        click.echo(f"{boards} boards were made anew from the ledger", err=True)
    examine(as_json=as_json)


def examine(checks: Sequence[Check] = CHECKS, *, as_json: bool = False) -> None:
    """Say of every check how it went; end with 1 when something is wrong."""
    now = clock.now()
    found = [(check, list(check.problems(now))) for check in checks]
    sick = any(problems and not check.warning for check, problems in found)
    click.echo(json.dumps(_answer(found, sick=sick), indent=2) if as_json else "\n".join(_lines(found)))
    if sick:
        raise SystemExit(1)


def _state(check: Check, problems: list[str]) -> str:
    return ("warning" if check.warning else "wrong") if problems else "ok"


def _answer(found: list[tuple[Check, list[str]]], *, sick: bool) -> dict[str, object]:
    checks = {check.name: {"state": _state(check, problems), "problems": problems} for check, problems in found}
    return {"ok": not sick, "checks": checks}


def _lines(found: list[tuple[Check, list[str]]]) -> Iterator[str]:
    for check, problems in found:
        yield f"{check.name:<12} {_state(check, problems)}"
        yield from (f"  {problem}" for problem in problems)
