"""Second factors for tests: rows as the pages make them."""

from datetime import datetime

from app.db import db
from app.domain.agency import recovery_code
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Authenticator, Passkey


def app_of(person: Person, at: datetime) -> None:
    """An app that works, whose secret nobody knows."""
    db.session.add(Authenticator(person_id=person.id, secret=b"sealed", made_at=at, confirmed_at=at))
    db.session.flush()


def passkey_of(person: Person, at: datetime) -> None:
    """A key that nobody has."""
    number = f"key of {person.id}".encode()
    db.session.add(Passkey(person_id=person.id, name="Telefoon", credential_id=number, public_key=b"", made_at=at))
    db.session.flush()


def everything_of(person: Person, at: datetime) -> None:
    """An app, a key, and codes on paper."""
    app_of(person, at)
    passkey_of(person, at)
    recovery_code.make(person.id, at)
