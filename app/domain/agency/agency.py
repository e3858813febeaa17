"""The agency: one installation is one agency, with its zone, its form of address and its visibility rule."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.naming import sort_name
from app.domain.agency.person import Person, Role

ONLY_ID = 1
SETUP_DONE = 7


class AlreadyFounded(Exception):  # noqa: N818 - somebody else was first, which is no fault
    """This installation has its agency."""


class Agency(Base):
    """There is one: its primary key is always the same, so that a second cannot be founded, not even at once.

    `setup_step` is the step of the setup wizard that comes next; 7 when it is done.
    """

    __tablename__ = "agency"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY_ID, init=False)
    name: Mapped[str] = mapped_column(String(120))
    timezone: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2), default="nl")
    address_form: Mapped[str] = mapped_column(String(2), default="je")
    visibility: Mapped[str] = mapped_column(String(10), default="agency")
    ats_url_template: Mapped[str | None] = mapped_column(String(300), default=None)
    setup_step: Mapped[int] = mapped_column(default=2)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def found_agency(
    name: str,
    *,
    timezone: str,
    language: str,
    admin_name: str,
    admin_email: str,
    password_hash: str,
    at: datetime,
) -> tuple[Agency, Person]:
    """Found the agency of this installation, with its first administrator.

    Raises:
        AlreadyFounded: there is one; the transaction can only be rolled back.
    """
    agency = Agency(name=name, timezone=timezone, language=language, created_at=at)
    admin = Person(
        name=admin_name,
        sort_name=sort_name(admin_name),
        email=admin_email.strip().lower(),
        password_hash=password_hash,
        role=Role.ADMIN,
        joined_on=at.astimezone(agency.zone).date(),
        created_at=at,
    )
    if the_agency():
        raise AlreadyFounded
    db.session.add_all((agency, admin))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyFounded from error
    return agency, admin


def setup_reached(agency: Agency, step: int) -> None:
    """Remember which step of the setup comes next; going back to an earlier step loses nothing."""
    agency.setup_step = max(agency.setup_step, step)


def the_agency() -> Agency | None:
    """The agency of this installation, or None before setup."""
    return db.session.get(Agency, ONLY_ID)
