"""A candidate's timeline: what they did, what we did and what changed, newest first, a page at a time."""

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, func, literal, select, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.db import UtcDateTime, db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.agency.person import Person
from app.domain.candidates.candidate import LARGEST_ID
from app.domain.candidates.consent import Consent
from app.domain.candidates.stage_move import StageMove
from app.domain.journey.application import Application, ApplicationMove
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.journey.vacancy import Vacancy
from app.domain.program.action_kind import ActionKind

PAGE = 30
MOMENT = "%Y%m%dT%H%M%S.%fZ"
MOST_KINDS = 200
THIS, KIND = bindparam("this", type_=Integer()), bindparam("kind", type_=String())
NOW = bindparam("now", type_=UtcDateTime())
BEFORE_AT, BEFORE_ID = bindparam("before_at", type_=UtcDateTime()), bindparam("before_id", type_=Integer())
MOST = bindparam("most", type_=Integer())


class Side(IntEnum):
    """Whose doing it is; at one moment a higher one is the newer."""

    CANDIDATE = 1
    US = 2
    STAGE = 3
    CONSENT = 4
    APPLICATION = 5
    PROMISE = 6


CHANGES = (Side.STAGE, Side.CONSENT, Side.APPLICATION, Side.PROMISE)


class Wanted(NamedTuple):
    """Which moments are asked for; `kind` is the code of a touchpoint's or an action's kind."""

    sides: tuple[Side, ...] = tuple(Side)
    kind: str | None = None


class Cursor(NamedTuple):
    """The last moment of a page: the next page holds what is older."""

    at: datetime
    side: Side
    id: int

    def __str__(self) -> str:
        return f"{self.at.strftime(MOMENT)}-{self.side:d}-{self.id}"


class Entry(NamedTuple):
    """One moment: the row that tells it, its kind or what was applied for, and the name of whoever of us did it."""

    at: datetime
    side: Side
    what: Touchpoint | EngagementAction | StageMove | Consent | ApplicationMove | Promise
    kind: TouchpointKind | ActionKind | Vacancy | None
    by: str | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.at, self.side, self.what.id)


class Kind(NamedTuple):
    """A kind by which a timeline can be narrowed."""

    side: Side
    code: str
    label_nl: str
    label_en: str


class Timeline(NamedTuple):
    """One page; `older` is where the next one begins, or None."""

    entries: Sequence[Entry]
    older: Cursor | None


def cursor(text: str) -> Cursor | None:
    """The cursor that an address holds; None when it holds none that can be read."""
    moment, _, rest = text.partition("-")
    side, _, number = rest.partition("-")
    try:
        found = Cursor(clock.parse(moment), Side(int(side)), int(number))
    except ValueError:
        return None
    return found if 0 < found.id <= LARGEST_ID else None


def page_of(candidate_id: int, wanted: Wanted, before: Cursor | None = None, size: int = PAGE) -> Timeline:
    """The newest moments that are asked for, or those older than a cursor; always one question."""
    asked = {"this": candidate_id, "kind": wanted.kind, "now": clock.now(), "most": size + 1}
    asked |= {"before_at": before.at, "before_id": before.id} if before else {}
    question = _question(Question(wanted.sides, wanted.kind is not None, before.side if before else None))
    entries = [_entry(*row) for row in db.session.execute(question, asked)]
    older = entries[size - 1].cursor if len(entries) > size else None
    return Timeline(entries[:size], older)


class Question(NamedTuple):
    """Of which sides, of one kind or of all, and behind a moment of which side: for each a statement is made once."""

    sides: tuple[Side, ...]
    narrowed: bool
    before: Side | None


@cache
def _question(asked: Question) -> Select[Any]:
    return _told(asked.sides, _keys(asked))


def _keys(asked: Question) -> Select[Any]:
    """Moment, side and id of the wanted rows: each side brings no more of its newest than the page can hold."""
    parts = [_newest(side, asked).limit(MOST).subquery() for side in asked.sides]
    every = union_all(*(select(part) for part in parts)).subquery()
    return select(every).order_by(every.c.at.desc(), every.c.side.desc(), every.c.id.desc()).limit(MOST)


def _newest(side: Side, asked: Question) -> Select[Any]:
    row, at = _SOURCES[side]
    query = select(at.label("at"), literal(int(side)).label("side"), row.id.label("id")).where(row.candidate_id == THIS)
    if side is Side.US:
        query = query.where(EngagementAction.undone_at.is_(None))
    if side is Side.APPLICATION:
        query = query.where(ApplicationMove.moved_by_id.is_not(None))  # the others are touchpoints as well
    if side is Side.PROMISE:
        query = query.where(Promise.withdrawn_at.is_(None), Promise.due_at <= NOW)  # others are still to come
    if asked.narrowed:
        query = query.where(_is_of(side))
    if asked.before is not None:
        query = query.where(_older(side, at, row.id, asked.before))
    return query.order_by(at.desc(), row.id.desc())


_SOURCES: dict[Side, tuple[type[Any], InstrumentedAttribute[datetime]]] = {
    Side.CANDIDATE: (Touchpoint, Touchpoint.occurred_at),
    Side.US: (EngagementAction, EngagementAction.occurred_at),
    Side.STAGE: (StageMove, StageMove.moved_at),
    Side.CONSENT: (Consent, Consent.at),
    Side.APPLICATION: (ApplicationMove, ApplicationMove.moved_at),
    Side.PROMISE: (Promise, Promise.due_at),
}


def _is_of(side: Side) -> ColumnElement[bool]:
    if side is Side.US:
        return EngagementAction.kind_id.in_(select(ActionKind.id).where(ActionKind.code == KIND))
    return Touchpoint.kind == KIND


def _older(
    side: Side, at: InstrumentedAttribute[datetime], id_: InstrumentedAttribute[int], before: Side
) -> ColumnElement[bool]:
    if side == before:
        return tuple_(at, id_) < tuple_(BEFORE_AT, BEFORE_ID)
    return at <= BEFORE_AT if side < before else at < BEFORE_AT


def _told(sides: tuple[Side, ...], keys: Select[Any]) -> Select[Any]:
    """The rows behind the keys, each with its kind and who did it."""
    key = keys.subquery()
    actor = func.coalesce(
        EngagementAction.person_id,
        StageMove.moved_by_id,
        Consent.recorded_by_id,
        ApplicationMove.moved_by_id,
        Promise.person_id,
    )
    return (
        select(key.c.at, key.c.side, *_shown(sides))
        .select_from(key)
        .outerjoin(Touchpoint, (key.c.side == Side.CANDIDATE) & (Touchpoint.id == key.c.id))
        .outerjoin(TouchpointKind, TouchpointKind.code == Touchpoint.kind)
        .outerjoin(EngagementAction, (key.c.side == Side.US) & (EngagementAction.id == key.c.id))
        .outerjoin(ActionKind, ActionKind.id == EngagementAction.kind_id)
        .outerjoin(StageMove, (key.c.side == Side.STAGE) & (StageMove.id == key.c.id))
        .outerjoin(Consent, (key.c.side == Side.CONSENT) & (Consent.id == key.c.id))
        .outerjoin(ApplicationMove, (key.c.side == Side.APPLICATION) & (ApplicationMove.id == key.c.id))
        .outerjoin(Promise, (key.c.side == Side.PROMISE) & (Promise.id == key.c.id))
        .outerjoin(Application, Application.id == ApplicationMove.application_id)
        .outerjoin(Vacancy, Vacancy.id == Application.vacancy_id)
        .outerjoin(Person, Person.id == actor)
        .order_by(key.c.at.desc(), key.c.side.desc(), key.c.id.desc())
    )


_KINDS: dict[Side, type[Any]] = {
    Side.CANDIDATE: TouchpointKind,
    Side.US: ActionKind,
    Side.APPLICATION: Vacancy,
}


def _shown(sides: tuple[Side, ...]) -> list[Any]:
    """The rows that tell a moment, then what they are of, then a name; nothing is read of sides that are not wanted."""
    return [*(_SOURCES[side][0] for side in sides), *(_KINDS[side] for side in sides if side in _KINDS), Person.name]


def _entry(at: datetime, side: int, *found: Any) -> Entry:  # noqa: ANN401 - the row of a question over many tables
    what, *kind = (row for row in found[:-1] if row is not None)
    return Entry(at, Side(side), what, kind[0] if kind else None, found[-1])


def kinds() -> list[Kind]:
    """By which kinds a timeline can be narrowed: what candidates do, then what we do."""
    seen = select(
        literal(int(Side.CANDIDATE)).label("side"),
        TouchpointKind.code.label("code"),
        TouchpointKind.label_nl.label("label_nl"),
        TouchpointKind.label_en.label("label_en"),
        literal(0).label("position"),
    ).where(TouchpointKind.known)
    done = select(
        literal(int(Side.US)),
        ActionKind.code,
        ActionKind.label_nl,
        ActionKind.label_en,
        ActionKind.position,
    ).where(ActionKind.known)
    every = union_all(seen, done).subquery()
    query = select(every.c.side, every.c.code, every.c.label_nl, every.c.label_en)
    rows = db.session.execute(query.order_by(every.c.side, every.c.position, every.c.code).limit(MOST_KINDS))
    return [Kind(Side(side), code, label_nl, label_en) for side, code, label_nl, label_en in rows]
