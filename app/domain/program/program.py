"""The engagement program: its name, its look, why the agency does it, and its executive sponsor."""

import secrets
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db

CONSENT = "works_council"


class Program(Base):
    """`phrases` is another word after every change of its phrases, by which whoever holds them knows; None: never.

    So is `rhythm`, of its cadences, its seasons and the days on which the agency is closed, and `kinds`, of its action
    kinds and what they are worth. `board_mode` is team,
    names, pseudonym or off; `mask_seed` is the secret behind the pseudonyms. `levels`: people see theirs;
    `kudos_a_month` is how many everybody may give; with `remind_when_empty` the weekly reminder also comes when nobody
    waits.
    """

    __tablename__ = "program"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(60))
    slogan: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(Text, default="")
    hue: Mapped[int | None] = mapped_column(default=None)
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"), default=None)
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    sponsor_message: Mapped[str] = mapped_column(Text, default="")
    started_on: Mapped[date]
    phrases: Mapped[str | None] = mapped_column(String(32), default=None)
    rhythm: Mapped[str | None] = mapped_column(String(32), default=None)
    kinds: Mapped[str | None] = mapped_column(String(32), default=None)
    board_mode: Mapped[str] = mapped_column(String(10), default="names")
    all_time_board: Mapped[bool] = mapped_column(default=False)
    mask_seed: Mapped[str | None] = mapped_column(String(32), default=None)
    levels: Mapped[bool] = mapped_column(default=False)
    kudos_a_month: Mapped[int] = mapped_column(default=5)
    remind_when_empty: Mapped[bool] = mapped_column(default=False)


class WorksCouncilConsent(Base):
    """The works council agreed, or there is none and why; without this row person-level views are off."""

    __tablename__ = "works_council_consent"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    exists: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(300), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


CONSENTS = (
    select(WorksCouncilConsent)
    .where(WorksCouncilConsent.program_id == bindparam("program"), WorksCouncilConsent.withdrawn_at.is_(None))
    .order_by(WorksCouncilConsent.id.desc())
)
LATEST = CONSENTS.limit(1)
AGREED = (
    select(WorksCouncilConsent.id)
    .where(WorksCouncilConsent.program_id == Program.id, WorksCouncilConsent.withdrawn_at.is_(None))
    .exists()
)
"""Of a program in a question: whether person-level views may be shown."""


def describe(program: Program, *, name: str, slogan: str, why: str, hue: int | None) -> None:
    """Say what the program is called, why the agency does it, and in which colour."""
    program.name, program.slogan, program.why, program.hue = name, slogan, why, hue


def record_consent(
    program_id: int, *, exists: bool, reason: str, by_id: int | None, at: datetime
) -> WorksCouncilConsent:
    """Record that the works council agreed, or that there is none and why; it replaces what was recorded before."""
    if not exists and not reason:
        raise ValueError("that there is no works council needs a reason")
    withdraw_consent(program_id, at)
    consent = WorksCouncilConsent(
        program_id=program_id, exists=exists, reason=reason, recorded_by_id=by_id, recorded_at=at
    )
    db.session.add(consent)
    db.session.flush()
    db.session.info.pop(CONSENT, None)
    return consent


def withdraw_consent(program_id: int, at: datetime) -> None:
    """From now on every person-level view is off; what was recorded stays as history."""
    db.session.info.pop(CONSENT, None)
    for consent in db.session.scalars(CONSENTS, {"program": program_id}):
        consent.withdrawn_at = at


def the_program() -> Program | None:
    """The program of this agency, or None before setup; the session holds on to it, so that it is asked once."""
    held: Program | None = db.session.info.get("program")
    if held is None or held not in db.session():
        held = hold(db.session.scalar(select(Program).order_by(Program.id).limit(1)))
    return held


def program_name() -> str:
    """What the program is called; before there is one, as the product."""
    program = the_program()
    return program.name if program else "Fanfare"


def hold(program: Program | None) -> Program | None:
    """What the session was found to have as its program."""
    db.session.info["program"] = program
    return program


def rhythm_changed() -> None:
    """A cadence, a season, or a day on which the agency is closed, is another one now."""
    program = the_program()
    if program is not None:
        program.rhythm = secrets.token_hex(16)
        db.session.flush()


def consent_of(program_id: int) -> WorksCouncilConsent | None:
    """The consent that holds now."""
    return db.session.scalar(LATEST, {"program": program_id})


def works_council_ok(program_id: int) -> bool:
    """Whether person-level views may be shown; the session holds on to it, so that it is asked once."""
    held: dict[int, bool] = db.session.info.setdefault(CONSENT, {})
    if program_id not in held:
        held[program_id] = consent_of(program_id) is not None
    return held[program_id]


def may_name(program: Program | None) -> bool:
    """Person-level views are open: the works council's consent, or that there is none, is recorded."""
    return program is not None and works_council_ok(program.id)


def hold_consent(program_id: int, *, given: bool) -> None:
    """What the session was found to have as the works council's word."""
    db.session.info.setdefault(CONSENT, {})[program_id] = given
