"""The account at Bullhorn: to which of its events we listen, how far we have them, and what opens its door."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import LargeBinary, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.bullhorn import patience
from app.domain.agency import sealing
from app.domain.agency.sealing import Broken

PURPOSE = "bullhorn keys"
CERTAIN_AFTER = timedelta(minutes=5)
"""So long it must seem to know our subscription no more before we believe it."""
LONGEST_FAULT = 40
Keys = Mapping[str, str]


class BullhornAccount(Base):
    """`kept_until`: every batch up to this number is kept; `keys` are sealed, and made anew when they cannot be read.

    `subscription` is a name of our own: whoever listened under the same one would take events away from us.
    `since` is when we listened first, under whatever name; `corporation` is whose numbers it tells, as Bullhorn calls
    them; `heard_at`: up to then we have all that it told. `doubted_at`: since then it seems to know our subscription
    no more.
    """

    __tablename__ = "bullhorn_account"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    username: Mapped[str] = mapped_column(String(200), unique=True)
    subscription: Mapped[str] = mapped_column(String(40))
    corporation: Mapped[str] = mapped_column(String(120), default="")
    subscribed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    kept_until: Mapped[int] = mapped_column(default=0)
    keys: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    doubted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    fault: Mapped[str] = mapped_column(String(40), default="")
    fault_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def of(username: str) -> BullhornAccount:
    """The account of this user; made when it is asked for first."""
    row = found(username)
    if row is None:
        row = BullhornAccount(username=username, subscription=_name())
        db.session.add(row)
        db.session.flush()
    return row


def found(username: str) -> BullhornAccount | None:
    """The account of this user, if it was ever asked for."""
    return db.session.scalar(select(BullhornAccount).where(BullhornAccount.username == username))


def hold(username: str) -> BullhornAccount | None:
    """The same, held until the transaction ends: whoever changes its keys takes none away that were kept meanwhile."""
    query = select(BullhornAccount).where(BullhornAccount.username == username).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def listening_since() -> datetime | None:
    """When Bullhorn was listened to first."""
    return db.session.scalar(select(func.min(BullhornAccount.since)))


def subscribed(row: BullhornAccount, last: int, now: datetime) -> None:
    """Bullhorn keeps events for us from now on; those up to this number are none of ours."""
    row.subscribed_at, row.kept_until, row.heard_at, row.since = now, last, now, row.since or now


def is_known(row: BullhornAccount) -> None:
    """Bullhorn knows our subscription, whatever it said before."""
    row.doubted_at = None


def is_lost(row: BullhornAccount, now: datetime) -> bool:
    """It seems to know our subscription no more; whether that is certain, because it does for some minutes."""
    if row.doubted_at is None or row.doubted_at > now:
        row.doubted_at = now
    return now - row.doubted_at >= CERTAIN_AFTER


def begin_anew(row: BullhornAccount) -> None:
    """The next subscription has another name, so that its numbers are told apart."""
    row.subscription, row.subscribed_at, row.kept_until, row.doubted_at = _name(), None, 0, None


def heard(row: BullhornAccount, now: datetime) -> None:
    """It told all that it had to tell until now."""
    row.heard_at = now


def recovered(row: BullhornAccount) -> None:
    """It answers as it should."""
    row.fault = ""


def failed(row: BullhornAccount, fault: str, now: datetime) -> None:
    """It does not, for a reason that is one of our words for it."""
    row.fault, row.fault_at = fault[:LONGEST_FAULT], now


def keep_keys(row: BullhornAccount, keys: Keys, key: str) -> None:
    """Keep what opens the door next time."""
    row.keys = sealing.seal(json.dumps(dict(keys)).encode(), key, PURPOSE)


def keys_of(row: BullhornAccount, key: str) -> dict[str, str]:
    """What opens the door; nothing when it was sealed under another key, and one signs in anew."""
    if row.keys is None:
        return {}
    try:
        kept: dict[str, str] = json.loads(sealing.unseal(row.keys, key, PURPOSE))
    except Broken:
        return {}
    return kept


def knocks_again_at(keys: Keys, now: datetime) -> datetime | None:
    """When what was refused is said again; None when it may be now.

    A moment beyond the longest wait was written by a clock that was wrong, and holds nobody up.
    """
    at = int(keys.get("knock_at") or 0)
    if now.timestamp() < at <= (now + patience.LONGEST_KNOCK).timestamp():
        return datetime.fromtimestamp(at, UTC)
    return None


def knock_now(row: BullhornAccount, key: str, now: datetime) -> bool:
    """What was refused is said again at the next turn; how often it was in vain is not forgotten.

    False when nothing waits.
    """
    keys = keys_of(row, key)
    if knocks_again_at(keys, now) is None:
        return False
    keep_keys(row, {name: each for name, each in keys.items() if name != "knock_at"}, key)
    return True


def _name() -> str:
    return f"fanfare{secrets.token_hex(6)}"
