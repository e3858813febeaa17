"""What the agency's identity provider says of somebody, kept as it was said, and who can be found by it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import normalize

from sqlalchemy import JSON, ForeignKey, Select, String, false, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import LONGEST_NAME, Person, Role, normal_email

Told = Mapping[str, Any]
"""The attributes of a SCIM user, by their names there."""
LARGEST_ID = 2**31 - 1
NUMBER = re.compile(r"[1-9][0-9]{0,9}")
UNSAYABLE = "\0"
"""No text holds it, and PostgreSQL takes no question with it."""


class Provisioned(Base):
    """`user_key` is the user name as it is compared; `invited_at` when a mail went to the address they have."""

    __tablename__ = "provisioned"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    user_key: Mapped[str] = mapped_column(String(254), unique=True)
    external_id: Mapped[str | None] = mapped_column(String(254), index=True, default=None)
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody as the provider may see them; without a row they came in here, and it said nothing of them yet.

    `gets_in`: it let them in just now, or told an address at which they wait to be let in.
    """

    person: Person
    row: Provisioned | None
    gets_in: bool = False


def key_of(user_name: str) -> str:
    """A user name as it is compared: small and large letters are one."""
    return normalize("NFC", normalize("NFC", user_name).lower())


def name_of(told: Told) -> str:
    """What somebody is called: as the provider shows them, else by their parts, else by their user name."""
    parts: Told = told.get("name") or {}
    by_parts = f"{parts.get('givenName') or ''} {parts.get('familyName') or ''}"
    user_name = told["userName"]
    said = (told.get("displayName"), by_parts, parts.get("formatted"), user_name.partition("@")[0], user_name)
    return next(name for each in said if (name := " ".join((each or "").split())[:LONGEST_NAME].strip()))


def address_of(told: Told) -> str | None:
    """The address by which somebody signs in: the first for mail, one for work before others; else the user name."""
    mails = [each for each in told.get("emails") or () if each.get("value")]
    best = min(mails, key=lambda each: (not each.get("primary"), each.get("type") != "work"), default=None)
    return normal_email(best["value"] if best else told["userName"])


def as_now(one: Colleague) -> dict[str, Any]:
    """What is true of somebody: as it was told, but for what was changed here since."""
    person, row = one.person, one.row
    if row is None:
        known = {"userName": person.email, "displayName": person.name, "active": person.is_active}
        return {**known, "emails": _mail(person)}
    told = dict(row.told)
    if name_of(told) != person.name:
        told["displayName"] = person.name
    if address_of(told) != person.email:
        told["emails"] = _mail(person)
    if "active" in told:
        told["active"] = person.is_active
    return told


def _mail(person: Person) -> list[dict[str, Any]]:
    return [{"value": person.email, "type": "work", "primary": True}] if person.email else []


def find(person_id: str, *, hold: bool = False) -> Colleague | None:
    """One by their number; None when there is nobody whom the provider may see. `hold`: who changes them too waits."""
    if not NUMBER.fullmatch(person_id) or int(person_id) > LARGEST_ID:
        return None
    if hold:
        _hold(int(person_id))
    found = db.session.execute(_seen().where(Person.id == int(person_id))).first()
    return Colleague(*found) if found else None


def _hold(person_id: int) -> None:
    """Of an administrator all are held, in their order: whoever ends one of two looks whether the other remains."""
    role = db.session.scalar(select(Person.role).where(Person.id == person_id))
    held = Person.role == Role.ADMIN if role == Role.ADMIN else Person.id == person_id
    db.session.execute(select(Person.id).where(held).order_by(Person.id).with_for_update())


def named(user_name: str) -> Sequence[Colleague]:
    """Who has this user name; without one told, their mail address is."""
    by_mail = (Person.email == normal_email(user_name)) if normal_email(user_name) else false()
    unsaid = Provisioned.id.is_(None) & by_mail
    return _all(_seen().where(or_(Provisioned.user_key == key_of(user_name), unsaid))) if _sayable(user_name) else []


def known_outside_as(external_id: str) -> Sequence[Colleague]:
    """Whom the provider knows by this number of its own."""
    return _all(_seen().where(Provisioned.external_id == external_id)) if _sayable(external_id) else []


def page(first: int, most: int) -> Sequence[Colleague]:
    """Some of all, by their number, after so many."""
    return _all(_seen().order_by(Person.id).offset(min(first, LARGEST_ID)).limit(most))


def total() -> int:
    """How many there are."""
    return db.session.scalar(select(func.count()).select_from(_seen().subquery())) or 0


def how_many_told() -> int:
    """Of how many who work here the provider told."""
    here = select(func.count(Provisioned.id)).join(Person, Person.id == Provisioned.person_id)
    return db.session.scalar(here.where(Person.deactivated_at.is_(None))) or 0


def _seen() -> Select[Person, Provisioned | None]:
    """Whom the provider may see: whoever it told of, and whoever works here now and has an address."""
    of_them = select(Person, Provisioned).outerjoin(Provisioned, Provisioned.person_id == Person.id)
    here = Person.deactivated_at.is_(None) & Person.email.is_not(None)
    return of_them.where(or_(Provisioned.id.is_not(None), here))


def _all(query: Select[Person, Provisioned | None]) -> list[Colleague]:
    return [Colleague(person, row) for person, row in db.session.execute(query)]


def _sayable(text: str) -> bool:
    return UNSAYABLE not in text
