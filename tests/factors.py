"""Second factors for tests: rows as the pages make them."""

from datetime import datetime

import pyotp

from app.db import db
from app.domain.agency import authenticator, recovery_code
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Authenticator, Passkey


def app_of(person: Person, at: datetime) -> None:
    """An app that works, whose secret nobody knows."""
    db.session.add(Authenticator(person_id=person.id, secret=b"sealed", made_at=at, confirmed_at=at))
    db.session.flush()


def working_app(person: Person, key: str, at: datetime) -> pyotp.TOTP:
    """An app whose first code was typed at a moment: what shows its codes."""
    authenticator.begin(person, key, at)
    found = authenticator.pending(person, "Fanfare", key, at)
    assert found
    codes = pyotp.TOTP(found.secret)
    assert authenticator.confirm(person.id, codes.at(at), key, at)
    return codes


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
