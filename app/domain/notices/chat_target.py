"""A chat to which notices go besides: of one person, of a team, or of the whole agency."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import leaving
from app.domain.agency.person import Person
from app.domain.notices.chat_address import Address
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import CHAT

PATIENCE = 5
"""A chat that fails so many times in a row pauses itself."""
APART = timedelta(minutes=5)
"""Failures that are closer to each other than this are one."""
MOST_OWN = 5


class Failure(StrEnum):
    """Why a message could not be handed over."""

    GONE = "gone"
    REFUSED = "refused"
    BUSY = "busy"
    BROKEN = "broken"
    MOVED = "moved"
    SILENT = "silent"
    UNKNOWN = "unknown"
    INSIDE = "inside"
    UNTRUSTED = "untrusted"
    AWAY = "away"


FOR_GOOD = frozenset({Failure.GONE, Failure.REFUSED, Failure.MOVED, Failure.INSIDE})
"""Trying the same again would end as it did."""


class Trouble(NamedTuple):
    """Why the last one failed, and how many did in a row."""

    failure: Failure
    times: int


class ChatTarget(Base):
    """Of `person_id`, of `team_id`, or of neither: of everybody. Whoever has `secret_url` may write there.

    `failed_at` and `failure` tell of the last message that could not be handed over, `failures` how many in a row.
    """

    __tablename__ = "chat_target"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    label: Mapped[str] = mapped_column(String(80))
    service: Mapped[str] = mapped_column(String(20))
    secret_url: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    failure: Mapped[str | None] = mapped_column(String(300), default=None)
    failures: Mapped[int] = mapped_column(default=0)

    @property
    def recipient(self) -> str:
        return f"{CHAT}:{self.id}"

    @property
    def trouble(self) -> Trouble | None:
        """What the last failure was, as long as nothing was delivered after it."""
        return Trouble(Failure(self.failure), self.failures) if self.failure and self.failures else None


class TooMany(Exception):  # noqa: N818 - it says which rule stands in the way
    """Somebody has as many chats of their own as they may have."""


def add(
    by: Person, label: str, address: Address, now: datetime, *, own: bool, team_id: int | None = None
) -> ChatTarget:
    """A new chat: one's `own`, of a team, or of the agency.

    Raises:
        TooMany: there are enough of one's own.
    """
    if own and _has(by.id) >= MOST_OWN:
        raise TooMany
    row = ChatTarget(
        label=label,
        service=address.service,
        secret_url=address.url,
        person_id=by.id if own else None,
        team_id=None if own else team_id,
        made_by_id=by.id,
        made_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _has(person_id: int) -> int:
    mine = select(func.count()).select_from(ChatTarget).where(ChatTarget.person_id == person_id)
    return db.session.scalar(mine) or 0


def pause(target: ChatTarget, now: datetime) -> None:
    """Nothing goes there until it is resumed; what waits is not told there any more."""
    target.paused_at = now


def resume(target: ChatTarget) -> None:
    """From now on it is told there again, and what failed before counts no more."""
    target.paused_at = target.failed_at = target.failure = None
    target.failures = 0


def remove(target: ChatTarget) -> None:
    """Its address is forgotten, and so is what was sent there: another chat may come by its number."""
    db.session.execute(delete(OutboxRow).where(OutboxRow.recipient == target.recipient))
    db.session.delete(target)
    db.session.flush()


@leaving.listen
def remove_of_leaver(person_id: int, _at: datetime) -> None:
    """Whoever leaves is told nothing any more in chats of their own, also when they come back."""
    for each in db.session.scalars(select(ChatTarget).where(ChatTarget.person_id == person_id)).all():
        remove(each)


def delivered(target: ChatTarget, now: datetime) -> None:
    """The chat took a message."""
    _note(target, {"delivered_at": now, "failures": 0})


def failed(target: ChatTarget, failure: Failure, now: datetime) -> bool:
    """The chat did not take it; True when it pauses itself with that.

    What may pass is one failure, however many messages it meets: a network that is away for a minute pauses nobody.
    """
    before = target.trouble
    if before and failure not in FOR_GOOD and target.failed_at and now - target.failed_at < APART:
        return False
    times = before.times + 1 if before else 1
    pauses = times >= PATIENCE and target.paused_at is None
    facts = {"failed_at": now, "failure": failure, "failures": times}
    _note(target, facts | ({"paused_at": now} if pauses else {}))
    return pauses


def _note(target: ChatTarget, values: Mapping[str, object]) -> None:
    """Only while it is the same chat: by its number there may be another one."""
    same = ChatTarget.id == target.id, ChatTarget.made_at == target.made_at
    db.session.execute(update(ChatTarget).where(*same).values(values))
    if target in db.session:
        db.session.refresh(target)
