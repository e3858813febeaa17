"""Of when and of whom the sponsor's page tells: a period with the one before it and the pauses, and a part of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from app import clock
from app.clock import Period
from app.domain.program import season
from app.domain.program.program import Program

YEAR = timedelta(days=365)
LARGEST = 2**31 - 1


class Span(StrEnum):
    """How long: so many weeks up to today, the season that runs or ran last, or since the program began."""

    MONTH = "4"
    QUARTER = "12"
    YEAR = "52"
    SEASON = "season"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for; `segment` is a built-in name or the number of a saved one."""

    span: Span = Span.MONTH
    team_id: int | None = None
    branch_id: int | None = None
    segment: str = ""

    @property
    def address(self) -> dict[str, Any]:
        """What asks for the same again; what is as usual stays out of it."""
        told = {"team": self.team_id, "branch": self.branch_id, "segment": self.segment}
        span = {} if self.span is Span.MONTH else {"period": str(self.span)}
        return span | {name: str(value) for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Scope:
    """`days` are those of the period, today the last; `before` has as many; None: there was no program yet.

    `teams` None: everybody; `whose` None: all candidates.
    """

    question: Question
    days: Period
    before: Period | None
    pauses: tuple[Period, ...]
    now: datetime
    zone: ZoneInfo
    teams: frozenset[int] | None = None
    whose: Select[int] | None = None

    @property
    def today(self) -> date:
        return clock.local_day(self.now, self.zone)

    @property
    def windows(self) -> tuple[tuple[Period, ...], ...]:
        """The period, the one before it, and the pauses: a figure has a value for each of the three."""
        return (self.days,), (self.before,) if self.before else (), self.pauses

    @property
    def length(self) -> int:
        """Of the period, in days."""
        return (self.days.end - self.days.start).days

    def holds(self, team_id: int | None) -> bool:
        """Whether somebody of this team is in it."""
        return self.teams is None or (team_id or 0) in self.teams


def read(address: Mapping[str, str]) -> Question:
    """What an address asks; whatever cannot be meant is as usual."""
    span = address.get("period", "")
    return Question(
        span=Span(span) if span in set(Span) else Span.MONTH,
        team_id=_number(address.get("team", "")),
        branch_id=_number(address.get("branch", "")),
        segment=" ".join(address.get("segment", "")[:40].split()),
    )


def _number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST)) else 0
    return number or None


def scope_of(
    question: Question,
    program: Program | None,
    branches: Mapping[int, int],
    *,
    now: datetime,
    zone: ZoneInfo,
    whose: Select[int] | None = None,
) -> Scope:
    """The same with its days and its teams; `branches` has the branch of every team."""
    today = clock.local_day(now, zone)
    spans = [span.dates for span in season.spans(program.id)] if program else []
    days = _days(question.span, program, spans, today)
    before = Period(days.start - (days.end - days.start), days.start)
    began = program is None or before.end > program.started_on
    pauses = tuple(each for each in _pauses(spans) if days.end - YEAR <= each.end <= today)
    teams = _teams(question, branches)
    return Scope(question, days, before if began else None, pauses, now, zone, teams, whose)


def _days(span: Span, program: Program | None, seasons: Sequence[Period], today: date) -> Period:
    end = today + clock.DAY
    if span is Span.PROGRAM and program is not None:
        return Period(min(program.started_on, today), end)
    if span is Span.SEASON:
        begun = [each for each in seasons if each.start <= today]
        return Period(begun[-1].start, min(begun[-1].end, end)) if begun else Period(end - clock.WEEK * 4, end)
    return Period(end - clock.WEEK * int(span if span.isdecimal() else Span.YEAR), end)


def _pauses(seasons: Sequence[Period]) -> list[Period]:
    """The days between one season and the next."""
    pairs = pairwise(seasons)
    return [Period(one.end, other.start) for one, other in pairs if one.end < other.start]


def _teams(question: Question, branches: Mapping[int, int]) -> frozenset[int] | None:
    if question.team_id in branches:
        return frozenset((question.team_id,)) if question.team_id else None
    if question.branch_id in branches.values():
        return frozenset(team for team, branch in branches.items() if branch == question.branch_id)
    return None
