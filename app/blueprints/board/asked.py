"""Which board somebody asks for, read from the address and written back into it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, cast

from flask import url_for

from app.clock import Period
from app.domain.game.excerpt import Kind
from app.domain.game.running_total import ALL_TIME, PERIODS
from app.domain.program import season
from app.domain.program.program import Program

FIRST = date(2000, 1, 3)
DIGITS = 9
Scope = Literal["people", "teams"]
Metric = Literal["points", "helped", "answered", "improvement", "kept"]
METRICS: tuple[Metric, ...] = ("points", "helped", "answered", "improvement", "kept")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is not a board, or lies in the future, is read as this week's board of everybody near me."""

    program: Program
    today: date
    period: Kind = "week"
    day: date | None = None
    scope: Scope = "people"
    team: int | None = None
    branch: int | None = None
    everyone: bool = False
    metric: Metric = "points"

    @classmethod
    def of(cls, args: Mapping[str, str], program: Program, today: date) -> "Asked":
        metric = args.get("by", "")
        return cls(
            program,
            today,
            cast("Kind", args["period"]) if args.get("period") in periods_of(program, today) else "week",
            _day(args.get("day", ""), today),
            "teams" if args.get("scope") == "teams" else "people",
            _number(args.get("team", "")),
            _number(args.get("branch", "")),
            args.get("show") == "everyone",
            metric if metric in METRICS else "points",
        )

    @property
    def on(self) -> date:
        return self.day or self.today

    @property
    def dates(self) -> Period:
        """The days of the board; in a pause those of the season before it."""
        if self.period != "season":
            return PERIODS[self.period](self.on)
        begun = self._begun()
        return begun[-1] if begun else Period(self.on, self.on)

    def _begun(self) -> list[Period]:
        return [span.dates for span in season.spans(self.program.id) if span.dates.start <= self.on]

    def but(self, **changes: object) -> "Asked":
        return replace(self, **changes)  # type: ignore[arg-type] # the caller names fields of this class

    @property
    def rests(self) -> bool:
        """Whether it is a board of the past: nothing moves on it."""
        return self.today not in self.dates

    def earlier(self) -> "Asked | None":
        if self.dates == ALL_TIME or (self.period == "season" and not self._begun()[:-1]):
            return None
        return self.but(day=self.dates.start - timedelta(days=1))

    def later(self) -> "Asked | None":
        following = self._following()
        if following is None or following.start > self.today:
            return None
        return self.but(day=None if following == self.but(day=None).dates else following.start)

    def _following(self) -> Period | None:
        if self.dates == ALL_TIME:
            return None
        if self.period != "season":
            return PERIODS[self.period](self.dates.end)
        spans = (span.dates for span in season.spans(self.program.id))
        return next((dates for dates in spans if dates.start > self.on), None)

    def facts(self) -> dict[str, Any]:
        """The address's arguments, without what goes without saying."""
        said = {
            "period": self.period if self.period != "week" else None,
            "day": self.day.isoformat() if self.day else None,
            "scope": self.scope if self.scope != "people" else None,
            "team": self.team,
            "branch": self.branch,
            "show": "everyone" if self.everyone else None,
            "by": self.metric if self.metric != "points" else None,
        }
        return {name: value for name, value in said.items() if value is not None}

    def url(self) -> str:
        return url_for("board.board", **self.facts())

    def team_url(self, team_id: int) -> str:
        """The people of a team."""
        return self.but(scope="people", team=team_id).url()

    def person_url(self, person_id: int, page: int = 1) -> str:
        return url_for("board.person", person_id=person_id, page=page if page > 1 else None, **self.facts())


def periods_of(program: Program, today: date) -> list[Kind]:
    """The periods that there are boards of: seasons once one began, all of time only where that is switched on."""
    begun = any(span.dates.start <= today for span in season.spans(program.id))
    return ["week", "month", *(["season"] if begun else []), *(["all"] if program.all_time_board else [])]  # type: ignore[list-item] # its kinds


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None


def _day(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < today else None
