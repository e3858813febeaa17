"""Behind a figure: the candidates whom it counts, as far as somebody may see them, and when it happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import ColumnElement, String, Subquery, and_, cast, null, or_, select, true
from sqlalchemy.orm import aliased

from app.db import UtcDateTime, db, rows_before
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, Stage, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.stage_move import StageMove
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.journey.touchpoint import Touchpoint
from app.domain.oversight.contact import LAST_CONTACT, terms
from app.domain.oversight.coverage import late, on_time_now
from app.domain.oversight.day_events import Of
from app.domain.oversight.occurrence import first_word, rescued_id, rescues, turned, was_referred
from app.domain.oversight.scope import Scope
from app.domain.oversight.stage_flow import goes_on
from app.domain.oversight.window import BEFORE_PLACEMENT

SIZE = 50
NO_MOMENT, NO_STAGE = cast(null(), UtcDateTime()), cast(null(), String())


class Row(NamedTuple):
    """A candidate, when it happened, and since when: what a length is counted from; `to` is a stage."""

    candidate_id: int
    name: str
    owner: str | None
    at: datetime
    since: datetime | None
    to: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """The latest first, but who waits longest where people wait; `more`: there is another page."""

    rows: list[Row]
    more: bool


def candidates(person: Person, scope: Scope, code: str, number: int = 1, size: int = SIZE) -> Page:
    """Whom a measure counts in the period of a scope."""
    found = BEHIND[code](scope)
    query = (
        visible(person)
        .join(found, found.c.candidate_id == Candidate.id)
        .outerjoin(Person, Person.id == Candidate.owner_id)
        .where(_in(scope, found))
        .with_only_columns(Candidate.id, Candidate.name, Person.name, found.c.at, found.c.since, found.c.to)
        .order_by(found.c.at if BEHIND[code] is _late else found.c.at.desc(), Candidate.id)
        .limit(size + 1)
        .offset(rows_before(number, size))
    )
    rows = [Row(*row) for row in db.session.execute(query)]
    return Page(rows[:size], len(rows) > size)


def _in(scope: Scope, found: Subquery) -> ColumnElement[bool]:
    """Of the teams of a scope: of who looks after them, unless what is counted has a team of its own."""
    team_id = found.c.team_id if "team_id" in found.c else Person.team_id
    theirs = true() if scope.teams is None else team_id.in_(scope.teams)
    return theirs if scope.whose is None else and_(theirs, Candidate.id.in_(scope.whose))


def _of(scope: Scope) -> Of:
    return Of((scope.days,), scope.zone, scope.now)


def _moves(*conditions: ColumnElement[bool]) -> Callable[[Scope], Subquery]:
    """Moves between stages; the length is counted from when they registered."""
    move, them = StageMove, aliased(Candidate)

    def rows(scope: Scope) -> Subquery:
        moments = move.moved_at.label("at"), them.registered_at.label("since")
        query = select(move.candidate_id, *moments, move.to_stage.label("to")).join(them, them.id == move.candidate_id)
        return query.where(_of(scope).at(move.moved_at), *conditions).subquery()

    return rows


def _late(scope: Scope) -> Subquery:
    within = terms()
    waits = late(scope.now, on_time_now(scope.now, within), within)
    columns = Candidate.id.label("candidate_id"), LAST_CONTACT.label("at"), Candidate.registered_at.label("since")
    joined = select(*columns, Candidate.stage.label("to")).join(ContactState, ContactState.candidate_id == Candidate.id)
    return joined.where(waits).subquery()


def _turns(scope: Scope) -> Subquery:
    """Who turned to us, and when they heard our first word."""
    they, of = Touchpoint, _of(scope)
    columns = they.candidate_id, they.occurred_at.label("at"), first_word().label("since"), NO_STAGE.label("to")
    return select(*columns).where(of.on(they.local_date), turned()).subquery()


def _rescues(scope: Scope) -> Subquery:
    """With the team of who was in touch, which the figure counts, whoever looks after them by now."""
    entry = LedgerEntry
    moments = entry.occurred_at.label("at"), NO_MOMENT.label("since")
    columns = rescued_id().label("candidate_id"), *moments, NO_STAGE.label("to"), entry.team_id
    return rescues(*columns).where(_of(scope).on(entry.local_date)).subquery()


def _referred(scope: Scope) -> Subquery:
    them = aliased(Candidate)
    moments = them.registered_at.label("at"), NO_MOMENT.label("since")
    query = select(them.id.label("candidate_id"), *moments, NO_STAGE.label("to"))
    return query.where(was_referred(them), _of(scope).at(them.registered_at)).subquery()


_IS_PLACED = (StageMove.to_stage == Stage.CONVERT, StageMove.from_stage.is_not(None))
_ON = or_(
    *(
        and_(StageMove.from_stage == stage, StageMove.to_stage.in_([str(to) for to in Stage if goes_on(stage, to)]))
        for stage in BEFORE_PLACEMENT
    )
)
_PLACED = _moves(*_IS_PLACED, StageMove.from_stage != Stage.REDEPLOY)

BEHIND: Mapping[str, Callable[[Scope], Subquery]] = MappingProxyType(
    {
        "coverage": _late,
        "late": _late,
        "first_response": _turns,
        "conversion": _moves(_ON),
        "rescued": _rescues,
        "placements": _PLACED,
        "time_to_placement": _PLACED,
        "redeployments": _moves(*_IS_PLACED, StageMove.from_stage == Stage.REDEPLOY),
        "referrals": _referred,
    }
)
"""Of the others the people are told, or nobody: whoever waits for our word stands on the page itself."""
