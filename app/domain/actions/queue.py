"""The queue of a follow-up block: cards in an order that is frozen when it starts, worked through one by one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, Select, String, UniqueConstraint, and_, bindparam, func, select, true
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible
from app.domain.program.action_kind import ActionKind


class Queue(Base):
    """Of one person and, as long as it has not ended, their only one.

    `owner_id` is whose pool it is: one's own, or an absent colleague's. `block_at` is the start of the block in which
    it was begun; None at another time. `current_id` is the card on the screen.
    """

    __tablename__ = "queue"
    __table_args__ = (Index(None, "person_id", "ended_at"), Index(None, "started_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("shown_list.id", ondelete="SET NULL"), default=None)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    block_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    current_id: Mapped[int | None] = mapped_column(default=None)


class CardState(StrEnum):
    """SKIPPED comes back once at the end; GONE: somebody else took it, or the candidate may not be contacted now."""

    WAITING = "waiting"
    SKIPPED = "skipped"
    DONE = "done"
    PASSED = "passed"
    GONE = "gone"


class QueueCard(Base):
    """`position` orders the cards; one that is skipped gets a new one behind the last. PASSED was skipped twice.

    `paused_until` is until when the candidate asked, while this card was worked, to be left alone.
    """

    __tablename__ = "queue_card"
    __table_args__ = (
        UniqueConstraint("queue_id", "candidate_id"),
        Index(None, "candidate_id"),
        Index(None, "action_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queue.id", ondelete="CASCADE"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    position: Mapped[int]
    slot: Mapped[str] = mapped_column(String(16))
    state: Mapped[CardState] = mapped_column(String(8), default=CardState.WAITING)
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)


class Pile(NamedTuple):
    """A queue with its cards in their order."""

    queue: Queue
    cards: Sequence[QueueCard]


class Sum(NamedTuple):
    """What came of a queue: how often each outcome, and the points of the actions that stand."""

    outcomes: dict[str, int]
    points: int


OPEN_STATES = (CardState.WAITING, CardState.SKIPPED)
OFFERED = "hot"
"""The slot of a card that was not on the list: somebody became hot while it was worked."""

LEFT_ALONE = timedelta(hours=12)
"""A queue that nobody touched for so long is over."""

NEWEST: Select[Queue, QueueCard | None] = (
    select(Queue, QueueCard)
    .outerjoin(QueueCard, QueueCard.queue_id == Queue.id)
    .where(Queue.id == select(func.max(Queue.id)).where(Queue.person_id == bindparam("person")).scalar_subquery())
    .order_by(QueueCard.position, QueueCard.id)
)
"""With its cards in their order."""


def open_of(person: Person, now: datetime) -> Queue | None:
    """The queue that a person is working on; one that was left alone for half a day is over."""
    found = pile_of(person, now, ended_within=timedelta(0))
    return found.queue if found else None


def pile_of(person: Person, now: datetime, ended_within: timedelta) -> Pile | None:
    """The queue that they work on, else the one that they ended a moment ago."""
    rows = db.session.execute(NEWEST.execution_options(populate_existing=True), {"person": person.id}).all()
    newest, cards = (rows[0][0], [card for _, card in rows if card is not None]) if rows else (None, [])
    if newest is None or (newest.ended_at and newest.ended_at <= now - ended_within):
        return None
    return None if touched_at(newest, cards) < now - LEFT_ALONE else Pile(newest, cards)


def held(person: Person, queue_id: int) -> Queue | None:
    """One's own queue, held until the transaction ends: two tabs and two devices come one after the other."""
    return _held(_own(person).where(Queue.id == queue_id))


def held_with(person: Person, card_id: int) -> Queue | None:
    """The same, of the queue to which a card belongs."""
    of = select(QueueCard.queue_id).where(QueueCard.id == card_id).scalar_subquery()
    return _held(_own(person).where(Queue.id == of))


def _held(query: Select[Queue]) -> Queue | None:
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def touched_at(queue: Queue, cards: Iterable[QueueCard]) -> datetime:
    """When something was last done with it."""
    moments = [at for card in cards for at in (card.done_at, card.skipped_at) if at is not None]
    return max(queue.started_at, *moments) if moments else queue.started_at


def cards_of(queue: Queue) -> Sequence[QueueCard]:
    """All cards in their order."""
    query = select(QueueCard).where(QueueCard.queue_id == queue.id).order_by(QueueCard.position, QueueCard.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def cards_with_candidates(person: Person, queue: Queue) -> list[tuple[QueueCard, Candidate | None]]:
    """The same, each with its candidate; None for whom this person may not see any more."""
    seen = visible(person).with_only_columns(Candidate.id).whereclause
    query = (
        select(QueueCard, Candidate)
        .outerjoin(Candidate, and_(Candidate.id == QueueCard.candidate_id, true() if seen is None else seen))
        .where(QueueCard.queue_id == queue.id)
        .order_by(QueueCard.position, QueueCard.id)
    )
    return [(card, them) for card, them in db.session.execute(query.execution_options(populate_existing=True))]


def card_of(person: Person, card_id: int) -> tuple[Queue, QueueCard] | None:
    """A card of one's own queue; absent and somebody else's are the same None."""
    query = select(Queue, QueueCard).join(QueueCard, QueueCard.queue_id == Queue.id)
    row = db.session.execute(query.where(QueueCard.id == card_id, Queue.person_id == person.id)).first()
    return (row[0], row[1]) if row else None


def card_by_action(person: Person, action_id: int) -> tuple[Queue, QueueCard] | None:
    """The card of one's own with which an action was logged."""
    query = select(Queue, QueueCard).join(QueueCard, QueueCard.queue_id == Queue.id)
    row = db.session.execute(query.where(QueueCard.action_id == action_id, Queue.person_id == person.id)).first()
    return (row[0], row[1]) if row else None


def sum_of(queue: Queue) -> Sum:
    """What came of it, by the actions that stand."""
    action, kind = EngagementAction, ActionKind
    query = (
        select(action.outcome, kind.code, func.count(), func.sum(action.points))
        .join(QueueCard, QueueCard.action_id == action.id)
        .join(kind, kind.id == action.kind_id)
        .where(QueueCard.queue_id == queue.id, action.undone_at.is_(None))
        .group_by(action.outcome, kind.code)
    )
    outcomes: Counter[str] = Counter()
    points = 0
    for outcome, code, number, earned in db.session.execute(query):
        outcomes[Outcome.DO_NOT_CONTACT if code == "refusal" else outcome] += number
        points += earned
    return Sum({outcome: outcomes[outcome] for outcome in Outcome if outcome in outcomes}, points)


def _own(person: Person) -> Select[Queue]:
    return select(Queue).where(Queue.person_id == person.id).order_by(Queue.id.desc())
