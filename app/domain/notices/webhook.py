"""A webhook: an address of other software, which is told of what happened as long as it takes what we send."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import LargeBinary, Select, String, Table, Update, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.agency import Agency

MOST = 20
PATIENCE = timedelta(days=5)
"""Without one success in so long an endpoint is turned off."""
FEWEST_TRIES = 8
"""Only a message that failed so often, for more than a day, decides on that: after quiet weeks one that meets a restart
of the other software is no reason.
"""


class Kind(StrEnum):
    """What happened, as it is named in a message."""

    FAN_BECAME = "fan.became"
    CAME_BACK = "candidate.came_back"
    APPLICATION_UNFINISHED = "application.unfinished"
    ACTION_LOGGED = "action.logged"
    ACTION_TAKEN_BACK = "action.taken_back"
    PROMISE_BROKEN = "promise.broken"
    COMPETITION_FINAL = "competition.final"
    REWARD_REQUESTED = "reward.requested"
    CANDIDATE_ERASED = "candidate.erased"
    PING = "ping"


COMES_WITH = {Kind.ACTION_TAKEN_BACK: Kind.ACTION_LOGGED}
"""Whoever hears the one hears the other: else what was taken back would stand there for ever."""
CHOOSABLE = tuple(kind for kind in Kind if kind not in COMES_WITH and kind is not Kind.PING)


class Off(StrEnum):
    """Why nothing is sent: somebody turned it off, it answered 410, or it failed for too long."""

    HAND = "hand"
    GONE = "gone"
    FAILING = "failing"


class WebhookEndpoint(Base):
    """`kinds` have spaces between them. `secret` and `old_secret` are sealed; the old one signs until `old_until`.

    `failing_since` is the first failure after the last success; while `off_at` is set, what happens waits. Removed, it
    stays for a while with nothing in it: whoever is just telling it something must not fail.
    """

    __tablename__ = "webhook_endpoint"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    label: Mapped[str] = mapped_column(String(80))
    secret_url: Mapped[str] = mapped_column(String(2000))
    kinds: Mapped[str] = mapped_column(String(400))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    old_secret: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    old_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    off_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    off_why: Mapped[str | None] = mapped_column(String(8), default=None)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def hears(self) -> list[Kind]:
        """What was chosen, in the order in which all stand."""
        return [kind for kind in CHOOSABLE if kind in self.kinds.split()]


class Full(Exception):  # noqa: N818 - it names what is the case
    """There are as many as we keep."""


class Known(Exception):  # noqa: N818 - it names what is the case
    """One of them has this address already."""

    def __init__(self, endpoint: WebhookEndpoint) -> None:
        super().__init__(endpoint.id)
        self.endpoint = endpoint


TABLE = cast("Table", WebhookEndpoint.__table__)
PRESENT = TABLE.c.removed_at.is_(None)


def add(label: str, url: str, kinds: Collection[str], now: datetime) -> WebhookEndpoint:
    """An endpoint that has no secret yet, so that nothing can be sent before it has.

    Raises:
        Known: one has this address.
        Full: there are enough.
    """
    db.session.execute(select(Agency.id).with_for_update(key_share=True))  # two who add at once do so by turns
    if known := _by_address(url):
        raise Known(known)
    if (db.session.scalar(select(func.count()).select_from(WebhookEndpoint).where(PRESENT)) or 0) >= MOST:
        raise Full
    row = WebhookEndpoint(label=label, secret_url=url, kinds=_joined(kinds), secret=b"", made_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def change(endpoint: WebhookEndpoint, label: str, kinds: Collection[str]) -> None:
    """Another name, or other kinds from now on."""
    endpoint.label, endpoint.kinds = label, _joined(kinds)


def _joined(kinds: Collection[str]) -> str:
    return " ".join(kind for kind in CHOOSABLE if kind in kinds)


def turn_off(endpoint: WebhookEndpoint, now: datetime) -> None:
    """Nothing is sent until it is turned on; what happens meanwhile waits."""
    if endpoint.off_at is None:
        endpoint.off_at, endpoint.off_why = now, Off.HAND


def turn_on(endpoint: WebhookEndpoint) -> None:
    """It takes messages again, and what failed before counts no more."""
    endpoint.off_at = endpoint.off_why = endpoint.failing_since = None


def remove(endpoint: WebhookEndpoint, now: datetime) -> None:
    """It hears of nothing any more, and its address and its secret are forgotten now; what it was told goes after."""
    endpoint.removed_at = endpoint.off_at = now
    endpoint.label = endpoint.secret_url = endpoint.kinds = ""
    endpoint.secret, endpoint.old_secret, endpoint.old_until = b"", None, None
    db.session.flush()


def succeeded(endpoint: WebhookEndpoint, now: datetime) -> None:
    """It took a message."""
    db.session.execute(_same(endpoint).values(delivered_at=now, failing_since=None))


def failed(endpoint: WebhookEndpoint, now: datetime, *, tries: int) -> Off | None:
    """It did not take one that was tried so many times; why it is turned off with that, if it is."""
    noted = _same(endpoint).values(failing_since=func.coalesce(TABLE.c.failing_since, now))
    since: datetime | None = db.session.scalar(noted.returning(TABLE.c.failing_since))
    too_long = since is not None and now - since >= PATIENCE and tries >= FEWEST_TRIES
    return _end(endpoint, Off.FAILING, now) if too_long else None


def gone(endpoint: WebhookEndpoint, now: datetime) -> Off | None:
    """It says that nobody will ever take anything there; why it is turned off with that, unless it was."""
    return _end(endpoint, Off.GONE, now)


def _end(endpoint: WebhookEndpoint, why: Off, now: datetime) -> Off | None:
    ended = _same(endpoint).where(TABLE.c.off_at.is_(None)).values(off_at=now, off_why=why)
    return why if db.session.scalar(ended.returning(TABLE.c.id)) is not None else None


def _same(endpoint: WebhookEndpoint) -> Update:
    """Only while it is the same one: by its number there may be another."""
    return update(TABLE).where(TABLE.c.id == endpoint.id, TABLE.c.made_at == endpoint.made_at)


def listed() -> Sequence[WebhookEndpoint]:
    """All of them, in the order in which they came."""
    present = select(WebhookEndpoint).where(PRESENT)
    return db.session.scalars(present.order_by(WebhookEndpoint.id).limit(MOST)).all()


def one(endpoint_id: int) -> WebhookEndpoint | None:
    """One as it is now."""
    return db.session.scalar(_as_it_is(endpoint_id))


def hold(endpoint_id: int) -> WebhookEndpoint | None:
    """The same for whoever changes it: of two at once the second comes after the first. It can be told things."""
    return db.session.scalar(_as_it_is(endpoint_id).with_for_update(key_share=True))


def _by_address(url: str) -> WebhookEndpoint | None:
    return db.session.scalar(select(WebhookEndpoint).where(WebhookEndpoint.secret_url == url, PRESENT).limit(1))


def _as_it_is(endpoint_id: int) -> Select[WebhookEndpoint]:
    asked = select(WebhookEndpoint).where(WebhookEndpoint.id == endpoint_id, PRESENT)
    return asked.execution_options(populate_existing=True)
