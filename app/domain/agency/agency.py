"""The agency: one installation is one agency, with its zone, its form of address and its visibility rule."""

from datetime import datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import String, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

ONLY_ID = 1
UNCLAIMED = 1
SETUP_DONE = 7
OPENS, CLOSES = 9 * 60, 20 * 60
DAY_MINUTES = 24 * 60
PLACE_OF_ID = "{external_id}"


class AlreadyFounded(Exception):  # noqa: N818 - somebody else was first, which is no fault
    """This installation has its agency."""


class NotAnAddress(ValueError):  # noqa: N818 - it says what the text is
    """The template of addresses in the ATS is no https address with a place for the candidate's number."""


class Agency(Base):
    """There is one: its primary key is always the same, so that a second cannot be founded, not even at once.

    `setup_step` is the step of the setup wizard that comes next; 1 while nobody runs it, 7 when it is done. Working
    hours are from `opens` to `closes`, in minutes past midnight of the wall clock. `whatsapp_business`: it writes by a
    business account, which may start a conversation by an approved template only. `second_factor`: who must have one
    beside the password: nobody (free), who manages (managers), or everybody.
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
    opens: Mapped[int] = mapped_column(default=OPENS)
    closes: Mapped[int] = mapped_column(default=CLOSES)
    whatsapp_business: Mapped[bool] = mapped_column(default=False)
    second_factor: Mapped[str] = mapped_column(String(9), default="free")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def ats_url(self, external_id: str | None) -> str | None:
        """The candidate's page in the agency's own system, or None when that is not known."""
        if not self.ats_url_template or not external_id:
            return None
        return self.ats_url_template.replace(PLACE_OF_ID, quote(external_id, safe=""))


def found_agency(name: str, *, timezone: str, language: str, at: datetime) -> Agency:
    """Found the agency of this installation, or claim one that an imported log made before anybody signed in.

    Raises:
        AlreadyFounded: somebody was first; the transaction can only be rolled back.
    """
    if present := the_agency():
        return _claim(present, name, language)
    agency = Agency(name=name, timezone=timezone, language=language, created_at=at)
    db.session.add(agency)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AlreadyFounded from error
    return agency


def _claim(present: Agency, name: str, language: str) -> Agency:
    """Whoever comes first gets it; its zone stays, because days were written in it."""
    first = update(Agency).where(Agency.id == ONLY_ID, Agency.setup_step == UNCLAIMED)
    claimed = first.values(setup_step=UNCLAIMED + 1, name=name, language=language).returning(Agency.id)
    if db.session.scalar(claimed) is None:
        raise AlreadyFounded
    db.session.refresh(present)
    return present


def is_unclaimed() -> bool:
    """Whether nobody runs this installation yet: there is no agency, or only what an imported log made."""
    agency = the_agency()
    return agency is None or agency.setup_step == UNCLAIMED


def arrange(
    agency: Agency, *, name: str, language: str, address_form: str, visibility: str, ats_url_template: str | None
) -> None:
    """Change how the agency works.

    Raises:
        NotAnAddress: the ATS template could not lead anywhere safe.
    """
    if ats_url_template:
        check_ats_template(ats_url_template)
    agency.name, agency.language, agency.address_form = name, language, address_form
    agency.visibility, agency.ats_url_template = visibility, ats_url_template or None


def keep_hours(agency: Agency, opens: int, closes: int, *, whatsapp_business: bool) -> None:
    """When the agency works, in minutes past midnight, and whether it writes WhatsApps by a business account.

    Raises:
        ValueError: it would close before it opens, or not on the same day.
    """
    if not 0 <= opens < closes < DAY_MINUTES:
        raise ValueError("an agency closes after it opens, on the same day")
    agency.opens, agency.closes, agency.whatsapp_business = opens, closes, whatsapp_business


def check_ats_template(template: str) -> None:
    """An https address with the candidate's number in its path or query, and no password in it.

    Raises:
        NotAnAddress: it is not.
    """
    try:
        parts = urlsplit(template)
    except ValueError as error:
        raise NotAnAddress from error
    safe = parts.scheme == "https" and parts.hostname and "@" not in parts.netloc and template.isprintable()
    if not safe or " " in template or PLACE_OF_ID in parts.netloc or PLACE_OF_ID not in template:
        raise NotAnAddress


def setup_reached(agency: Agency, step: int) -> None:
    """Remember which step of the setup comes next; going back to an earlier step loses nothing."""
    agency.setup_step = max(agency.setup_step, step)


def the_agency() -> Agency | None:
    """The agency of this installation, or None before setup; the session holds on to it, so that it is asked once."""
    session = db.session()
    held: Agency | None = session.info.get("agency")
    if held is None or held not in session:
        held = hold(session.get(Agency, ONLY_ID))
    return held


def hold(agency: Agency | None) -> Agency | None:
    """What the session was found to have as its agency."""
    db.session.info["agency"] = agency
    return agency


def the_zone() -> ZoneInfo:
    """Where its days begin; in UTC before setup."""
    agency = the_agency()
    return agency.zone if agency else ZoneInfo("UTC")
