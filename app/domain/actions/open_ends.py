"""What lies open for a person, in one question: what is promised and to be put right, and what was begun and done."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, literal_column, select, union_all

from app import clock
from app.db import db
from app.domain.actions import contact_start, promised, recent, recovery
from app.domain.actions.contact_start import Started
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promised import Promised
from app.domain.actions.recent import LoggedAction
from app.domain.actions.recovery import Open
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.program.action_kind import ActionKind
from app.domain.scoring import list_log

PROMISED, RECOVERY, STARTED, LOGGED, SHOWN = range(5)
SURFACE = "today"


def _numbered(number: int, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return select(literal_column(str(number)).label("number"), query.subquery())


PARTS = {
    PROMISED: promised.DUE,
    RECOVERY: recovery.OWED,
    STARTED: contact_start.NEWEST,
    LOGGED: recent.DONE,
    SHOWN: list_log.NEWEST,
}
ENDS = union_all(*(_numbered(*each) for each in PARTS.items())).subquery()
EVERYTHING = (
    select(*ENDS.c, EngagementAction, ActionKind)
    .outerjoin(EngagementAction, and_(ENDS.c.number == LOGGED, EngagementAction.id == ENDS.c.promise_id))
    .outerjoin(ActionKind, ActionKind.id == EngagementAction.kind_id)
)


class OpenEnds(NamedTuple):
    """What a person owes today and before, earliest first; what they began, and what they logged today, newest first.

    `shown` is the order of the list that Today showed them last.
    """

    promised: list[Promised]
    recoveries: list[Open]
    started: list[Started]
    logged: list[LoggedAction]
    shown: str | None


def of(person: Person, now: datetime) -> OpenEnds:
    """Of contacts that were begun it is only asked first whether there are any: mostly there are none."""
    found = defaultdict(list, _found(person, now))
    by_number = sorted(found[LOGGED], key=itemgetter(5))
    return OpenEnds(
        [promised.from_row(row) for row in found[PROMISED]],
        [recovery.from_row(row) for row in found[RECOVERY]],
        list(contact_start.open_for(person, now) if found[STARTED] else ()),
        [LoggedAction(action, name, kind) for _at, _who, name, *_, action, kind in reversed(by_number)],
        next((str(name) for _at, _who, name, *_ in found[SHOWN]), None),
    )


def _found(person: Person, now: datetime) -> dict[int, list[Any]]:
    zone = the_zone()
    today = clock.local_day(now, zone)
    given = {
        "me": person.id,
        "before": clock.midnight(today + clock.DAY, zone),
        "asked": now - contact_start.ASKED_FOR,
        "day": today,
        "surface": SURFACE,
    }
    found = defaultdict(list)
    for part, *row in db.session.execute(EVERYTHING, given):
        found[part].append(row)
    return {part: sorted(rows, key=_by_moment) for part, rows in found.items()}


def _by_moment(row: Sequence[Any]) -> tuple[Any, ...]:
    """An answer that is owed has no number of its own."""
    at, candidate_id, *_, number = row[:6]
    return at, candidate_id, number or 0
