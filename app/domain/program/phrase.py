"""Phrases: what recruiters start from, as a prepared message or something to talk about, in the agency's own words."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.program.phrase_preset import preset
from app.domain.program.program import Program

MOST_OWN = 200


class PhraseUse(StrEnum):
    """A MESSAGE is put into the channel's link; an OPENING is something to begin a conversation with."""

    MESSAGE = "message"
    OPENING = "opening"


class Occasion(StrEnum):
    """Why one is in touch: ANY, a reason of the list, or the stage that somebody is in."""

    ANY = ""
    PROMISE = "promise"
    ANSWER_OWED = "answer_owed"
    RECOVERY = "recovery"
    CALL_BACK = "call_back"
    FORM = "form"
    UNFINISHED = "unfinished_application"
    CHECK_IN = "check_in"
    REDEPLOY = "redeploy"
    KEEPS_COMING_BACK = "keeps_coming_back"
    FAN = "fan"
    CONSENT = "consent"
    NEGLECT = "neglect"
    ATTRACT = "attract"
    ENGAGE = "engage"
    NURTURE = "nurture"
    CONVERT = "convert"


class Phrase(Base):
    """`channel` empty: any. `preset`: it stands in the place of one that every program starts with.

    `text` may name {given_name}, {recruiter}, {agency} and {program}, and choose by {je|u}; `subject` is a mail's. A
    message is in the candidate's language, an opening in the recruiter's.
    """

    __tablename__ = "phrase"
    __table_args__ = (UniqueConstraint("program_id", "preset"), Index(None, "program_id", "use", "occasion"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    use: Mapped[PhraseUse] = mapped_column(String(8))
    occasion: Mapped[str] = mapped_column(String(24), default="")
    channel: Mapped[str] = mapped_column(String(10), default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    subject: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text)
    preset: Mapped[str | None] = mapped_column(String(40), default=None)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Full(Exception):  # noqa: N818 - it names what is the case
    """There are as many phrases of one's own as we keep."""


class Written(NamedTuple):
    """A phrase as somebody writes it."""

    use: PhraseUse
    occasion: Occasion
    language: str
    text: str
    subject: str = ""
    channel: str = ""


class Said(NamedTuple):
    """A phrase as it counts now: `key` finds it again. `preset`: the house's code, if it is one; `changed` by us."""

    key: str
    use: str
    occasion: str
    channel: str
    language: str
    subject: str
    text: str
    preset: str | None = None
    changed: bool = False
    retired: bool = False


def add(program_id: int, written: Written, by_id: int, now: datetime) -> Phrase:
    """Add one of our own.

    Raises:
        Full: some have to be retired first.
    """
    _hold(program_id)
    standing = select(func.count()).where(Phrase.program_id == program_id, Phrase.preset.is_(None))
    if (db.session.scalar(standing) or 0) >= MOST_OWN:
        raise Full
    return _keep(Phrase(program_id=program_id, **written._asdict(), set_by_id=by_id, set_at=now))


def change(program_id: int, said: Said, written: Written, by_id: int, now: datetime) -> Phrase:
    """Say it differently; one of the house's comes back as it was by `reset`."""
    row = _row_for(program_id, said, by_id, now)
    for name, value in written._asdict().items():
        setattr(row, name, value)
    row.set_by_id, row.set_at, row.retired_at = by_id, now, None
    return _keep(row)


def retire(program_id: int, said: Said, by_id: int, now: datetime) -> None:
    """Use it no more."""
    row = _row_for(program_id, said, by_id, now)
    row.retired_at = row.retired_at or now
    _keep(row)


def restore(program_id: int, said: Said) -> None:
    """Use it again."""
    for row in rows_of(program_id):
        if key_of(row) == said.key:
            row.retired_at = None
            _keep(row)


def reset(program_id: int, said: Said) -> None:
    """What every program starts with counts again, as it was."""
    for row in rows_of(program_id):
        if row.preset is not None and row.preset == said.preset:
            db.session.delete(row)
    _changed(program_id)


def rows_of(program_id: int) -> list[Phrase]:
    """What the agency wrote or changed, oldest first."""
    query = select(Phrase).where(Phrase.program_id == program_id).order_by(Phrase.id)
    return list(db.session.scalars(query.limit(MOST_OWN + len(preset()))))


def key_of(row: Phrase) -> str:
    """By which it is found: the code of what it stands for, else its number."""
    return row.preset or str(row.id)


def _row_for(program_id: int, said: Said, by_id: int, now: datetime) -> Phrase:
    """The agency's row of a phrase; a copy of the house's when it has none yet."""
    _hold(program_id)
    found = next((row for row in rows_of(program_id) if key_of(row) == said.key), None)
    if found:
        return found
    facts = {name: getattr(said, name) for name in ("occasion", "channel", "language", "subject", "text", "preset")}
    return Phrase(program_id=program_id, use=PhraseUse(said.use), **facts, set_by_id=by_id, set_at=now)


def _hold(program_id: int) -> None:
    """Two who change the same one come one after the other."""
    db.session.get_one(Program, program_id, with_for_update=True)


def _keep(row: Phrase) -> Phrase:
    db.session.add(row)
    _changed(row.program_id)
    return row


def _changed(program_id: int) -> None:
    db.session.get_one(Program, program_id).phrases = secrets.token_hex(16)
    db.session.flush()
