"""The sponsor's surprise: recognition that nobody counted on, without points, at times with a gift."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.agency.person import Person, Role
from app.domain.game import feed
from app.domain.game.adjustment import SentBefore
from app.domain.game.competing import prize_money
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import entrant_of
from app.domain.game.feed import Told
from app.domain.game.rewarding import budget, holding
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.reward import RewardKind
from app.domain.game.running import RUNS, NotAllowed
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program.program import Program

SOURCE = "surprise"
LONGEST = 280
MOST_CENTS = 1_000_000
MOST = 200


class Surprise(Base):
    """`cents` is what comes with it, including VAT; `competition_id` is the one that kept it for a surprise."""

    __tablename__ = "surprise"
    __table_args__ = (Index(None, "receiver_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(String(280))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cents: Mapped[int] = mapped_column(default=0)
    kind_of_reward: Mapped[str] = mapped_column(String(10), default="symbolic")
    competition_id: Mapped[int | None] = mapped_column(ForeignKey("competition.id"), default=None)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Gift(NamedTuple):
    """What is said, and what comes with it: nothing, or so many cents including VAT of a kind that payroll knows.

    `out_of` is the competition that kept the money for it; None: the budget of the day pays.
    """

    text: str
    cents: int = 0
    kind: RewardKind = RewardKind.SYMBOLIC
    out_of: Competition | None = None

    @property
    def competition_id(self) -> int | None:
        return self.out_of.id if self.out_of else None


class NotInIt(Exception):  # noqa: N818 - it says which rule stands in the way
    """What a competition kept for surprises is for who takes part in it."""


def gives(person: Person, program: Program) -> bool:
    """Only the sponsor of the program surprises people."""
    return person.role == Role.SPONSOR or person.id == program.sponsor_id


def give(
    program: Program, receiver: Person, gift: Gift, *, by: Person, today: date, now: datetime, key: bytes
) -> Surprise:
    """Surprise a colleague; what comes with it is promised at once. The same key is the same surprise.

    Raises:
        NotAllowed: one is not the sponsor, or it would be for oneself or for somebody who left.
        NotInIt: the competition that would pay is one in which they do not take part.
        ValueError: there are no words, too many, or it is worth less than nothing or too much.
        TooLittle: the budget, or the competition, has less than that, or there is no budget today.
        SentBefore: under this key something else was given.
    """
    _check(gift)
    if not gives(by, program) or receiver.id == by.id or not receiver.is_active:
        raise NotAllowed
    if gift.out_of and not _is_in(receiver, gift.out_of):
        raise NotInIt
    with db.session.begin_nested():
        row = _new(program.id, receiver.id, gift, by.id, now, key)
        if row is None:
            return _same(key, receiver, gift)
        if gift.cents:
            _promise(row, gift.out_of, today, now)
    told = {"person_id": receiver.id, "team_id": receiver.team_id, "now": now}
    feed.tell(program.id, Told.SURPRISE, row.id, **told)  # type: ignore[arg-type] # each is of its own type
    facts = {"surprise_id": row.id}
    notice.tell(SOURCE, [name_person(receiver.id)], period=key.hex(), facts=facts, now=now)
    return row


def _check(gift: Gift) -> None:
    if not 0 < len(gift.text.strip()) <= LONGEST or not 0 <= gift.cents <= MOST_CENTS:
        raise ValueError(gift)


def _is_in(receiver: Person, competition: Competition) -> bool:
    theirs = entrant_of(competition.id, receiver.id)
    return theirs is not None and theirs.takes_part


def _new(program_id: int, receiver_id: int, gift: Gift, giver_id: int, now: datetime, key: bytes) -> Surprise | None:  # noqa: PLR0917 - the facts of a row, in its order
    """None: there is one under this key."""
    whom = {"program_id": program_id, "giver_id": giver_id, "receiver_id": receiver_id, "given_at": now, "key": key}
    what = {"text": gift.text.strip(), "cents": gift.cents, "kind_of_reward": gift.kind.value}
    what |= {"competition_id": gift.competition_id}
    once = insert(Surprise).values(**whom, **what).on_conflict_do_nothing(index_elements=["key"])
    fresh: Surprise | None = db.session.scalar(once.returning(Surprise), execution_options={"populate_existing": True})
    return fresh


def _same(key: bytes, receiver: Person, gift: Gift) -> Surprise:
    before = db.session.scalars(select(Surprise).where(Surprise.key == key)).one()
    said = before.receiver_id, before.text, before.cents, before.competition_id
    if said != (receiver.id, gift.text.strip(), gift.cents, gift.competition_id):
        raise SentBefore
    return before


def _promise(row: Surprise, out_of: Competition | None, today: date, now: datetime) -> None:
    """Whichever pays, what is held for a surprise is held for it alone: it is handed over by itself."""
    budget_id = prize_money.take(out_of, row.cents, now=now, actor_id=row.giver_id) if out_of else _paying(row, today)
    hold = holding.reserve(budget_id, SOURCE, row.id, row.cents, now=now, actor_id=row.giver_id)
    holding.commit(hold.id, row.cents, now=now, actor_id=row.giver_id)


def _paying(row: Surprise, today: date) -> int:
    paying = budget.current(row.program_id, today)
    if paying is None:
        raise TooLittle(row.cents)
    return paying.id


def hand_over(row: Surprise, *, by: Person, now: datetime) -> bool:
    """Somebody got what came with it; False when they had it, or nothing came with it.

    Raises:
        NotAllowed: it is one's own, or one does not run rewards.
    """
    if by.role not in RUNS or row.receiver_id == by.id:
        raise NotAllowed
    waiting = update(Surprise).where(Surprise.id == row.id, Surprise.handed_at.is_(None), Surprise.cents > 0)
    once = waiting.values(handed_at=now, handed_by_id=by.id).returning(Surprise.id)
    handed = db.session.scalar(once) is not None
    db.session.refresh(row)
    hold = holding.of(SOURCE, row.id) if handed else None
    if hold:
        holding.spend(hold.id, row.cents, now=now, actor_id=by.id)
    return handed


def let_go(row: Surprise, *, by: Person, now: datetime) -> bool:
    """What came with it is available again, because whoever it was for has left; the words stay. False when it is not.

    Raises:
        NotAllowed: they are still here, or one does not run rewards.
    """
    if by.role not in RUNS or db.session.get_one(Person, row.receiver_id).is_active:
        raise NotAllowed
    waiting = update(Surprise).where(Surprise.id == row.id, Surprise.handed_at.is_(None), Surprise.cents > 0)
    gone = db.session.scalar(waiting.values(cents=0).returning(Surprise.id)) is not None
    db.session.refresh(row)
    hold = holding.of(SOURCE, row.id) if gone else None
    if hold:
        holding.release(hold.id, now=now, actor_id=by.id)
    return gone


def find(program_id: int, surprise_id: int) -> Surprise | None:
    """A surprise of the program."""
    return db.session.scalar(select(Surprise).where(Surprise.id == surprise_id, Surprise.program_id == program_id))


def of_ids(receiver_id: int, surprise_ids: Collection[int]) -> Mapping[int, Surprise]:
    """These by their numbers, of one person's own."""
    mine = select(Surprise).where(Surprise.id.in_(surprise_ids), Surprise.receiver_id == receiver_id)
    return {row.id: row for row in db.session.scalars(mine)} if surprise_ids else {}


def of_program(program_id: int, number: int = 1, size: int = 20) -> Page[Surprise]:
    """One page of what was given, the newest first."""
    mine = select(Surprise).where(Surprise.program_id == program_id)
    return page_of(mine.order_by(Surprise.given_at.desc(), Surprise.id.desc()), number, size)


def given_since(person_id: int, since: datetime) -> list[Surprise]:
    """How somebody was surprised after a moment, the newest first."""
    mine = select(Surprise).where(Surprise.receiver_id == person_id, Surprise.given_at > since)
    return list(db.session.scalars(mine.order_by(Surprise.given_at.desc(), Surprise.id.desc()).limit(MOST)))
