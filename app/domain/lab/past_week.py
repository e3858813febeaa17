"""What was posted for the actions of one ISO week, as a replay needs it: no cap reaches further than a week."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, case, false, func, literal, null, select
from sqlalchemy.orm import aliased

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.award import WEEK_PLACES, PlaceClass
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.verification import SOURCE as PROOF
from app.domain.agency.person import Person
from app.domain.game.ledger_entry import REVERSAL, LedgerEntry
from app.domain.program.action_kind import ActionKind, ActionRule

Query = Select[*tuple[Any, ...]]
Found = tuple[Any, ...]
ACTION, MESSAGE, REPLY = "action", "message", "reply"
_back = aliased(LedgerEntry)


class Posted(NamedTuple):
    """The earning of an action, or, `back`, its end. What was worth nothing has no row: no `version`, no points."""

    action_id: int
    person_id: int
    team_id: int | None
    candidate_id: int
    kind_id: int
    version: int | None
    points: int
    reason: str
    day: date
    back: bool


class Answered(NamedTuple):
    """What a reply paid for a message; `key` says for which when the reply was logged as an action."""

    person_id: int
    team_id: int | None
    kind_id: int | None
    day: date
    points: int
    message_id: int | None
    key: bytes | None


class Total(NamedTuple):
    """All that somebody has of a day, whatever it was for."""

    person_id: int
    team_id: int | None
    day: date
    points: int


@dataclass(frozen=True, slots=True)
class PastWeek:
    """`rows` in the order of recording; bonuses and proofs by the action's id, without what was taken back.

    `stripped`: actions that stand and whose points were taken back.
    """

    monday: date
    rows: Sequence[Posted]
    bonuses: Mapping[int, int]
    proofs: Mapping[int, int]
    replies: Sequence[Answered]
    totals: Sequence[Total]
    stripped: frozenset[int]


class Kinds(NamedTuple):
    """What every version of every kind is worth, which places the kinds take, and which of them are messages."""

    worth: Mapping[tuple[int, int | None], int]
    places: Mapping[int, PlaceClass | None]
    messages: frozenset[int]


def kinds_of(program_id: int) -> Kinds:
    rows = db.session.execute(
        select(ActionKind.id, ActionKind.place_class, ActionKind.code, ActionRule.version, ActionRule.points)
        .join(ActionRule, ActionRule.kind_id == ActionKind.id)
        .where(ActionKind.program_id == program_id)
    ).all()
    classes: dict[str | None, PlaceClass] = {each: each for each in WEEK_PLACES}
    return Kinds(
        {(kind_id, version): points for kind_id, _, _, version, points in rows},
        {kind_id: classes.get(place_class) for kind_id, place_class, *_ in rows},
        frozenset(kind_id for kind_id, _, code, *_ in rows if code == MESSAGE),
    )


def weeks(dates: Period) -> list[date]:
    """The Mondays of the weeks that these days touch."""
    first, found = clock.week_of(dates.start).start, []
    while first < dates.end:
        found.append(first)
        first += clock.WEEK
    return found


def of(program_id: int, monday: date) -> PastWeek:
    """The week that begins on a Monday."""
    inside = LedgerEntry.program_id == program_id, LedgerEntry.local_date.between(monday, monday + 6 * clock.DAY)
    return PastWeek(
        monday,
        list(_in_order(_run(_posted(inside)), _run(_worthless(program_id, monday)))),
        _sums(_net(inside, LedgerEntry.source_kind == ACTION, LedgerEntry.line > 0)),
        _sums(_net(inside, LedgerEntry.source_kind == PROOF)),
        [Answered(*row) for row in _run(_replies(inside))],
        [Total(who, team, day, int(points)) for who, team, day, points in _run(_totals(inside))],
        frozenset(row[0] for row in _run(_stripped(inside))),
    )


def _run(query: Query) -> Sequence[Found]:
    return cast("Sequence[Found]", db.session.connection().execute(query).all())


def _sums(query: Query) -> dict[int, int]:
    return {action_id: int(points) for action_id, points in _run(query)}


Inside = tuple[ColumnElement[bool], ColumnElement[bool]]


def _posted(inside: Inside) -> Query:
    entry = LedgerEntry
    return (
        select(
            entry.source_id,
            entry.person_id,
            entry.team_id,
            entry.candidate_id,
            entry.action_kind_id,
            entry.rule_version,
            entry.points,
            entry.reason,
            entry.local_date,
            entry.kind == REVERSAL,
        )
        .where(*inside, entry.source_kind == ACTION, entry.line == 0, entry.person_id.is_not(None))
        .order_by(entry.id)
    )


def _worthless(program_id: int, monday: date) -> Query:
    """Actions that asked for nothing and stand: under other rules they might have earned something."""
    row = EngagementAction
    return (
        select(
            row.id,
            row.person_id,
            Person.team_id,
            row.candidate_id,
            row.kind_id,
            null(),
            literal(0),
            literal(""),
            row.local_date,
            false(),
        )
        .join(Person, Person.id == row.person_id)
        .join(ActionKind, ActionKind.id == row.kind_id)
        .where(
            row.local_date.between(monday, monday + 6 * clock.DAY),
            ActionKind.program_id == program_id,
            row.points == 0,
            row.award_reason.is_(None),
            row.undone_at.is_(None),
        )
        .order_by(row.id)
    )


def _in_order(posted: Sequence[Found], worthless: Sequence[Found]) -> Iterator[Posted]:
    """An action without a row comes before the first earning of a later action."""
    waiting = [Posted._make(row) for row in reversed(worthless)]
    for one in map(Posted._make, posted):
        while waiting and not one.back and waiting[-1].action_id < one.action_id:
            yield waiting.pop()
        yield one
    yield from reversed(waiting)


def _net(inside: Inside, *also: ColumnElement[bool]) -> Query:
    total = func.sum(LedgerEntry.points)
    return select(LedgerEntry.source_id, total).where(*inside, *also).group_by(LedgerEntry.source_id).having(total != 0)


def _replies(inside: Inside) -> Query:
    entry = LedgerEntry
    message_id = case((entry.source_kind == MESSAGE, entry.source_id))
    what = entry.person_id, entry.team_id, entry.action_kind_id, entry.local_date, entry.points, message_id
    stands = ~select(_back.id).where(_back.reverses_id == entry.id).exists()
    of_replies = entry.source_kind.in_((MESSAGE, REPLY)), entry.kind != REVERSAL
    return select(*what, entry.idempotency_key).where(*inside, *of_replies, stands)


def _totals(inside: Inside) -> Query:
    entry = LedgerEntry
    keys = entry.person_id, entry.team_id, entry.local_date
    return select(*keys, func.sum(entry.points)).where(*inside, entry.person_id.is_not(None)).group_by(*keys)


def _stripped(inside: Inside) -> Query:
    action = EngagementAction
    query = select(action.id).join(LedgerEntry, LedgerEntry.source_id == action.id)
    taken = LedgerEntry.source_kind == ACTION, LedgerEntry.line == 0, LedgerEntry.kind == REVERSAL
    return query.where(*inside, *taken, action.undone_at.is_(None))
