"""A redemption: coins, stock and budget held together for a reward, until it is handed over or let go."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.game.rewarding.reward import Reward
from app.domain.game.running import RUNS

SOURCE = "redemption"
MOST = 200


class RedemptionState(StrEnum):
    """The last four are ends; every end but fulfilled lets go of what was held, once."""

    REQUESTED = "requested"
    APPROVED = "approved"
    FULFILLED = "fulfilled"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Redemption(Base):
    """`price` and `cents` are those of the moment of asking; `coin_entry_id` is the row that took the coins.

    Without a decision by `expires_at` it lapses. `key` is the form's, so that it counts once however often it arrives.
    """

    __tablename__ = "redemption"
    __table_args__ = (Index(None, "person_id", "requested_at"), Index(None, "reward_id"), Index(None, "state"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    reward_id: Mapped[int] = mapped_column(ForeignKey("reward.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    price: Mapped[int]
    cents: Mapped[int]
    state: Mapped[str] = mapped_column(String(9), default=RedemptionState.REQUESTED)
    coin_entry_id: Mapped[int | None] = mapped_column(ForeignKey("coin_entry.id"), default=None)
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("budget.id"), default=None)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RedemptionMove(Base):
    """Every step of a redemption: who took it, when, and what they said."""

    __tablename__ = "redemption_move"
    __table_args__ = (Index(None, "redemption_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemption.id"))
    state: Mapped[str] = mapped_column(String(9))
    note: Mapped[str] = mapped_column(String(300), default="")
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)


OPEN = (RedemptionState.REQUESTED, RedemptionState.APPROVED)
COUNTING = (*OPEN, RedemptionState.FULFILLED)
"""What counts for how many one person may have."""


class Asked(NamedTuple):
    """A redemption with what is asked for and by whom."""

    redemption: Redemption
    reward: Reward
    person: Person


def of_person(person_id: int) -> list[Asked]:
    """What somebody asked for, newest first."""
    mine = _asked().where(Redemption.person_id == person_id)
    return _found(mine.order_by(Redemption.requested_at.desc(), Redemption.id.desc()))


class Which(NamedTuple):
    """Which redemptions somebody asks for; without anything all that they may see."""

    person_id: int | None = None
    state: str | None = None


def after(actor: Person, which: Which, redemption_id: int | None, limit: int) -> Sequence[Redemption]:
    """Those that somebody may see and asked for, newest first, after one of them."""
    rows = select(Redemption)
    wanted = {"person_id": which.person_id, "state": which.state}
    rows = rows.filter_by(**{name: value for name, value in wanted.items() if value is not None})
    if actor.role not in RUNS:
        rows = rows.where(Redemption.person_id == actor.id)
    if redemption_id is not None:
        rows = rows.where(Redemption.id < redemption_id)
    return db.session.scalars(rows.order_by(Redemption.id.desc()).limit(limit)).all()


def visible_to(actor: Person, redemption_id: int) -> Redemption | None:
    """One's own; those who run it see everybody's."""
    row = db.session.get(Redemption, redemption_id)
    return row if row and (row.person_id == actor.id or actor.role in RUNS) else None


def of_ids(actor: Person, redemption_ids: Collection[int]) -> Mapping[int, Asked]:
    """These by their numbers, as far as the actor may see them."""
    if not redemption_ids:
        return {}
    these = _asked().where(Redemption.id.in_(redemption_ids))
    seen = these if actor.role in RUNS else these.where(Redemption.person_id == actor.id)
    return {each.redemption.id: each for each in _found(seen)}


def moves_of(redemption_ids: Collection[int]) -> Mapping[int, Sequence[RedemptionMove]]:
    """The steps of each, first to last."""
    rows = select(RedemptionMove).where(RedemptionMove.redemption_id.in_(redemption_ids)).order_by(RedemptionMove.id)
    found: dict[int, list[RedemptionMove]] = {one: [] for one in redemption_ids}
    for move in db.session.scalars(rows):
        found[move.redemption_id].append(move)
    return found


def _asked() -> Select[Redemption, Reward, Person]:
    rows = select(Redemption, Reward, Person).join(Reward, Reward.id == Redemption.reward_id)
    return rows.join(Person, Person.id == Redemption.person_id)


def _found(query: Select[Redemption, Reward, Person]) -> list[Asked]:
    return [Asked(*row) for row in db.session.execute(query.limit(MOST))]
