"""Who is next for a person, kept in this process for a minute: until they log or undo, or a shown candidate changes.

Each time one question tells whether it still holds, so that the processes of one agency need not know of each other.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Date, Integer, Select, String, Table, bindparam, func, select, type_coerce

from app import clock
from app.db import UtcDateTime, db
from app.domain.actions.engagement_action import TABLE as ACTION
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Consent
from app.domain.candidates.contact_state import TABLE as STATE
from app.domain.candidates.identity import Identity
from app.domain.candidates.preference import ChannelPreference
from app.domain.scoring import contact_next
from app.domain.scoring.contact_next import Upcoming

LASTS = timedelta(minutes=1)
UNDONE_WITHIN = clock.WEEK
MOST = 512
CANDIDATE = cast("Table", Candidate.__table__)


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Only compared, never read: a moment need not become one."""
    return type_coerce(column, String) if isinstance(column.type, UtcDateTime) else column


def _own(*counted: ColumnElement[Any]) -> Select[Any]:
    mine = (
        ACTION.c.person_id == bindparam("me", type_=Integer()),
        ACTION.c.local_date >= bindparam("since", type_=Date()),
    )
    return select(func.count(*counted)).where(*mine)


def _newest(table: type[Consent | ChannelPreference]) -> ColumnElement[int]:
    newest = select(func.max(table.id)).where(table.candidate_id == STATE.c.candidate_id)
    return newest.correlate(STATE).scalar_subquery()


SEEN = (
    select(
        *(_as_it_is(column) for column in STATE.c),
        *(_as_it_is(column) for column in (CANDIDATE.c.updated_at, CANDIDATE.c.stage, CANDIDATE.c.keep_until)),
        Identity.id,
        Identity.state,
        _newest(Consent),
        _newest(ChannelPreference),
        _own(ACTION.c.id).scalar_subquery(),
        _own(ACTION.c.undone_at).scalar_subquery(),
    )
    .select_from(STATE)
    .join(CANDIDATE, CANDIDATE.c.id == STATE.c.candidate_id)
    .outerjoin(Identity, Identity.candidate_id == STATE.c.candidate_id)
    .where(STATE.c.candidate_id.in_(bindparam("ids", expanding=True)))
    .order_by(STATE.c.candidate_id, Identity.id)
)


class _Kept(NamedTuple):
    """A list, and what was seen of whoever it shows when it was made: nothing of an empty one, which never holds."""

    upcoming: Upcoming
    at: datetime
    seen: Sequence[Any]

    def holds(self, person: Person, now: datetime) -> bool:
        opens_at = self.upcoming.opens_at
        if not self.seen or not self.at <= now < self.at + LASTS or (opens_at is not None and opens_at <= now):
            return False
        return self.seen == _seen(person, self.upcoming, self.at)


KEPT: WeakKeyDictionary[object, dict[int, _Kept]] = WeakKeyDictionary()
"""By database, and then by person."""


def for_person(person: Person, now: datetime) -> Upcoming:
    """As `contact_next.for_person`; never from the middle of a transaction that writes."""
    if db.session.connection().get_execution_options().get("write"):
        return contact_next.for_person(person, now)
    lists = KEPT.setdefault(db.engine, {})
    kept = lists.get(person.id)
    if kept is None or not kept.holds(person, now):
        upcoming = _alone(contact_next.for_person(person, now))
        kept = _Kept(upcoming, now, _seen(person, upcoming, now))
        if len(lists) >= MOST:
            lists.clear()
        lists[person.id] = kept
    return kept.upcoming


def forget() -> None:
    """Rank anew."""
    KEPT.clear()


def _seen(person: Person, upcoming: Upcoming, at: datetime) -> Sequence[Any]:
    """What tells that something happened to the shown, or that the person did something, since a list was made."""
    ids = sorted({each.candidate.id for each in (*upcoming.rows, *upcoming.warm)})
    given = {"ids": ids, "me": person.id, "since": (at - UNDONE_WITHIN).date()}
    with db.session.connection().execute(SEEN, given) as result:
        return list(result.cursor.fetchall())


def _alone(upcoming: Upcoming) -> Upcoming:
    """Without the pool, of which only how many wait in it is kept; its cards are no session's."""
    waiting = upcoming.waiting
    return replace(upcoming, count_waiting=lambda: waiting)
