"""The library of useful things to share: career advice, news of the sector, events."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import JSON, ForeignKey, String, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.candidates.candidate import LARGEST_ID
from app.domain.candidates.folding import fold

MOST = 200
SHORTEST_PART = 4


class ItemKind(StrEnum):
    ADVICE = "advice"
    NEWS = "news"
    EVENT = "event"
    OTHER = "other"


class SharedItem(Base):
    """`roles` and `aspirations` are words by which it is offered for a candidate; without any it suits everybody.

    `text` is the prepared message, in which {naam} and {link} are filled in; `text_en` the same in English.
    """

    __tablename__ = "shared_item"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ItemKind] = mapped_column(String(8), default=ItemKind.ADVICE)
    url: Mapped[str] = mapped_column(String(500))
    roles: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    aspirations: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    text: Mapped[str] = mapped_column(String(1000), default="")
    text_en: Mapped[str] = mapped_column(String(1000), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    def is_offered(self, now: datetime) -> bool:
        """Whether it can be shared."""
        return self.retired_at is None and (self.until is None or self.until > now)


class Full(Exception):  # noqa: N818 - it names what is the case
    """There are as many items as people can oversee."""


class Described(NamedTuple):
    """What an item says of itself; `until`: after that it is not offered any more."""

    title: str
    kind: ItemKind
    url: str
    roles: list[str]
    aspirations: list[str]
    text: str = ""
    text_en: str = ""
    until: datetime | None = None


class Suited(NamedTuple):
    """An item and the words by which it suits somebody; `weight` 0: it was made for others."""

    item: SharedItem
    words: list[str]
    weight: int


def add(described: Described, by_id: int | None, now: datetime) -> SharedItem:
    """Put something in the library.

    Raises:
        Full: something has to be retired first.
    """
    _room()
    row = SharedItem(**described._asdict(), made_by_id=by_id, made_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def change(item: SharedItem, described: Described) -> None:
    """Say it differently; links that were given out lead where they led."""
    for name, value in described._asdict().items():
        setattr(item, name, value)
    db.session.flush()


def retire(item: SharedItem, now: datetime) -> None:
    """Offer it no more; links that were given out keep working."""
    item.retired_at = item.retired_at or now
    db.session.flush()


def restore(item: SharedItem) -> None:
    """Offer it again.

    Raises:
        Full: others took its place.
    """
    _room()
    item.retired_at = None
    db.session.flush()


def _room() -> None:
    standing = select(func.count()).select_from(SharedItem).where(SharedItem.retired_at.is_(None))
    if (db.session.scalar(standing) or 0) >= MOST:
        raise Full


def find(item_id: int) -> SharedItem | None:
    """One item, retired or not."""
    return db.session.get(SharedItem, item_id) if 0 < item_id <= LARGEST_ID else None


def listed() -> list[SharedItem]:
    """The whole library: what is offered first, newest first."""
    order = (SharedItem.retired_at.is_not(None), SharedItem.id.desc())
    return list(db.session.scalars(select(SharedItem).order_by(*order).limit(2 * MOST)))


def offered(now: datetime) -> list[SharedItem]:
    """What can be shared now, newest first."""
    open_still = or_(SharedItem.until.is_(None), SharedItem.until > now)
    query = select(SharedItem).where(SharedItem.retired_at.is_(None), open_still).order_by(SharedItem.id.desc())
    return list(db.session.scalars(query.limit(MOST)))


def suited(items: Iterable[SharedItem], role: str, aspiration: str) -> list[Suited]:
    """Items for whoever seeks that role and wants to go there, the best first; what suits everybody comes after."""
    found = [_suited(item, fold(role), fold(f"{role} {aspiration}")) for item in items]
    return sorted(found, key=lambda each: each.weight, reverse=True)


def _suited(item: SharedItem, role: str, everything: str) -> Suited:
    words = [word for word in item.roles if _speaks_of(role, fold(word))]
    words += [word for word in item.aspirations if word not in words and _speaks_of(everything, fold(word))]
    general = not item.roles and not item.aspirations
    return Suited(item, words, len(words) + 1 if words else int(general))


def _speaks_of(text: str, word: str) -> bool:
    """Whether a text has a word, also as a part of a longer one: a vrachtwagenchauffeur is a chauffeur."""
    if len(word) < SHORTEST_PART:
        return f" {word} " in f" {text} "
    return word in text
