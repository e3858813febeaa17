"""Coverage: who was contacted in time for their stage, who waits too long, and how many are in each stage."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, select

from app.db import db
from app.domain.candidates.candidate import PRESENT, Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.oversight.contact import LAST_CONTACT, Terms, contacts_until, due_since, reachable, terms
from app.domain.oversight.tally import tally


class StageFigures(NamedTuple):
    """`unowned`: nobody looks after them. The owned whose first cadence is not over are neither on time nor late."""

    stage: Stage
    candidates: int = 0
    unowned: int = 0
    on_time: int = 0
    late: int = 0


class Coverage(NamedTuple):
    """Of the owned candidates whose turn came: contacted in time, or waiting too long."""

    on_time: int
    late: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that all means all; None while nobody's turn came."""
        whole = self.on_time + self.late
        return self.on_time * 100 // whole if whole else None


OWNED = Candidate.owner_id.is_not(None)


def late(at: datetime, on_time: ColumnElement[bool], within: Terms) -> ColumnElement[bool]:
    """Owned, reachable, a whole cadence with us, and not contacted in that time."""
    return and_(OWNED, reachable(at), Candidate.registered_at < due_since(at, within), ~on_time)


def on_time_now(now: datetime, within: Terms) -> ColumnElement[bool]:
    """Contacted within the cadence, as the running row per candidate says."""
    return due_since(now, within) <= LAST_CONTACT


def stages(now: datetime) -> list[StageFigures]:
    """Every stage in the order of the journey."""
    within = terms()
    on_time = on_time_now(now, within)
    query = (
        select(
            Candidate.stage,
            func.count(),
            tally(~OWNED),
            tally(and_(OWNED, reachable(now), on_time)),
            tally(late(now, on_time, within)),
        )
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .where(PRESENT)
        .group_by(Candidate.stage)
    )
    found = {Stage(row[0]): StageFigures(Stage(row[0]), *row[1:]) for row in db.session.execute(query)}
    return [found.get(stage, StageFigures(stage)) for stage in Stage]


def coverage_of(figures: Iterable[StageFigures]) -> Coverage:
    """All stages together."""
    rows = list(figures)
    return Coverage(sum(row.on_time for row in rows), sum(row.late for row in rows))


def coverage_at(then: datetime) -> Coverage:
    """What coverage was at an earlier moment, from the contacts themselves; owners and stages are those of today."""
    within = terms()
    contacts = contacts_until(then, within).subquery()
    latest = (
        select(contacts.c.candidate_id, func.max(contacts.c.occurred_at).label("at"))
        .group_by(contacts.c.candidate_id)
        .subquery()
    )
    on_time = func.coalesce(latest.c.at >= due_since(then, within), false())
    query = (
        select(tally(and_(OWNED, reachable(then), on_time)), tally(late(then, on_time, within)))
        .select_from(Candidate)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .outerjoin(latest, latest.c.candidate_id == Candidate.id)
        .where(PRESENT)
    )
    return Coverage(*db.session.execute(query).one())
