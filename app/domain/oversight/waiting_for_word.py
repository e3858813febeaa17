"""Waiting for our word: the candidates whom we owe an answer about an application or a message, longest first."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Executable, Row, Select, and_, func, or_, select, true

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.oversight.contact import NEVER, reachable
from app.domain.scoring.agency_calendar import calendar_at
from app.domain.scoring.owed import OWED_FOR, Turned, answer_owed
from app.domain.scoring.working_time import WorkingCalendar

TOP = 10
MOST = 100_000


class Waiting(NamedTuple):
    """`since`: our word was due then. `about`: the state of their application, None for a message of theirs.

    `owner` None: nobody looks after them, or people may not be named; `team_id` is the owner's.
    """

    candidate_id: int
    name: str
    since: datetime
    about: str | None
    owner: str | None
    owner_id: int | None = None
    team_id: int | None = None


def waiting_for_word(now: datetime, *, named: bool, whose: Select[int] | None = None) -> list[Waiting]:
    """Everybody whose answer is due, and was not more than thirty days ago: after that it is neglect.

    `whose`: only these candidates.
    """
    calendar = calendar_at(now)
    found = [_waiting(row, now, calendar, named=named) for row in db.session.execute(_may_wait(now, whose))]
    return sorted((one for one in found if one is not None and one.since <= now), key=lambda one: one.since)


def _may_wait(now: datetime, whose: Select[int] | None) -> Executable:
    """Those of whom the rows alone cannot say that nobody waits; the working calendar says the rest."""
    state, oldest = ContactState, now - timedelta(seconds=OWED_FOR)
    told = (func.coalesce(column, NEVER) for column in (state.last_two_way_at, state.last_attempt_at))
    unheard = and_(
        state.last_inbound_at == state.last_contact_at,
        state.last_inbound_at <= now - timedelta(days=1),
        state.last_inbound_at > oldest - timedelta(days=7),
        *(state.last_inbound_at > at for at in told),
    )
    applied = and_(state.application_owed_at <= now, state.application_owed_at >= oldest)
    return (
        select(
            Candidate.id,
            Candidate.name,
            Person.name.label("owner"),
            Candidate.owner_id,
            Person.team_id,
            state.application_owed_at,
            state.application_state,
            state.last_inbound_at,
            state.last_two_way_at,
            state.last_attempt_at,
        )
        .join(state, state.candidate_id == Candidate.id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(PRESENT, reachable(now), or_(applied, unheard), true() if whose is None else Candidate.id.in_(whose))
        .order_by(Candidate.id)
        .limit(MOST)
    )


def _waiting(row: Row[Any], now: datetime, calendar: WorkingCalendar, *, named: bool) -> Waiting | None:
    moments = (row.last_inbound_at, row.last_two_way_at, row.last_attempt_at, row.application_owed_at)
    heard, spoke, tried, applied = (at.timestamp() if at else None for at in moments)
    turned = Turned(heard, spoke, tried, applied, row.application_state)
    owed = answer_owed(turned, now.timestamp(), calendar)
    if owed.since is None:
        return None
    since = datetime.fromtimestamp(owed.since, UTC)
    return Waiting(row.id, row.name, since, owed.about, row.owner if named else None, row.owner_id, row.team_id)
