"""`flask score-events`: scores a file of events through the product's own rules, as they were at given moments."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.cli import event_files
from app.cli.event_files import Cuts
from app.config import Settings
from app.domain.scoring import replay, tuning
from app.domain.scoring.occasions import Past, Task
from app.domain.scoring.replay import Event
from app.domain.scoring.ruleset import Ruleset
from app.domain.scoring.tuning import Found, Quality

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def register(app: Flask) -> None:
    app.cli.add_command(score_events)


@click.command("score-events")
@click.argument("events", type=FILE)
@click.argument("cutoffs", type=FILE)
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--kinds", type=FILE, help="JSON object: points per kind; other kinds then give what the preset says.")
@click.option("--half-life", type=float, help="Days in which a score halves; the preset says 21.")
@click.option("--tune", is_flag=True, help="Find the half-life of each cut in what was known before it.")
@click.option("--days", type=click.IntRange(1, 365), default=7, help="With --tune: who acts within so many days; 7.")
@with_appcontext
def score_events(
    events: Path, cutoffs: Path, out: Path, kinds: Path | None, half_life: float | None, *, tune: bool, days: int
) -> None:
    """Score EVENTS (CSV with entity, ts, kind; .gz too) at each of the CUTOFFS (JSON with cuts) into OUT (CSV).

    Each cut sees only events up to itself. Without --kinds every kind that the preset does not know gives 10 points.
    --tune needs in CUTOFFS which kinds are the act, as "acts".
    """
    settings: Settings = current_app.config["SETTINGS"]
    zone = ZoneInfo(settings.timezone)
    try:
        rules = replay.ruleset(event_files.points(kinds) if kinds else None, half_life)
        cuts = event_files.cuts(cutoffs)
        found = list(event_files.events(events))
    except (ValueError, OSError, EOFError) as error:
        raise click.ClickException(str(error)) from error
    plan = _tuned(found, cuts, rules, days, zone) if tune else dict.fromkeys(cuts.moments.values(), rules)
    rows = _write(out, found, cuts, plan, zone)
    lengths = ", ".join(dict.fromkeys(f"{each.half_life_days:g}" for each in plan.values()))
    click.echo(f"{len(found)} events, {len(plan)} cuts, half-life {lengths} days: {rows} scores in {out}")


def _write(out: Path, events: Iterable[Event], cuts: Cuts, plan: Mapping[datetime, Ruleset], zone: ZoneInfo) -> int:
    names = {moment: text for text, moment in cuts.moments.items()}
    rows = 0
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["cut", "entity", "score"])
        for cut, entity, value in replay.scores(events, plan, zone):
            writer.writerow([names[cut], entity, repr(value)])
            rows += 1
    return rows


def _tuned(events: list[Event], cuts: Cuts, rules: Ruleset, days: int, zone: ZoneInfo) -> dict[datetime, Ruleset]:
    """The rules of each cut, with the half-life that fitted best before it; says what it chose and why."""
    if not cuts.acts:
        raise click.ClickException('the cut-offs do not say in "acts" which kinds are the act')
    past = Past(events, Task(cuts.acts, timedelta(days=days)), rules, zone)
    plan, found = {}, None
    for text, cut in cuts.moments.items():
        found = tuning.search(past.before(cut), rules.half_life_days)
        plan[cut] = replace(rules, half_life_days=found.days) if found else rules
        click.echo(f"{text}: {_reason(found) if found else _too_little(rules)}")
    if found:
        click.echo("Tried for the last cut: " + ", ".join(f"{days:g} d {_both(each)}" for days, each in found.tried))
    return plan


def _reason(found: Found) -> str:
    return (
        f"half-life {found.days:g} days, from {found.occasions} past moments with {found.outcomes} outcomes, of whom "
        f"{found.acted} acted: {_both(found.quality)}; with {found.present_days:g} days {_both(found.present)}"
    )


def _too_little(rules: Ruleset) -> str:
    least, each = tuning.LEAST_OUTCOMES, tuning.LEAST_OF_EACH
    return f"half-life {rules.half_life_days:g} days, not enough data: needs {least} outcomes, {each} of each kind"


def _both(quality: Quality) -> str:
    return f"AUC {quality.auc:.3f} top {quality.top:.3f}"
