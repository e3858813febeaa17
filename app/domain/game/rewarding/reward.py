"""A reward in the catalogue: what it is, what it costs in coins, and for whom it is there."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict, Unpack

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import picture
from app.domain.agency.person import Person
from app.domain.game.running import check_runs

HIGHEST = 10_000_000
MOST = 200


class RewardKind(StrEnum):
    """What it is, as payroll sees it."""

    TIME_OFF = "time_off"
    VOUCHER = "voucher"
    GOODS = "goods"
    EXPERIENCE = "experience"
    DONATION = "donation"
    SYMBOLIC = "symbolic"


class Reward(Base):
    """`price` is in coins, `cents` its value including VAT; `stock` is how many are left, None: there is no end to it.

    `per_person` is how many one person may have; `level` the level from which it can be had (0: everybody). It can be
    asked for from `first` to `last`, both included; None: no such day. Without `approval` a request is granted at once.
    """

    __tablename__ = "reward"
    __table_args__ = (CheckConstraint("stock IS NULL OR stock >= 0", name="stock"), Index(None, "program_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    kind: Mapped[str] = mapped_column(String(10))
    title_nl: Mapped[str] = mapped_column(String(80))
    title_en: Mapped[str] = mapped_column(String(80), default="")
    text_nl: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), default=None)
    price: Mapped[int]
    cents: Mapped[int] = mapped_column(default=0)
    stock: Mapped[int | None] = mapped_column(default=None)
    per_person: Mapped[int | None] = mapped_column(default=None)
    level: Mapped[int] = mapped_column(default=0)
    approval: Mapped[bool] = mapped_column(default=True)
    first: Mapped[date | None] = mapped_column(default=None)
    last: Mapped[date | None] = mapped_column(default=None)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Offer(TypedDict):
    """What is said of a reward; how many there are is said apart, because it moves by itself."""

    kind: RewardKind
    title_nl: str
    title_en: str
    text_nl: str
    text_en: str
    price: int
    cents: int
    per_person: int | None
    level: int
    approval: bool
    first: date | None
    last: date | None


class StockMoved(Exception):  # noqa: N818 - it says which rule stands in the way
    """Somebody asked for one, or gave one back, since the stock was looked at: `stock` is what it is now."""

    def __init__(self, stock: int | None) -> None:
        super().__init__(stock)
        self.stock = stock


def add(program_id: int, *, stock: int | None, by: Person, now: datetime, **offer: Unpack[Offer]) -> Reward:
    """A new reward in the catalogue.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        ValueError: it costs nothing, is worth less than nothing, ends before it begins, or the like.
    """
    check_runs(by)
    _check(offer)
    _check_stock(stock)
    row = Reward(program_id=program_id, stock=stock, made_by_id=by.id, made_at=now, **offer)
    db.session.add(row)
    db.session.flush()
    return row


def change(reward: Reward, *, by: Person, **offer: Unpack[Offer]) -> None:
    """Say something else of it; whoever asked before gets what it was then, at the price of then.

    Raises:
        NotAllowed, ValueError: as `add`.
    """
    check_runs(by)
    _check(offer)
    for name, value in offer.items():
        setattr(reward, name, value)
    db.session.flush()


def _check(offer: Offer) -> None:
    first, last, most = offer["first"], offer["last"], offer["per_person"]
    wrong = (
        ("title_nl", not offer["title_nl"].strip()),
        ("price", not 0 < offer["price"] <= HIGHEST),
        ("cents", not 0 <= offer["cents"] <= HIGHEST),
        ("per_person", most is not None and most < 1),
        ("level", offer["level"] < 0),
        ("last", first is not None and last is not None and last < first),
    )
    for name, is_wrong in wrong:
        if is_wrong:
            raise ValueError(name)


def _check_stock(stock: int | None) -> None:
    if stock is not None and not 0 <= stock <= HIGHEST:
        raise ValueError("stock")


def restock(reward: Reward, stock: int | None, *, seen: int | None, by: Person) -> None:
    """There are so many now, where the stock that was looked at was `seen`.

    Raises:
        NotAllowed, ValueError: as `add`.
        StockMoved: it is not that any more; look again.
    """
    check_runs(by)
    _check_stock(stock)
    same = update(Reward).where(Reward.id == reward.id, Reward.stock.is_not_distinct_from(seen)).values(stock=stock)
    if db.session.scalar(same.returning(Reward.id)) is None:
        db.session.refresh(reward)
        raise StockMoved(reward.stock)
    db.session.refresh(reward)


def illustrate(reward: Reward, content: bytes, *, by: Person, now: datetime) -> None:
    """Give it a picture.

    Raises:
        NotAllowed: only the sponsor and administrators may.
        NotAPicture: it is none that we show, or too large.
    """
    check_runs(by)
    reward.picture_id = picture.store(content, now).id
    db.session.flush()


def take_picture_off(reward: Reward, *, by: Person) -> None:
    """From now on the sign of its kind stands for it.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    reward.picture_id = None
    db.session.flush()


def retire(reward: Reward, *, by: Person, now: datetime) -> bool:
    """Nobody can ask for it any more, and whoever did still gets it; False when it was retired before.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    open_still = update(Reward).where(Reward.id == reward.id, Reward.retired_at.is_(None)).values(retired_at=now)
    retired = db.session.scalar(open_still.returning(Reward.id)) is not None
    db.session.refresh(reward)
    return retired


def bring_back(reward: Reward, *, by: Person) -> bool:
    """It can be asked for again; False when it was not retired.

    Raises:
        NotAllowed: only the sponsor and administrators may.
    """
    check_runs(by)
    retired = update(Reward).where(Reward.id == reward.id, Reward.retired_at.is_not(None)).values(retired_at=None)
    back = db.session.scalar(retired.returning(Reward.id)) is not None
    db.session.refresh(reward)
    return back


def take_one(reward_id: int) -> bool:
    """One of the stock is spoken for; False when there is none left."""
    one = update(Reward).where(Reward.id == reward_id, or_(Reward.stock.is_(None), Reward.stock > 0))
    return db.session.scalar(one.values(stock=Reward.stock - 1).returning(Reward.id)) is not None


def put_back(reward_id: int) -> None:
    """One that was spoken for is there again."""
    db.session.execute(update(Reward).where(Reward.id == reward_id).values(stock=Reward.stock + 1))


def find(program_id: int, reward_id: int) -> Reward | None:
    """A reward of the program, retired or not."""
    mine = select(Reward).where(Reward.id == reward_id, Reward.program_id == program_id)
    return db.session.scalar(mine, execution_options={"populate_existing": True})


def of_program(program_id: int, *, retired: bool = False) -> Sequence[Reward]:
    """What is in the catalogue, or was, the cheapest first."""
    gone = Reward.retired_at.is_not(None) if retired else Reward.retired_at.is_(None)
    mine = select(Reward).where(Reward.program_id == program_id, gone).order_by(Reward.price, Reward.id).limit(MOST)
    return db.session.scalars(mine, execution_options={"populate_existing": True}).all()
