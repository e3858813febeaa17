"""What lies open for a person, in one question: what is promised and to be put right, and what was begun and done."""

from collections import defaultdict
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, literal, null, select, union_all

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
    found = _found(person, now)
    by_number = sorted(found[LOGGED], key=itemgetter(5))
    return OpenEnds(
        [promised.from_row(row) for row in found[PROMISED]],
        [recovery.from_row(row) for row in found[RECOVERY]],
        list(contact_start.open_for(person, now) if found[STARTED] else ()),
        [LoggedAction(action, name, kind) for _at, _who, name, *_, action, kind in reversed(by_number)],
        next((str(name) for _at, _who, name, *_ in found[SHOWN]), None),
    )


def _found(person: Person, now: datetime) -> dict[int, list[Any]]:
    tomorrow = clock.midnight(_today(now) + clock.DAY, the_zone())
    parts = {
        PROMISED: promised.owed(person, tomorrow),
        RECOVERY: recovery.owed(person),
        STARTED: contact_start.any_of(person.id, now),
        LOGGED: recent.done_on(person.id, _today(now)),
        SHOWN: _shown(person.id),
    }
    both = union_all(*(_numbered(*each) for each in parts.items())).subquery()
    action = both.c.number == LOGGED, EngagementAction.id == both.c.promise_id
    query = select(*both.c, EngagementAction, ActionKind).outerjoin(EngagementAction, and_(*action))
    found = defaultdict(list)
    for part, *row in db.session.execute(query.outerjoin(ActionKind, ActionKind.id == EngagementAction.kind_id)):
        found[part].append(row)
    return {part: sorted(found[part], key=itemgetter(0, 5)) for part in parts}


def _shown(person_id: int) -> Select[*tuple[Any, ...]]:
    rows, nothing = list_log.LISTS.c, (null().label("kind"), null().label("channel"))
    order = list_log.newest_order(person_id, SURFACE)
    return order.with_only_columns(rows.shown_at, rows.person_id, rows.order_hash, *nothing, rows.id)


def _numbered(number: int, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    rows = query.subquery()
    return select(literal(number).label("number"), rows)


def _today(now: datetime) -> date:
    return clock.local_day(now, the_zone())
