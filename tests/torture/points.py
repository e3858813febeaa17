"""Many writers log and undo for one candidate at once, and never earn beyond the caps: `make torture-points`.

`--engine` is sqlite or postgresql, which is started for it. The control takes the row lock and the index behind it
out, and must go beyond; on PostgreSQL, because SQLite has one writer at a time.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier, BrokenBarrierError
from typing import NamedTuple
from uuid import uuid4

from flask import Flask
from sqlalchemy import select, text

from app import clock
from app.db import db, write
from app.domain.actions import action, circumstances
from app.domain.actions.award import WEEK_PLACES, PlaceClass
from app.domain.actions.contact import Contact
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.replayed import Happened, replay
from app.domain.agency.person import Person
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.game.ledger_entry import EARN, REVERSAL, LedgerEntry
from app.domain.program.action_kind import ActionKind, ActionRule
from app.domain.program.kind_rule import KindRule
from app.prepared import Prepared
from tests import make
from tests.people import make_people
from tests.torture import reconcile
from tests.torture.ground import chosen, conclude, ground

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
HOURS = (0, 1, 24, 25)
OUTCOMES = (Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.MESSAGE_SENT, Outcome.APPOINTMENT, Outcome.DONE)


class Step(NamedTuple):
    """What somebody does: log an outcome so many hours ago, or, without one, undo what they logged last."""

    outcome: Outcome | None
    hours: int = 0


@dataclass
class Desk:
    """Who logs for whom."""

    app: Flask
    candidate_id: int
    people: Sequence[int]


def desk(app: Flask, writers: int) -> Desk:
    """An agency with so many recruiters; the candidate is new."""
    with app.app_context():
        known = db.session.scalars(select(Person.id).where(Person.name.like("R% Jansen")).order_by(Person.id)).all()
        if not known:
            make_people()
            known = [make.person(f"R{number} Jansen").id for number in range(writers)]
        candidate = make.candidate(at=NOW - timedelta(days=3))
        db.session.commit()
        found = Desk(app, candidate.id, known[:writers])
        db.session.remove()
    return found


def random_steps(rng: random.Random, most: int) -> list[Step]:
    """Mostly logging, now and then an undo."""
    some = range(rng.randint(1, most))
    return [Step(None) if rng.random() < 0.25 else Step(rng.choice(OUTCOMES), rng.choice(HOURS)) for _ in some]


def carry_out(at: Desk, person_id: int, steps: Sequence[Step]) -> None:
    """One after the other, each in a transaction of its own."""
    mine: list[int] = []
    for step in steps:
        with at.app.app_context():
            write()
            person = db.session.get_one(Person, person_id)
            if step.outcome is None:
                if mine:
                    action.undo(person, mine.pop(), NOW)
            else:
                mine.append(_log(person, at.candidate_id, step.outcome, NOW - timedelta(hours=step.hours)))
            db.session.commit()


def _log(person: Person, candidate_id: int, outcome: Outcome, at: datetime) -> int:
    kind = "status_update" if outcome is Outcome.DONE else None
    candidate = db.session.get_one(Candidate, candidate_id)
    return action.log(person, candidate, outcome, at=at, now=NOW, kind=kind, key=uuid4().bytes).action_id


def at_once(at: Desk, plans: Sequence[Sequence[Step]]) -> None:
    """All writers in threads that start together; what is refused by the database is nobody's points."""
    start = Barrier(len(plans))

    def run(person_id: int, steps: Sequence[Step]) -> None:
        start.wait(timeout=20)
        carry_out(at, person_id, steps)

    with ThreadPoolExecutor(len(plans)) as pool:
        list(pool.map(run, at.people, plans))


def beyond(app: Flask, candidate_id: int) -> list[str]:
    """Which caps what stands in the ledger goes beyond."""
    entry, back = LedgerEntry, select(LedgerEntry.reverses_id).where(LedgerEntry.reverses_id.is_not(None))
    query = (
        select(entry.person_id, ActionKind.code, entry.local_date, entry.points, ActionKind.place_class)
        .join(ActionKind, ActionKind.id == entry.action_kind_id)
        .where(entry.candidate_id == candidate_id, entry.kind == EARN, entry.points > 0, entry.id.not_in(back))
    )
    with app.app_context():
        rows = db.session.execute(query).all()
    daily = Counter((row[0], row[1], row[2]) for row in rows)
    weekly = Counter((where, clock.week_of(row[2]).start) for row in rows if (where := _class(row[4])))
    found = [f"{times} times {what}" for what, times in daily.items() if times > 1]
    return found + [f"{n} places {what}" for what, n in weekly.items() if n > WEEK_PLACES[what[0]]]


def _class(name: str | None) -> PlaceClass | None:
    return next((each for each in WEEK_PLACES if each == name), None)


def differences(app: Flask, candidate_id: int) -> list[int]:
    """Their actions that would earn something else when all is decided again in the order of the ledger's ids.

    All of everybody: what somebody logs often on one day is worth less, whomever it is for.
    """
    with app.app_context():
        history, paid = _history(candidate_id)
    given = replay(history)
    return [one for one, points in paid.items() if given[one].points != points]


def _history(candidate_id: int) -> tuple[list[Happened], dict[int, int]]:
    """Everything that was logged, and what was paid for this candidate."""
    entry, row = LedgerEntry, EngagementAction
    query = (
        select(entry, row, ActionKind.place_class, ActionRule.points)
        .join(row, row.id == entry.source_id)
        .join(ActionKind, ActionKind.id == row.kind_id)
        .join(ActionRule, (ActionRule.kind_id == row.kind_id) & (ActionRule.version == entry.rule_version))
        .where(entry.source_kind == "action", entry.line == 0)
    )
    history, paid = [], {}
    for posted, logged, place_class, worth in db.session.execute(query.order_by(entry.id)):
        undone = posted.kind == REVERSAL
        week = clock.week_of(logged.local_date).start
        whose = logged.id, logged.person_id or 0, logged.candidate_id, logged.kind_id, logged.local_date, week, worth
        history.append(Happened(*whose, _class(place_class), posted.reason == "reply", undone))
        if not undone and logged.candidate_id == candidate_id:
            paid[logged.id] = posted.points
    return history, paid


@contextmanager
def without_the_row_lock(app: Flask, writers: int) -> Iterator[None]:
    """Nobody holds the candidate's row, the index lets a place be taken twice, and all look before anybody takes."""
    held, of, together = contact_state.HELD_ONE, circumstances.of, Barrier(writers)

    def look_together(contact: Contact, rule: KindRule) -> circumstances.Circumstances:
        found = of(contact, rule)
        try:
            together.wait(timeout=0.2)
        except BrokenBarrierError:
            together.reset()
        return found

    with app.app_context():
        db.session.execute(text("DROP INDEX uq_award_place_taken"))
        db.session.commit()
    contact_state.HELD_ONE = Prepared(select(*contact_state.WRITTEN).where(contact_state.THIS))
    circumstances.of = look_together
    try:
        yield
    finally:
        contact_state.HELD_ONE, circumstances.of = held, of


def one_round(app: Flask, writers: int, rng: random.Random, most: int) -> list[str]:
    """What one candidate brought beyond the caps, and what would be decided otherwise."""
    where = desk(app, writers)
    at_once(where, [random_steps(rng, most) for _ in range(writers)])
    other = [f"action {one} is decided otherwise" for one in differences(app, where.candidate_id)]
    return beyond(app, where.candidate_id) + other


def main() -> None:
    options = chosen(__doc__, rounds=100, writers=8, steps=8)
    with ground(options.engine) as at:
        wrong = _rounds(at.app, options)
        wrong += [] if options.control else reconcile.differences(at.app)
    told = f"{options.engine}: candidates who bring no more than the caps, and as it would be decided again"
    conclude(options.rounds, wrong, control=options.control, told=told)


def _rounds(app: Flask, options: argparse.Namespace) -> list[str]:
    """What is wrong with each candidate with whom something is."""
    if not options.control:
        found = [one_round(app, options.writers, random.Random(seed), options.steps) for seed in range(options.rounds)]
    else:
        with without_the_row_lock(app, options.writers):
            found = [unguarded_round(app, options.writers) for _ in range(options.rounds)]
    return ["; ".join(each) for each in found if each]


def unguarded_round(app: Flask, writers: int) -> list[str]:
    """All of them try one candidate at once."""
    where = desk(app, writers)
    at_once(where, [[Step(Outcome.NO_ANSWER)]] * writers)
    return beyond(app, where.candidate_id)


if __name__ == "__main__":
    main()
