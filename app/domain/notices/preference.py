"""What a recipient does not want to receive, and addresses that refuse our mail."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import String, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class Way(StrEnum):
    """How somebody can be told."""

    APP = "app"
    MAIL = "mail"
    CHAT = "chat"


class Choice(NamedTuple):
    """A kind, and a way in which one can be told of it."""

    kind: str
    way: Way


class Unsubscription(Base):
    """A recipient said no to being told of a kind in a way; the row goes when they say yes again."""

    __tablename__ = "unsubscription"

    recipient: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    way: Mapped[str] = mapped_column(String(4), primary_key=True, default=Way.MAIL, kw_only=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlaggedAddress(Base):
    """An address whose mail server said that it does not exist or does not want our mail."""

    __tablename__ = "flagged_address"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def is_unsubscribed(recipient: str, kind: str, way: Way = Way.MAIL) -> bool:
    """Whether a recipient said no to a kind in a way."""
    return db.session.get(Unsubscription, (recipient, kind, way)) is not None


def refused(recipient: str, way: Way = Way.MAIL) -> set[str]:
    """The kinds to which a recipient said no in a way."""
    mine = select(Unsubscription.kind).where(Unsubscription.recipient == recipient, Unsubscription.way == way)
    return set(db.session.scalars(mine))


def refuses(recipient: str, kinds: Collection[str], way: Way = Way.MAIL) -> bool:
    """Whether a recipient said no to all of these."""
    return set(kinds) <= refused(recipient, way)


def refusing(recipients: Collection[str], kind: str, way: Way) -> set[str]:
    """Who of these said no to a kind in a way."""
    same = Unsubscription.kind == kind, Unsubscription.way == way
    return set(
        db.session.scalars(select(Unsubscription.recipient).where(*same, Unsubscription.recipient.in_(recipients)))
    )


def refusals(recipient: str) -> set[Choice]:
    """Everything to which a recipient said no."""
    mine = select(Unsubscription.kind, Unsubscription.way).where(Unsubscription.recipient == recipient)
    return {Choice(kind, Way(way)) for kind, way in db.session.execute(mine)}


def choose_all(recipient: str, offered: Collection[Choice], wanted: Collection[Choice], at: datetime) -> None:
    """Of everything that was offered, yes to what is wanted and no to the rest; when a no was said stays known."""
    yes, no = [each for each in offered if each in wanted], [each for each in offered if each not in wanted]
    which = tuple_(Unsubscription.kind, Unsubscription.way).in_(yes)
    db.session.execute(delete(Unsubscription).where(Unsubscription.recipient == recipient, which))
    if no:
        rows = [{"recipient": recipient, "at": at} | each._asdict() for each in no]
        db.session.execute(insert(Unsubscription).on_conflict_do_nothing(), rows)


def unsubscribe(recipient: str, kind: str, at: datetime, way: Way = Way.MAIL) -> None:
    """Remember a no; saying it twice changes nothing."""
    no = insert(Unsubscription).values(recipient=recipient, kind=kind, way=way, at=at)
    db.session.execute(no.on_conflict_do_nothing())


def is_flagged(address: str) -> bool:
    """Whether a mail server refused this address for good."""
    return db.session.get(FlaggedAddress, address) is not None


def flagged(addresses: Collection[str]) -> set[str]:
    """Which of these addresses a mail server refused for good."""
    return set(db.session.scalars(select(FlaggedAddress.address).where(FlaggedAddress.address.in_(addresses))))


def flag(address: str, reason: str, at: datetime) -> None:
    """Remember that a mail server refused this address."""
    values = {"reason": reason[:300], "at": at}
    row = insert(FlaggedAddress).values(address=address, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["address"], set_=values))
