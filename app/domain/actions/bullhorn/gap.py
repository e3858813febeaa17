"""A gap in what Bullhorn told: a batch that it does not give again, or a time in which nobody kept events for us."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.bullhorn import batch, patience
from app.domain.actions.bullhorn.account import BullhornAccount

KEPT = timedelta(days=30)
KEPT_THERE = timedelta(days=7)
"""How long we tell of a gap, and how long Bullhorn keeps events that nobody asks for."""
MOST_SHOWN = 5


class BullhornGap(Base):
    """What was done there between `since` and `until` may be missing here; without `until` that still goes on.

    `number`: the batch, if it is one. It is asked for again at `again_at`; without that moment it is given up.
    """

    __tablename__ = "bullhorn_gap"
    __table_args__ = (UniqueConstraint("subscription", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subscription: Mapped[str] = mapped_column(String(40))
    number: Mapped[int | None] = mapped_column(default=None)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    tries: Mapped[int] = mapped_column(default=0)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def begin(account: BullhornAccount, now: datetime) -> None:
    """Nobody keeps events for us any more, we do not know since when; batches that were missing are so for good."""
    theirs = update(BullhornGap).where(BullhornGap.subscription == account.subscription)
    db.session.execute(theirs.values(again_at=None).execution_options(synchronize_session=False))
    db.session.add(BullhornGap(subscription=account.subscription, since=account.heard_at or now))


def take_over(account: BullhornAccount, now: datetime) -> None:
    """Whoever begins to listen missed what was done since another user at the same company was heard last."""
    others = BullhornAccount.id != account.id, BullhornAccount.corporation == account.corporation
    heard_at = db.session.scalar(select(func.max(BullhornAccount.heard_at)).where(*others))
    if account.since is None and heard_at is not None:
        db.session.add(BullhornGap(subscription=account.subscription, since=heard_at, until=now))


def end(now: datetime) -> None:
    """Somebody does again."""
    lasting = update(BullhornGap).where(BullhornGap.until.is_(None))
    db.session.execute(lasting.values(until=now).execution_options(synchronize_session=False))


def oversleep(account: BullhornAccount, now: datetime) -> None:
    """Whoever did not ask for longer than Bullhorn keeps events missed those that it dropped."""
    until = now - KEPT_THERE
    if account.heard_at is not None and account.heard_at < until:
        db.session.add(BullhornGap(subscription=account.subscription, since=account.heard_at, until=until))


def due(account: BullhornAccount, numbers: Collection[int], now: datetime) -> list[int]:
    """Those of the missing batches that are to be asked for by now; none waits longer than we ever let one wait."""
    row = BullhornGap
    waits = row.again_at > now, row.again_at <= now + patience.LONGEST
    later = select(row.number).where(row.subscription == account.subscription, *waits)
    waiting = set(db.session.scalars(later))
    return [number for number in numbers if number not in waiting]


def fill(account: BullhornAccount, number: int, events: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Bullhorn gave the batch after all."""
    row = BullhornGap
    db.session.execute(delete(row).where(row.subscription == account.subscription, row.number == number))
    batch.keep(account, number, events, now)


def not_given(account: BullhornAccount, number: int, now: datetime) -> bool:
    """Bullhorn did not give it this time; whether it is lost, because that was the last time that we asked.

    One that is lost is missed no longer, and between when it was stands here.
    """
    row = _of(account, number, now)
    row.tries += 1
    row.again_at = patience.next_at(row.tries, now)
    return row.again_at is None and batch.keep(account, number, [], now)


def _of(account: BullhornAccount, number: int, now: datetime) -> BullhornGap:
    since, until = batch.around(account, number, now)
    facts = {"subscription": account.subscription, "number": number, "since": since, "until": until, "tries": 0}
    db.session.execute(
        insert(BullhornGap).values(**facts).on_conflict_do_nothing(index_elements=["subscription", "number"])
    )
    mine = BullhornGap.subscription == account.subscription, BullhornGap.number == number
    return db.session.scalars(select(BullhornGap).where(*mine).execution_options(populate_existing=True)).one()


def latest(limit: int = MOST_SHOWN) -> Sequence[BullhornGap]:
    """What may be missing, newest first; batches that are still asked for are not among them."""
    given_up = select(BullhornGap).where(BullhornGap.again_at.is_(None))
    return db.session.scalars(given_up.order_by(BullhornGap.since.desc(), BullhornGap.id.desc()).limit(limit)).all()


def forget(before: datetime) -> int:
    """Gaps that ended before a moment are told no longer; answers how many went."""
    old = delete(BullhornGap).where(BullhornGap.until < before, BullhornGap.again_at.is_(None))
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
