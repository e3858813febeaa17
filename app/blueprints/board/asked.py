"""Which board somebody asks for, read from the address and written back into it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, cast

from flask import url_for

from app.clock import Period
from app.domain.agency.person import Person
from app.domain.game.excerpt import Kind
from app.domain.game.leaderboard import Board, BoardRow, people_board, team_board
from app.domain.game.running_total import PERIODS
from app.language import gettext as _

FIRST = date(2000, 1, 3)
DIGITS = 9
Scope = Literal["people", "teams"]


class Choice(NamedTuple):
    """A tab or a segment."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is not a board, or lies in the future, is read as this week's board of everybody near me."""

    today: date
    period: Kind = "week"
    day: date | None = None
    scope: Scope = "people"
    team: int | None = None
    everyone: bool = False

    @classmethod
    def of(cls, args: Mapping[str, str], today: date) -> "Asked":
        return cls(
            today,
            cast("Kind", args.get("period")) if args.get("period") in PERIODS else "week",
            _day(args.get("day", ""), today),
            "teams" if args.get("scope") == "teams" else "people",
            _number(args.get("team", "")),
            args.get("show") == "everyone",
        )

    @property
    def on(self) -> date:
        return self.day or self.today

    @property
    def dates(self) -> Period:
        return PERIODS[self.period](self.on)

    def but(self, **changes: object) -> "Asked":
        return replace(self, **changes)  # type: ignore[arg-type] # the caller names fields of this class

    def earlier(self) -> "Asked":
        return self.but(day=self.dates.start - timedelta(days=1))

    def later(self) -> "Asked | None":
        following = self.dates.end
        if following > self.today:
            return None
        return self.but(day=None if self.today in PERIODS[self.period](following) else following)

    def facts(self) -> dict[str, Any]:
        """The address's arguments, without what goes without saying."""
        said = {
            "period": self.period if self.period != "week" else None,
            "day": self.day.isoformat() if self.day else None,
            "scope": self.scope if self.scope != "people" else None,
            "team": self.team,
            "show": "everyone" if self.everyone else None,
        }
        return {name: value for name, value in said.items() if value is not None}

    def url(self) -> str:
        return url_for("board.board", **self.facts())

    def row_url(self, row: BoardRow, compared: bool) -> str | None:  # noqa: FBT001 - asked in a template
        """Where a row opens: a team to its people, a person to the rows of their points."""
        if self.scope == "teams":
            return self.but(scope="people", team=row.subject_id).url() if compared else None
        return self.person_url(row.subject_id)

    def person_url(self, person_id: int, page: int = 1) -> str:
        return url_for("board.person", person_id=person_id, page=page if page > 1 else None, **self.facts())

    def tabs(self) -> list[Choice]:
        week, month = self.but(scope="people", period="week"), self.but(scope="people", period="month")
        people = self.scope == "people"
        return [
            Choice(_("Week"), week.url(), people and self.period == "week"),
            Choice(_("Month"), month.url(), people and self.period == "month"),
            Choice(_("Teams"), self.but(scope="teams", team=None).url(), not people),
        ]

    def views(self) -> list[Choice]:
        return [
            Choice(_("My place"), self.but(everyone=False).url(), not self.everyone),
            Choice(_("Everybody"), self.but(everyone=True).url(), self.everyone),
        ]

    def board(self, program_id: int, viewer: Person) -> Board:
        if self.scope == "teams":
            return team_board(program_id, self.period, self.on, viewer=viewer, everyone=self.everyone)
        return people_board(program_id, self.period, self.on, viewer=viewer, team_id=self.team, everyone=self.everyone)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None


def _day(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day < today else None
