"""A person who works at the agency: name, role, team, and how they want to see Fanfare."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency import presence
from app.domain.agency.naming import sort_name

MOST = 2000
LONGEST_NAME = 120
ENCODED = "=?"
"""How an encoded word begins in the header of a mail, where an address would be read as what is in it."""


class Role(StrEnum):
    RECRUITER = "recruiter"
    MEMBER = "member"
    LEAD = "lead"
    SPONSOR = "sponsor"
    ADMIN = "admin"


class Person(Base):
    """`named_outside_at`: since when their name stands on the page for everybody, as they chose; so the picture."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(120), index=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True, default=None)
    password_hash: Mapped[str | None] = mapped_column(String(200), default=None)
    role: Mapped[Role] = mapped_column(String(12), default=Role.RECRUITER)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True, default=None)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), default=None)
    language: Mapped[str | None] = mapped_column(String(2), default=None)
    theme: Mapped[str] = mapped_column(String(6), default="system")
    keys_enabled: Mapped[bool] = mapped_column(default=True)
    joined_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    named_outside_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    pictured_outside_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None


class EmailTaken(Exception):  # noqa: N818 - it says which rule stands in the way
    """Another person already has this address; None when they came in at the same moment."""

    def __init__(self, holder: Person | None) -> None:
        self.holder = holder


def normal_email(text: str) -> str | None:
    """The address as we compare it, in lower case; None when it is no mail address, or looks like an encoded one."""
    if ENCODED in text:
        return None
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def add(name: str, email: str | None, role: Role, *, team_id: int | None, today: date, at: datetime) -> Person:
    """Somebody new at the agency, who cannot sign in before accepting an invitation.

    Raises:
        EmailTaken: another person already has this address.
    """
    row = Person(name="", sort_name="", role=role, team_id=team_id, joined_on=today, created_at=at)
    describe(row, name, email)
    presence.changed(row.id, today, moved=True)
    return row


def describe(person: Person, name: str, email: str | None) -> None:
    """Give a person their name and address, spaces tidied.

    Raises:
        EmailTaken: another person already has this address.
    """
    holder = by_email(email) if email else None
    if holder and holder is not person:
        raise EmailTaken(holder)
    try:
        with db.session.begin_nested():
            person.name, person.sort_name = " ".join(name.split()), sort_name(name)[:LONGEST_NAME]
            person.email = normal_email(email) if email else None
            db.session.add(person)
    except IntegrityError as error:
        raise EmailTaken(None) from error


def prefer(person: Person, *, language: str, theme: str, keys_enabled: bool) -> None:
    """How somebody wants to see Fanfare."""
    person.language, person.theme, person.keys_enabled = language, theme, keys_enabled


def stand_outside(person: Person, at: datetime, *, pictured: bool) -> None:
    """Somebody says that their name may stand on the page for everybody, and whether their picture may."""
    person.named_outside_at = person.named_outside_at or at
    person.pictured_outside_at = (person.pictured_outside_at or at) if pictured else None


def step_inside(person: Person) -> None:
    """Nothing of them stands on the page for everybody any more."""
    person.named_outside_at = person.pictured_outside_at = None


def by_email(email: str) -> Person | None:
    """Whoever has this address, active or not."""
    return db.session.scalar(select(Person).where(Person.email == (normal_email(email) or "")))


def managed_by(actor: Person, person_id: int) -> Person | None:
    """A person as an administrator may see and change them; None to everybody else."""
    return db.session.get(Person, person_id) if actor.role == Role.ADMIN else None


def active() -> Sequence[Person]:
    """Everybody who works here now, sorted as lists of names are."""
    return db.session.scalars(_sorted().where(Person.deactivated_at.is_(None))).all()


def administrators() -> Sequence[int]:
    """Who administers now."""
    theirs = select(Person.id).where(Person.role == Role.ADMIN, Person.deactivated_at.is_(None))
    return db.session.scalars(theirs.order_by(Person.id).limit(MOST)).all()


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """What these people are called."""
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def of_team(team_id: int) -> Sequence[Person]:
    """Who works in a team now, sorted as lists of names are."""
    return db.session.scalars(_sorted().where(Person.team_id == team_id, Person.deactivated_at.is_(None))).all()


def ever_of_team(team_id: int) -> Sequence[int]:
    """Who works in a team, or did until they left: their candidates are the team's to look after."""
    return db.session.scalars(select(Person.id).where(Person.team_id == team_id).order_by(Person.id).limit(MOST)).all()


def _sorted() -> Select[Person]:
    return select(Person).order_by(Person.sort_name, Person.id).limit(MOST)
