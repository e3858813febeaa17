"""What a recipient does not want to receive, and addresses that refuse our mail."""

from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class Unsubscription(Base):
    """A recipient said no to a kind of mail; the row goes when they say yes again."""

    __tablename__ = "unsubscription"

    recipient: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FlaggedAddress(Base):
    """An address whose mail server said that it does not exist or does not want our mail."""

    __tablename__ = "flagged_address"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def is_unsubscribed(recipient: str, kind: str) -> bool:
    """Whether a recipient said no to a kind of mail."""
    return db.session.get(Unsubscription, (recipient, kind)) is not None


def refused(recipient: str) -> set[str]:
    """The kinds of mail to which a recipient said no."""
    return set(db.session.scalars(select(Unsubscription.kind).where(Unsubscription.recipient == recipient)))


def choose(recipient: str, kind: str, at: datetime, *, wanted: bool) -> None:
    """Say yes or no to a kind of mail."""
    if wanted:
        subscribe(recipient, kind)
    else:
        unsubscribe(recipient, kind, at)


def unsubscribe(recipient: str, kind: str, at: datetime) -> None:
    """Remember a no; saying it twice changes nothing."""
    no = insert(Unsubscription).values(recipient=recipient, kind=kind, at=at)
    db.session.execute(no.on_conflict_do_nothing())


def subscribe(recipient: str, kind: str) -> None:
    """Take a no back."""
    no = delete(Unsubscription).where(Unsubscription.recipient == recipient, Unsubscription.kind == kind)
    db.session.execute(no)


def is_flagged(address: str) -> bool:
    """Whether a mail server refused this address for good."""
    return db.session.get(FlaggedAddress, address) is not None


def flag(address: str, reason: str, at: datetime) -> None:
    """Remember that a mail server refused this address."""
    values = {"reason": reason[:300], "at": at}
    row = insert(FlaggedAddress).values(address=address, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["address"], set_=values))
