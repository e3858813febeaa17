"""The app that shows six digits (RFC 6238): begun, confirmed by a first code, each good once in its own half minute."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.db import db
from app.domain.agency import sealing
from app.domain.agency.person import Person
from app.domain.agency.second_factor import Authenticator

SECONDS = 30
DIGITS = 6
TO_CONFIRM = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Pending:
    """An authenticator that waits for its first code: the secret to type, and the address that a camera reads."""

    secret: str
    uri: str


def begin(person: Person, key: str, at: datetime) -> None:
    """A new secret that counts for nothing until it is confirmed; the confirmed one, if any, stays what it is.

    Raises:
        Confirmed: there is one that works already.
    """
    import pyotp  # noqa: PLC0415 - only these pages need it

    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())  # two presses are one by one
    if of(person.id):
        raise Confirmed
    db.session.execute(delete(Authenticator).where(Authenticator.person_id == person.id))
    sealed = sealing.seal(pyotp.random_base32().encode(), key, _purpose(person.id))
    db.session.add(Authenticator(person_id=person.id, secret=sealed, made_at=at))
    db.session.flush()


class Confirmed(Exception):  # noqa: N818 - it says which rule stands in the way
    """One person has one authenticator: the other must go first."""


def of(person_id: int) -> Authenticator | None:
    """The authenticator that works."""
    return db.session.scalar(
        select(Authenticator).where(Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None))
    )


def pending(person: Person, issuer: str, key: str, at: datetime) -> Pending | None:
    """What has begun and waits for its first code; None when nothing does, or it took too long."""
    import pyotp  # noqa: PLC0415 - as above

    row = _unconfirmed(person.id, at)
    secret = row and _secret(row, key)
    if not secret:
        return None
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.email or person.name, issuer_name=issuer)
    return Pending(secret, uri)


def confirm(person_id: int, code: str, key: str, at: datetime) -> bool:
    """Whether the first code is right; from then on the authenticator works, and that code does no more."""
    row = _unconfirmed(person_id, at)
    step = row and _step_of(row, code, key, at)
    if row is None or step is None:
        return False
    mine = update(Authenticator).where(Authenticator.id == row.id, Authenticator.confirmed_at.is_(None))
    return db.session.scalar(mine.values(confirmed_at=at, last_step=step).returning(Authenticator.id)) is not None


def use(person_id: int, code: str, key: str, at: datetime) -> bool:
    """Whether it is a code of now that nobody used, nor a newer one; it is used up with that."""
    row = of(person_id)
    step = row and _step_of(row, code, key, at)
    if row is None or step is None:
        return False
    first = update(Authenticator).where(Authenticator.id == row.id, Authenticator.last_step < step)
    return db.session.scalar(first.values(last_step=step).returning(Authenticator.id)) is not None


def end(person_id: int) -> bool:
    """The app's codes are worth nothing any more; False when there was none that worked."""
    worked = of(person_id) is not None
    db.session.execute(delete(Authenticator).where(Authenticator.person_id == person_id))
    return worked


def reseal(before: str, key: str) -> tuple[int, int]:
    """Seal every secret anew under `key` and in the newest form: how many, and how many neither key could read."""
    rows = db.session.scalars(select(Authenticator).order_by(Authenticator.id)).all()
    read = {row: _secret(row, before) or _secret(row, key) for row in rows}
    for row, secret in read.items():
        if secret is not None:
            row.secret = sealing.seal(secret.encode(), key, _purpose(row.person_id))
    unread = sum(secret is None for secret in read.values())
    return len(rows) - unread, unread


def _unconfirmed(person_id: int, at: datetime) -> Authenticator | None:
    waiting = Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None)
    return db.session.scalar(select(Authenticator).where(*waiting, Authenticator.made_at > at - TO_CONFIRM))


def _step_of(row: Authenticator, code: str, key: str, at: datetime) -> int | None:
    """This half minute, when it is its code: those of the minutes around it are worth nothing."""
    import pyotp  # noqa: PLC0415 - as above

    secret = _secret(row, key)
    if secret is None:
        return None
    codes, now = pyotp.TOTP(secret, digits=DIGITS, interval=SECONDS), int(at.timestamp()) // SECONDS
    typed = "".join(code.split()).encode()
    return now if hmac.compare_digest(codes.generate_otp(now).encode(), typed) else None


def _secret(row: Authenticator, key: str) -> str | None:
    """None when it cannot be read, as after the settings' key was changed: the app must be set up anew."""
    try:
        return sealing.unseal(row.secret, key, _purpose(row.person_id)).decode()
    except sealing.Broken:
        return None


def _purpose(person_id: int) -> str:
    return f"authenticator {person_id}"
