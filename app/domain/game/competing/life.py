"""The life of a competition: which state it is in, and the steps between them, each taken once."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select, update

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.competition import Competition, Format, State
from app.domain.game.competing.entrant import Entrant

MOST = 500
IN_PAIRS = (Format.HEAD_TO_HEAD, Format.BRACKET)
UNDECIDED = Competition.reviewed_at.is_(None), Competition.cancelled_at.is_(None)


def dates_of(competition: Competition) -> Period:
    """The days of a competition, the last not included."""
    return Period(competition.first, competition.last + clock.DAY)


def state_of(competition: Competition, now: datetime, zone: ZoneInfo) -> State:
    """Where a competition is in its life at a moment."""
    moments = (
        (competition.cancelled_at, State.CANCELLED),
        (competition.archived_at, State.ARCHIVED),
        (competition.rewarded_at, State.REWARDED),
        (competition.final_at, State.FINAL),
        (competition.reviewed_at, State.REVIEW),
    )
    reached = next((state for moment, state in moments if moment), None)
    if reached:
        return reached
    if competition.published_at is None:
        return State.DRAFT
    begins, ends = dates_of(competition).moments(zone)
    if now < begins:
        return State.PUBLISHED
    return State.LIVE if now < ends else State.GRACE


def hold(competition: Competition, *, shared: bool = False) -> bool:
    """Nobody else takes a step of it until this transaction ends, and it is read anew; False when it is not there.

    Whoever holds more holds in this order: competition, people, budget, what is held of it. `shared`: others may hold
    it as well, as long as they do not take a step.
    """
    mine = select(Competition).where(Competition.id == competition.id)
    mine = mine.with_for_update(read=shared, key_share=not shared)
    return db.session.scalar(mine, execution_options={"populate_existing": True}) is not None


def cancel(competition: Competition, reason: str, *, by: Person, now: datetime) -> bool:
    """End it without a result; False when it is final or cancelled already. The caller releases what it holds."""
    facts = {"cancelled_at": now, "cancelled_by_id": by.id, "cancel_reason": reason.strip()}
    return _step(competition, Competition.final_at.is_(None), Competition.cancelled_at.is_(None), **facts)


def archive(competition: Competition, now: datetime) -> bool:
    """Put away one whose prizes are all handed over; False when they are not, or it is put away already."""
    return _step(competition, Competition.rewarded_at.is_not(None), Competition.archived_at.is_(None), archived_at=now)


def _step(competition: Competition, *conditions: ColumnElement[bool], **facts: object) -> bool:
    """A step is one conditional change: of two at the same moment one finds it taken."""
    wanted = update(Competition).where(Competition.id == competition.id, *conditions).values(**facts)
    taken = db.session.scalar(wanted.returning(Competition.id)) is not None
    db.session.refresh(competition)
    return taken


def to_seat(now: datetime, zone: ZoneInfo) -> Sequence[Competition]:
    """Those that are won in pairs, have begun and have no seats yet."""
    seated = select(Entrant.person_id).where(Entrant.competition_id == Competition.id, Entrant.seat.is_not(None))
    begun = Competition.published_at.is_not(None), Competition.first <= clock.local_day(now, zone)
    return _listed(*begun, *UNDECIDED, Competition.format.in_(IN_PAIRS), ~seated.exists())


def to_close(now: datetime) -> Sequence[Competition]:
    """Those of which grace is over and nothing is said of the result yet, the oldest first."""
    return _listed(Competition.closes_at <= now, *UNDECIDED)


def in_review() -> Sequence[Competition]:
    """Those with a provisional result, the oldest first."""
    waits = Competition.final_at.is_(None), Competition.cancelled_at.is_(None)
    return _listed(Competition.reviewed_at.is_not(None), *waits)


def _listed(*conditions: ColumnElement[bool]) -> Sequence[Competition]:
    rows = select(Competition).where(*conditions).order_by(Competition.closes_at, Competition.id)
    return db.session.scalars(rows.limit(MOST)).all()
