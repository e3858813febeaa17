"""Signing in with mail and password, and the limits that slow down guessing."""

import hashlib
import hmac
import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, func, select

from app.db import db, is_sqlite
from app.domain.agency import api_token, audit, password, sign_in_link, sign_in_step
from app.domain.agency.person import Person, by_email, normal_email
from app.domain.agency.session import SignInFailure, close_others

PER_ACCOUNT = 10
PER_ADDRESS = 20
WINDOW = timedelta(hours=1)
NETWORK_BITS = 64
WITH_PORT = re.compile(r"(?:\[(.+)\]|([\d.]+)):\d{1,5}")
ONE_AT_A_TIME = 0x5160_1A


class How(StrEnum):
    """With what somebody signs in first."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    LINK = "link"
    NEW_PASSWORD = "new_password"  # noqa: S105 - as above
    INVITATION = "invitation"
    PASSKEY = "passkey"
    OUTSIDE = "outside"


class TooMany(Exception):  # noqa: N818 - it says which rule stands in the way
    """Too many tries for this account or from this address; `wait` is how long until the next one."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries, as fingerprints that the database may keep."""

    email: str
    account: str
    address: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How many tries an hour may bring, for one account and from one network address."""

    per_account: int
    per_address: int


PASSWORDS = Limits(PER_ACCOUNT, PER_ADDRESS)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose password it is, or nobody's; by which hash, and the one to keep when that is of weaker settings."""

    person_id: int | None
    kept_hash: str | None
    fresh_hash: str | None


def attempt(email: str, address: str, key: str, of: str = "", browser: str = "") -> Attempt:
    """An attempt from an address; `key` keeps the fingerprints from being guessed back.

    What is tried otherwise than with a password is counted by itself, under the name `of` what it is. So is what is
    tried in a `browser` in which they signed in before: neither strangers nor the office around it keep it out.
    """
    email = normal_email(email) or email.strip().lower()
    place = browser or _network(address)
    return Attempt(email, fingerprint(of + browser + email, key), fingerprint(of + place, key))


def prove(who: Attempt, typed: str, at: datetime) -> Proof:
    """Compare the password: takes the same time for unknown accounts, and writes nothing.

    Raises:
        TooMany: the limit was reached before; nothing was compared.
    """
    within_limits(who, at)
    person = by_email(who.email)
    can = person if person and person.is_active else None
    kept = can.password_hash if can else None
    right, fresh = password.verify(typed, kept)
    return Proof(can.id if can and right else None, kept, fresh)


def settle(who: Attempt, proof: Proof, at: datetime) -> Person | None:
    """Whose password it was, with the wrong ones before it forgotten; or count a wrong one and return None.

    Raises:
        TooMany: others reached the limit meanwhile, so that this answer tells nothing.
    """
    one_at_a_time()
    within_limits(who, at)
    person = db.session.get(Person, proof.person_id) if proof.person_id else None
    if person is None or not person.is_active or person.password_hash != proof.kept_hash:
        refuse(who, at)
        return None
    person.password_hash = proof.fresh_hash or person.password_hash
    forget(who)
    return person


def one_at_a_time() -> None:
    """Where writers do not wait for each other, those who try do, so that counts hold."""
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))


def count(who: Attempt, at: datetime) -> None:
    """Remember a try that counts, as a wrong password does, and forget those that no longer do."""
    db.session.execute(delete(SignInFailure).where(SignInFailure.at <= at - WINDOW))
    db.session.add(SignInFailure(account_hash=who.account, address_hash=who.address, at=at))


def refuse(who: Attempt, at: datetime) -> None:
    """Count a wrong password and write it down, with the one that was the last for now: whoever waits fills no log."""
    count(who, at)
    theirs = by_email(who.email)
    about = audit.About("person", theirs.id) if theirs else None
    audit.record("sign_in.refused", None, at, about)
    if must_wait(who, at):
        audit.record("sign_in.limit", None, at, about)


def forget(who: Attempt) -> None:
    """Whoever proved themselves begins to count anew."""
    db.session.execute(delete(SignInFailure).where(_of(who.account)))


def change_password(person: Person, kept_hash: str, session_id: int, at: datetime) -> None:
    """Give a person a new password, and end their other sessions, their tokens and whatever else lets somebody in."""
    audit.record("password.changed", person.id, at)
    person.password_hash = kept_hash
    close_others(person.id, session_id)
    sign_in_step.end_all(person.id)
    sign_in_link.end_all(person.id, at)
    api_token.end_all(person.id, at)


def within_limits(who: Attempt, at: datetime, limits: Limits = PASSWORDS) -> None:
    """Nothing, while there may be another try.

    Raises:
        TooMany: the hour brought as many as it may.
    """
    counted = (
        (_of(who.account), limits.per_account),
        (SignInFailure.address_hash == who.address, limits.per_address),
    )
    waits = [wait for condition, most in counted if (wait := _wait(condition, most, at))]
    if waits:
        raise TooMany(max(waits))


def must_wait(who: Attempt, at: datetime) -> bool:
    """Whether the next try would be one too many."""
    try:
        within_limits(who, at)
    except TooMany:
        return True
    return False


def _wait(condition: ColumnElement[bool], most: int, at: datetime) -> timedelta | None:
    """How long until fewer than `most` failures lie within the window."""
    recent = select(SignInFailure.at).where(condition, SignInFailure.at > at - WINDOW)
    oldest = db.session.scalar(recent.order_by(SignInFailure.at.desc()).offset(most - 1).limit(1))
    return oldest + WINDOW - at if oldest else None


def _of(account: str) -> ColumnElement[bool]:
    return SignInFailure.account_hash == account


def _network(address: str) -> str:
    """An address, or for IPv6 the network that one subscriber has; without the port that some proxies tell as well.

    An address of IPv4 in the clothes of IPv6 is itself: the network of all those is everybody's.
    """
    ported = WITH_PORT.fullmatch(address)
    try:
        found = ipaddress.ip_address(ported[1] or ported[2] if ported else address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, NETWORK_BITS), strict=False))


def fingerprint(text: str, key: str) -> str:
    """What the database may keep of a text: the same for the same, and not to be guessed back without the key."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
