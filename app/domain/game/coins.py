"""Coins: a second ledger beside the points, earned with them and spent on rewards."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.prepared import Prepared

FROM_LEDGER = "ledger"
FROM_COINS = "coins"


class CoinEntry(Base):
    """Append-only and signed: balance less owed is the sum. `kind` is earn, reversal, spend, release or expire."""

    __tablename__ = "coin_entry"
    __table_args__ = (Index(None, "person_id", "id"), Index(None, "source_kind", "source_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(8))
    coins: Mapped[int]
    source_kind: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[int]
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class CoinBalance(Base):
    """`balance` can be spent; `owed` was taken back after it had been spent, and comes off the next earnings."""

    __tablename__ = "coin_balance"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    balance: Mapped[int] = mapped_column(default=0)
    owed: Mapped[int] = mapped_column(default=0)


class TooFewCoins(Exception):  # noqa: N818 - it says which rule stands in the way
    """There are fewer coins than that to spend."""


def follow(person_id: int, points: int, *, entry_id: int, now: datetime, actor_id: int | None) -> None:
    """Move the balance with a row of the points ledger, one coin a point; holds the person's balance in any case."""
    _add(person_id, points)
    if points:
        facts = {"person": person_id, "coins": points, "kind": "earn" if points > 0 else "reversal"}
        FOLLOW.run(facts | {"entry": entry_id, "now": now, "actor": actor_id})


def follow_many(person_id: int, earned: Sequence[tuple[int, int]], *, now: datetime, actor_id: int | None) -> None:
    """The same for several rows of one moment, each with its points: the balance moves once."""
    _add(person_id, sum(points for _, points in earned))
    facts = {"person": person_id, "kind": "earn", "now": now, "actor": actor_id}
    FOLLOW.many([facts | {"coins": points, "entry": entry_id} for entry_id, points in earned if points])


def spend(
    person_id: int, coins: int, *, source_kind: str, source_id: int, key: bytes, now: datetime, actor_id: int | None
) -> int:
    """Take coins for something; the id of the row, the same one when it is said again under this key.

    Raises:
        TooFewCoins: the balance does not hold that many.
    """
    facts = {"person_id": person_id, "source_kind": source_kind, "source_id": source_id, "actor_id": actor_id}
    return _take(coins, facts | {"kind": "spend", "coins": -coins, "key": key, "recorded_at": now})


def expire(person_id: int, coins: int, *, source_id: int, key: bytes, now: datetime) -> int:
    """Take coins that were kept too long; the id of the row, the same one when it is said again under this key.

    Raises:
        TooFewCoins: the balance does not hold that many.
    """
    facts = {"person_id": person_id, "source_kind": FROM_COINS, "source_id": source_id, "actor_id": None}
    return _take(coins, facts | {"kind": "expire", "coins": -coins, "key": key, "recorded_at": now})


def release(spent_id: int, *, now: datetime, actor_id: int | None) -> int:
    """Give back what a row took; what is owed is paid from it. The id of the row: it is given back once.

    Raises:
        ValueError: nothing was spent by that row.
    """
    spent = db.session.get(CoinEntry, spent_id)
    if spent is None or spent.kind != "spend":
        raise ValueError("only what was spent can be given back")
    key = hashlib.blake2b(f"release of coins {spent_id}".encode(), digest_size=16).digest()
    facts = {"person_id": spent.person_id, "source_kind": FROM_COINS, "source_id": spent_id, "actor_id": actor_id}
    made = _write(facts | {"kind": "release", "coins": -spent.coins, "key": key, "recorded_at": now})
    if made is None:
        return _known(key)
    _add(spent.person_id, -spent.coins)
    return made


def balance_of(person_id: int) -> CoinBalance:
    """What somebody has to spend and what they owe."""
    found = db.session.get(CoinBalance, person_id, populate_existing=True)
    return found or CoinBalance(person_id=person_id)


def _take(coins: int, row: dict[str, Any]) -> int:
    """The balance first, because it is the lock; then the row, of which there is one under a key."""
    if coins <= 0:
        raise ValueError("coins are taken in whole positive numbers")
    if (before := _entry_of(row["key"])) is not None:
        return before
    enough = CoinBalance.person_id == row["person_id"], CoinBalance.balance >= coins
    less = update(CoinBalance).where(*enough).values(balance=CoinBalance.balance - coins)
    if db.session.scalar(less.returning(CoinBalance.person_id)) is None:
        raise TooFewCoins
    made = _write(row)
    if made is None:
        _add(row["person_id"], coins)
        return _known(row["key"])
    return made


def _write(row: dict[str, Any]) -> int | None:
    """None: there is a row under this key."""
    once = insert(CoinEntry).values(row).on_conflict_do_nothing(index_elements=["key"])
    return db.session.scalar(once.returning(CoinEntry.id))


def _known(key: bytes) -> int:
    found = _entry_of(key)
    if found is None:
        raise LookupError("the row under this key is not there")
    return found


def _entry_of(key: bytes) -> int | None:
    return db.session.scalar(select(CoinEntry.id).where(CoinEntry.key == key))


def _add(person_id: int, coins: int) -> None:
    ADD.run({"person": person_id, "more": max(coins, 0), "less": max(-coins, 0)})


def _statement(sql: str) -> Prepared:
    numbers = [bindparam(name, type_=Integer) for name in NUMBERS if f":{name}" in sql]
    moment = [bindparam("now", type_=UtcDateTime)] if ":now" in sql else []
    return Prepared(text(sql).bindparams(*numbers, *moment))


NUMBERS = ("person", "coins", "entry", "actor", "more", "less")
_NET = "(coin_balance.balance - coin_balance.owed + excluded.balance - excluded.owed)"
ADD = _statement(
    "INSERT INTO coin_balance (person_id, balance, owed) VALUES (:person, :more, :less)"  # noqa: S608 - names are ours
    f" ON CONFLICT (person_id) DO UPDATE SET balance = CASE WHEN {_NET} > 0 THEN {_NET} ELSE 0 END,"
    f" owed = CASE WHEN {_NET} < 0 THEN - {_NET} ELSE 0 END"
)
FOLLOW = _statement(
    "INSERT INTO coin_entry (person_id, kind, coins, source_kind, source_id, recorded_at, actor_id)"  # noqa: S608 - names are ours
    f" VALUES (:person, :kind, :coins, '{FROM_LEDGER}', :entry, :now, :actor)"
)
