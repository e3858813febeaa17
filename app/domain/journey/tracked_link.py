"""A link of ours to a page elsewhere: following it is a touchpoint of the candidate to whom it was given."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency import token as tokens
from app.domain.journey.touchpoint import Touchpoint

LIVES = timedelta(days=180)
LONGEST_MARK = 32
SOURCE = "link"
ITEM = "item:"


class TrackedLink(Base):
    """We keep only the token's hash. Links of one `message` went out together; a `trap` is seen by machines only."""

    __tablename__ = "tracked_link"
    __table_args__ = (Index(None, "candidate_id", "made_at"), Index(None, "item_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("shared_item.id"), default=None)
    url: Mapped[str] = mapped_column(String(500), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    message: Mapped[str] = mapped_column(String(64))
    trap: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def source(self) -> str:
        """The source of its touchpoints: those of one item of the library are counted by it."""
        return SOURCE if self.item_id is None else f"{ITEM}{self.item_id}"

    @property
    def mark(self) -> str:
        """What names this link for ever, without opening it."""
        return self.token_hash[:LONGEST_MARK]


class Made(NamedTuple):
    """A new link; its token is known only now."""

    row: TrackedLink
    token: str


class Use(NamedTuple):
    """With how many candidates something was shared, and how many opened it, as far as we know."""

    shared: int = 0
    opened: int = 0


def make(
    candidate_id: int,
    url: str,
    *,
    message: str,
    item_id: int | None = None,
    channel: str | None = None,
    by_id: int | None,
    now: datetime,
) -> Made:
    """A link for one candidate in one message; those that were made before keep working until they end."""
    return _made(
        TrackedLink(
            token_hash="",
            candidate_id=candidate_id,
            item_id=item_id,
            url=url,
            channel=channel,
            message=message,
            made_by_id=by_id,
            made_at=now,
            expires_at=now + LIVES,
        )
    )


def trap(candidate_id: int, message: str, now: datetime) -> str:
    """The token of a link that no person sees in a message: whoever follows it is a machine. It leads nowhere."""
    row = TrackedLink(
        token_hash="",
        candidate_id=candidate_id,
        url="",
        message=message,
        trap=True,
        made_at=now,
        expires_at=now + LIVES,
    )
    return _made(row).token


def _made(row: TrackedLink) -> Made:
    token = tokens.fresh()
    row.token_hash = tokens.hashed(token)
    db.session.add(row)
    db.session.flush()
    return Made(row, token)


def opened(token: str, now: datetime) -> TrackedLink | None:
    """The link that a token opens; expired and unknown are the same None."""
    return db.session.scalar(
        select(TrackedLink).where(TrackedLink.token_hash == tokens.hashed(token), TrackedLink.expires_at > now)
    )


def use_of(item_ids: Collection[int]) -> dict[int, Use]:
    """How each of some items was received; machines are left out."""
    people = func.count(TrackedLink.candidate_id.distinct())
    shared = select(TrackedLink.item_id, people).where(TrackedLink.item_id.in_(item_ids)).group_by(TrackedLink.item_id)
    clicks = (
        select(Touchpoint.source, func.count(Touchpoint.candidate_id.distinct()))
        .where(
            Touchpoint.source.in_([f"{ITEM}{item_id}" for item_id in item_ids]),
            Touchpoint.verdict != "machine",
            Touchpoint.reversed_at.is_(None),
        )
        .group_by(Touchpoint.source)
    )
    given, hits = dict(db.session.execute(shared).all()), dict(db.session.execute(clicks).all())
    return {item_id: Use(given.get(item_id, 0), hits.get(f"{ITEM}{item_id}", 0)) for item_id in item_ids}
