"""Of whom and of when a journey map tells: a period, and everybody whom a person may see or a part of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute

from app import clock
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.candidates.candidate import SEES_ALL, Candidate
from app.domain.candidates.narrowing import narrowed
from app.domain.candidates.wanted import Wanted, narrowing
from app.domain.program.program import the_program

LONGEST_ROLE = 60


class Span(StrEnum):
    """How far back: four weeks, twelve, since the program began, or a year."""

    MONTH = "4"
    QUARTER = "12"
    PROGRAM = "program"
    YEAR = "52"


@dataclass(frozen=True, slots=True)
class Scope:
    """`since` is in it, `until` is not; `whose` is None for everybody."""

    since: datetime
    until: datetime
    whose: Select[int] | None = None

    def holds(
        self,
        at: InstrumentedAttribute[datetime] | ColumnElement[datetime],
        candidate_id: Any,  # noqa: ANN401 - a column
    ) -> list[ColumnElement[bool]]:
        """What is true of a row of the map."""
        found: list[ColumnElement[bool]] = [at >= self.since, at < self.until]
        return found if self.whose is None else [*found, candidate_id.in_(self.whose)]


def scope_of(person: Person, span: Span, wanted: Wanted, role: str, now: datetime) -> Scope:
    """What somebody may see of what they asked for."""
    return Scope(_since(span, now), now, _whose(person, wanted, role[:LONGEST_ROLE]))


def _since(span: Span, now: datetime) -> datetime:
    program, agency = the_program(), the_agency()
    if span is Span.PROGRAM and program is not None and agency is not None:
        return min(clock.midnight(program.started_on, agency.zone), now)
    weeks = int(span) if span is not Span.PROGRAM else int(Span.YEAR)
    return now - timedelta(weeks=weeks)


def _whose(person: Person, wanted: Wanted, role: str) -> Select[int] | None:
    """Nobody is looked up where everybody is meant."""
    agency = the_agency()
    sees_all = person.role in SEES_ALL or agency is None or agency.visibility == "agency"
    if sees_all and not role and not narrowing(wanted):
        return None
    found = narrowed(person, wanted)
    if role:
        found = found.where(Candidate.role_sought.icontains(role, autoescape=True))
    return found.with_only_columns(Candidate.id).order_by(None)
