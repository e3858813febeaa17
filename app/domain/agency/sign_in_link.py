"""A link by mail that signs somebody in, or lets them choose a new password: of one use, for a short while."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import token
from app.domain.agency.person import Person


class Purpose(StrEnum):
    """What a link is for; it opens nothing else."""

    SIGN_IN = "sign_in"
    PASSWORD = "password"  # noqa: S105 - the name of a purpose


class SignInLink(Base):
    """`purpose` is sign_in or password."""

    __tablename__ = "sign_in_link"
    __table_args__ = (Index(None, "person_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(8))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


LASTS: Mapping[Purpose, timedelta] = MappingProxyType(
    {Purpose.SIGN_IN: timedelta(minutes=10), Purpose.PASSWORD: timedelta(minutes=10)}
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link; the token is in nobody's hands but the receiver's, `mark` tells it from every other."""

    mark: str
    token: str
    expires_at: datetime


def issue(person: Person, purpose: Purpose, browser: str, at: datetime) -> Issued:
    """A new link for somebody; those before it work until one of them is used, because mails overtake each other.

    `browser` is what the browser that asks keeps to itself: only both together, one after the other, open anything.
    """
    value, ends = token.fresh(), at + LASTS[purpose]
    kept = token.hashed(value + browser)
    row = SignInLink(person_id=person.id, purpose=purpose, token_hash=kept, made_at=at, expires_at=ends)
    db.session.add(row)
    db.session.flush()
    return Issued(row.token_hash, value, ends)


def owner(value: str, purpose: Purpose, at: datetime) -> Person | None:
    """Whom a link is for; None when it ended, was used, is for something else, or the person left."""
    return db.session.scalar(_owner(value, purpose, at))


def use(value: str, purpose: Purpose, at: datetime) -> Person | None:
    """Use a link up, and end all others of whoever's it is; None when it works no more."""
    person = db.session.scalar(_owner(value, purpose, at).with_for_update(of=Person))
    mine = update(SignInLink).where(*_is(value, purpose, at)).values(used_at=at).returning(SignInLink.id)
    if person is None or db.session.scalar(mine) is None:
        return None
    end_all(person.id, at)
    return person


def end_all(person_id: int, at: datetime) -> None:
    """The links of a person work no more, as after one was used, on a new password or another address."""
    unused = update(SignInLink).where(SignInLink.person_id == person_id, SignInLink.used_at.is_(None))
    db.session.execute(unused.values(used_at=at))


def _owner(value: str, purpose: Purpose, at: datetime) -> Select[Person]:
    theirs = select(Person).join(SignInLink, SignInLink.person_id == Person.id)
    return theirs.where(Person.deactivated_at.is_(None), *_is(value, purpose, at))


def _is(value: str, purpose: Purpose, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """This link, while it works."""
    return (
        SignInLink.token_hash == token.hashed(value),
        SignInLink.purpose == purpose,
        SignInLink.used_at.is_(None),
        SignInLink.expires_at > at,
    )
