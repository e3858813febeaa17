"""An invitation by mail: a link of one purpose that ends, with which a person sets a password."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import api_token, audit, session, sign_in_link, sign_in_step, token
from app.domain.agency.person import Person


class Invitation(Base):
    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new invitation; the token is in nobody's hands but the receiver's, `mark` tells it from every other."""

    mark: str
    token: str
    expires_at: datetime


def issue(person: Person, by: Person | None, at: datetime) -> Issued:
    """A new link for somebody, that sets their password; earlier links end."""
    withdraw(person.id)
    value = token.fresh()
    row = Invitation(
        person_id=person.id,
        token_hash=token.hashed(value),
        invited_by_id=by.id if by else None,
        created_at=at,
        expires_at=at + LASTS,
    )
    db.session.add(row)
    db.session.flush()
    return Issued(row.token_hash, value, row.expires_at)


def withdraw(person_id: int) -> None:
    """End every link of a person that was not used."""
    db.session.execute(delete(Invitation).where(Invitation.person_id == person_id, Invitation.accepted_at.is_(None)))


def accept(value: str, password_hash: str, language: str, at: datetime) -> Person | None:
    """Set the password of whoever was invited and end their other sessions; None when the link ended or was used."""
    return accept_marked(mark_of(value), password_hash, language, at)


def accept_marked(mark: str, password_hash: str, language: str, at: datetime) -> Person | None:
    """As above, for whoever showed the link before, and then proved elsewhere who they are."""
    person = _invitee(mark, at)
    used = update(Invitation).where(Invitation.token_hash == mark, *is_open(at))
    if person is None or db.session.execute(used.values(accepted_at=at)).rowcount != 1:  # type: ignore[attr-defined] # an UPDATE answers a cursor
        return None
    audit.record("invitation.accepted", person.id, at)
    person.password_hash = password_hash
    person.language = person.language or language
    session.close_all(person.id)
    api_token.end_all(person.id, at)
    sign_in_link.end_all(person.id, at)
    sign_in_step.end_all(person.id)
    return person


def invitee(value: str, at: datetime) -> Person | None:
    """Whom a link is for; None when it ended, was used, or the person left."""
    return _invitee(mark_of(value), at)


def mark_of(value: str) -> str:
    """What tells a link from every other, and opens nothing."""
    return token.hashed(value)


def _invitee(mark: str, at: datetime) -> Person | None:
    return db.session.scalar(
        select(Person)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(Invitation.token_hash == mark, Person.deactivated_at.is_(None), *is_open(at))
    )


def invited(at: datetime, person_ids: Collection[int]) -> frozenset[int]:
    """Who of these has a link that still works."""
    query = select(Invitation.person_id).where(Invitation.person_id.in_(person_ids), *is_open(at))
    return frozenset(db.session.scalars(query))


def is_unused(person_id: int) -> bool:
    """Whether somebody has a link that they did not use and nobody withdrew, also one that ended by itself."""
    theirs = select(Invitation.id).where(Invitation.person_id == person_id, Invitation.accepted_at.is_(None))
    return db.session.scalar(theirs.limit(1)) is not None


def is_open(at: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions of a link that still works."""
    return Invitation.accepted_at.is_(None), Invitation.expires_at > at
