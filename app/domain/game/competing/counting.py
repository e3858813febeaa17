"""What people did in the days of a competition, counted from the ledger."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Label, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from app.clock import Period
from app.db import db
from app.domain.game.competing.competition import Competition
from app.domain.game.ledger_entry import BONUS, PROOF, REVERSAL, LedgerEntry
from app.domain.program.action_kind import ActionKind

KUDOS = "kudos"
ACTION = "action"

_original = aliased(LedgerEntry)
_taken_back = LedgerEntry.kind == REVERSAL


class Counted(NamedTuple):
    """What somebody did, without what was taken back."""

    points: int = 0
    helped: int = 0
    answered: int = 0
    actions: int = 0
    verified: int = 0


ByPerson = dict[int, Counted]


def counted(competition: Competition, people: Collection[int], dates: Period) -> ByPerson:
    """What each of these people did in these days of a competition; nothing for whoever did nothing."""
    rows = db.session.execute(_by_person(competition, people, dates))
    return {person_id: Counted(*(int(each) for each in counts)) for person_id, *counts in rows}


def counted_in(competition: Competition, people: Collection[int], spans: Sequence[Period]) -> list[ByPerson]:
    """The same of each of these spans, which do not overlap, in one question."""
    if len(spans) < 2:  # noqa: PLR2004 - one needs no numbers
        return [counted(competition, people, span) for span in spans]
    whole = Period(min(span.start for span in spans), max(span.end for span in spans))
    number = case(*((_inside(span), at) for at, span in enumerate(spans)), else_=None)
    found: list[ByPerson] = [{} for _ in spans]
    for person_id, at, *counts in db.session.execute(_by_person(competition, people, whole, number.label("span"))):
        if at is not None:
            found[at][person_id] = Counted(*(int(each) for each in counts))
    return found


def _inside(dates: Period) -> ColumnElement[bool]:
    return and_(LedgerEntry.local_date >= dates.start, LedgerEntry.local_date < dates.end)


def counting(competition: Competition) -> Sequence[ColumnElement[bool]]:
    """No kudos; nothing recorded after grace; what is taken back of what counts is, whenever that was."""
    rows: list[ColumnElement[bool]] = [LedgerEntry.source_kind != KUDOS]
    if competition.closes_at is not None:
        late = LedgerEntry.recorded_at >= competition.closes_at
        counted_before = (
            select(_original.id)
            .where(_original.id == LedgerEntry.reverses_id, _original.recorded_at < competition.closes_at)
            .exists()
        )
        rows.append(or_(~late, and_(_taken_back, counted_before)))
    return rows


def _by_person(
    competition: Competition, people: Collection[int], dates: Period, *also: Label[int]
) -> Select[*tuple[Any, ...]]:
    """`also` is by what else they are kept apart."""
    sign = case((_taken_back, -1), else_=1)
    own = and_(LedgerEntry.source_kind == ACTION, LedgerEntry.line == 0)
    two_way = and_(own, ActionKind.two_way.is_(True))
    proof = and_(LedgerEntry.kind.in_((BONUS, REVERSAL)), LedgerEntry.reason == PROOF)

    def times(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, sign), else_=0))

    each = (
        select(
            LedgerEntry.person_id,
            LedgerEntry.candidate_id,
            *also,
            func.sum(LedgerEntry.points).label("points"),
            times(two_way).label("answered"),
            times(own).label("actions"),
            times(proof).label("verified"),
        )
        .outerjoin(ActionKind, ActionKind.id == LedgerEntry.action_kind_id)
        .where(
            LedgerEntry.program_id == competition.program_id,
            _inside(dates),
            LedgerEntry.person_id.in_(people),
            *counting(competition),
        )
        .group_by(LedgerEntry.person_id, LedgerEntry.candidate_id, *also)
        .subquery()
    )
    helped = case((and_(each.c.candidate_id.is_not(None), each.c.points > 0), 1), else_=0)
    sums = [func.sum(each.c.points), func.sum(helped)]
    sums += [func.sum(column) for column in (each.c.answered, each.c.actions, each.c.verified)]
    apart = [each.c.person_id, *(each.c[column.name] for column in also)]
    return select(*apart, *sums).group_by(*apart)
