"""Accounts at the identity provider that sign somebody in: known by issuer and subject, never by a mail address."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.second_factor import OutsideAccount


def enter(issuer: str, subject: str, at: datetime) -> Person | None:
    """Whom an account signs in, with the moment kept; None when it is nobody's, or of somebody who left."""
    theirs = select(Person).join(OutsideAccount, OutsideAccount.person_id == Person.id)
    person = db.session.scalar(theirs.where(*_is(issuer, subject), Person.deactivated_at.is_(None)))
    if person:
        db.session.execute(update(OutsideAccount).where(*_is(issuer, subject)).values(used_at=at))
    return person


def link(person: Person, issuer: str, subject: str, at: datetime) -> bool:
    """From now on an account signs somebody in; False when it is somebody's already, or they have another one there."""
    theirs = OutsideAccount.person_id == person.id, OutsideAccount.issuer == issuer
    if _any(*_is(issuer, subject)) or _any(*theirs):
        return False
    try:
        with db.session.begin_nested():
            db.session.add(OutsideAccount(person_id=person.id, issuer=issuer, subject=subject, linked_at=at))
    except IntegrityError:  # somebody else linked it at the same moment
        return False
    return True


def unlink(person_id: int, account_id: int) -> bool:
    """An account signs nobody in any more; False when it was not theirs."""
    own = delete(OutsideAccount).where(OutsideAccount.id == account_id, OutsideAccount.person_id == person_id)
    return db.session.scalar(own.returning(OutsideAccount.id)) is not None


def of_person(person_id: int, issuer: str) -> OutsideAccount | None:
    """The account by which somebody comes in from a provider."""
    theirs = OutsideAccount.person_id == person_id, OutsideAccount.issuer == issuer
    return db.session.scalar(select(OutsideAccount).where(*theirs).limit(1))


def _is(issuer: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return OutsideAccount.issuer == issuer, OutsideAccount.subject == subject


def _any(*conditions: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(OutsideAccount.id).where(*conditions).limit(1)))
