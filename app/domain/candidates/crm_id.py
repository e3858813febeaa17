"""CRM ids: the numbers under which other systems know a candidate, so that what they tell of a number finds them."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates import changed, contact_state
from app.domain.candidates.candidate import Candidate

MOST = 20
LONGEST = 18
NUMBER = re.compile(rf"[1-9][0-9]{{0,{LONGEST - 1}}}")
"""Each of these systems numbers people so; anything else would never match what it tells, and nobody would notice."""


class Crm(StrEnum):
    """A system that numbers people in its own way; the agency's own number is the candidate's `external_id`."""

    HUBSPOT = "hubspot"
    BULLHORN = "bullhorn"
    CARERIX = "carerix"


class CrmId(Base):
    """One number is one person; a person may have several, because systems merge what was registered twice."""

    __tablename__ = "crm_id"
    __table_args__ = (UniqueConstraint("crm", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    crm: Mapped[Crm] = mapped_column(String(10), info=PERSONAL)
    number: Mapped[str] = mapped_column(String(40), info=PERSONAL)
    origin: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)


class Holder(NamedTuple):
    """Who has a number, by which row of theirs, and where that came from."""

    row_id: int
    candidate_id: int
    origin: str


class Improper(ValueError):  # noqa: N818 - it names what is the case
    """The system gives out no such number."""

    def __init__(self, text: str, crm: Crm) -> None:
        super().__init__(text)
        self.crm = crm


class Taken(Exception):  # noqa: N818 - it names what is the case
    """The number is another candidate's already."""

    def __init__(self, candidate_id: int) -> None:
        super().__init__(candidate_id)
        self.candidate_id = candidate_id


class Full(Exception):  # noqa: N818 - it names what is the case
    """The candidate has as many numbers as we keep."""


def proper(text: str, crm: Crm) -> str:
    """A system's number as it is kept: without what spreadsheets put around it, as in `'501 ` or `501.0`.

    Raises:
        Improper: it is none.
    """
    found = text.strip().lstrip("'").removesuffix(".0")
    if not NUMBER.fullmatch(found):
        raise Improper(text, crm)
    return found


def give(candidate_id: int, crm: Crm, number: str, *, origin: str, now: datetime) -> CrmId:
    """Let a system's number mean this candidate; given again it is the same one.

    Raises:
        Improper: it is no number.
        Taken: it is somebody else's, who must lose it first.
        Full: there are too many already.
        Gone: the candidate was forgotten.
    """
    number = proper(number, crm)
    contact_state.hold(candidate_id)
    present = ids_of(candidate_id)
    if len(present) >= MOST and (crm, number) not in {(row.crm, row.number) for row in present}:
        raise Full
    facts = {"candidate_id": candidate_id, "crm": crm, "number": number, "origin": origin, "added_at": now}
    new = insert(CrmId).values(**facts).on_conflict_do_nothing(index_elements=["crm", "number"])
    if db.session.scalar(new.returning(CrmId.id)):
        changed.note([candidate_id], now)
    row = db.session.scalars(select(CrmId).where(CrmId.crm == crm, CrmId.number == number)).one()
    holder = whose(crm, [number]).get(number)
    if holder != candidate_id:
        raise Taken(holder or row.candidate_id)
    return row


def take_away(row: CrmId, now: datetime) -> None:
    """The number is not this candidate's."""
    changed.note([row.candidate_id], now)
    db.session.delete(row)
    db.session.flush()


def one_of(candidate_id: int, row_id: int) -> CrmId | None:
    """One number of this candidate and of nobody else."""
    return db.session.scalar(select(CrmId).where(CrmId.id == row_id, CrmId.candidate_id == candidate_id))


def ids_of(candidate_id: int) -> Sequence[CrmId]:
    """All numbers of a candidate, oldest first."""
    rows = select(CrmId).where(CrmId.candidate_id == candidate_id).order_by(CrmId.id)
    return db.session.scalars(rows.limit(MOST)).all()


def held(numbers: Collection[tuple[Crm, str]]) -> set[tuple[Crm, str]]:
    """Those of some hundreds of numbers that are somebody's."""
    told = [number for _, number in numbers]
    found = db.session.execute(select(CrmId.crm, CrmId.number).where(CrmId.number.in_(told))) if told else ()
    return {(Crm(crm), number) for crm, number in found} & set(numbers)


def holder(crm: Crm, number: str) -> Holder | None:
    """Who has this number of a system; whoever was merged is the one who was kept."""
    who = func.coalesce(Candidate.merged_into_id, Candidate.id)
    theirs = select(CrmId.id, who, CrmId.origin).join(Candidate, Candidate.id == CrmId.candidate_id)
    row = db.session.execute(theirs.where(CrmId.crm == crm, CrmId.number == number)).first()
    return Holder(*row) if row else None


def rows_of(crm: Crm, numbers: Collection[str]) -> dict[str, int]:
    """By which rows these numbers of a system are somebody's, at most some hundreds."""
    theirs = select(CrmId.number, CrmId.id).where(CrmId.crm == crm, CrmId.number.in_(numbers))
    return {str(number): row_id for number, row_id in db.session.execute(theirs)} if numbers else {}


def given_at(crm: Crm, numbers: Collection[str]) -> dict[str, datetime]:
    """Since when these numbers of a system are somebody's, at most some hundreds."""
    theirs = select(CrmId.number, CrmId.added_at).where(CrmId.crm == crm, CrmId.number.in_(numbers))
    return {str(number): at for number, at in db.session.execute(theirs)} if numbers else {}


def whose(crm: Crm, numbers: Collection[str]) -> dict[str, int]:
    """Who has these numbers of a system, at most some hundreds; whoever was merged is the one who was kept."""
    who = func.coalesce(Candidate.merged_into_id, Candidate.id)
    theirs = select(CrmId.number, who).join(Candidate, Candidate.id == CrmId.candidate_id)
    found = db.session.execute(theirs.where(CrmId.crm == crm, CrmId.number.in_(numbers)))
    return {str(number): candidate_id for number, candidate_id in found} if numbers else {}
