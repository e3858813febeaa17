"""What a run found, with the names that its numbers stand for; people are named only where boards may name them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game import appearance
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import Side
from app.domain.program import action_kind
from app.domain.program.program import Program
from app.words.program import kind_label

MOST_KINDS = 100


class Row(NamedTuple):
    """Something with what it had and would have had."""

    name: str | None
    was: int
    then: int
    logged: int = 0

    @property
    def change(self) -> int:
        return self.then - self.was


class Place(NamedTuple):
    """A place on a board, as it was and as it would have been; a name is None where nobody may be named."""

    place: int
    name: str | None
    score: int


class Board(NamedTuple):
    """A board side by side; `key` is how the address names it."""

    key: str
    period: str
    start: date
    was: Sequence[Place]
    then: Sequence[Place]
    top: int
    stay: int


class Contest(NamedTuple):
    """A competition that is over; `was` None: it cannot be replayed."""

    id: int
    name: str
    was: Sequence[str | None] | None
    then: Sequence[str | None]
    same: bool
    drawn: bool
    cents: tuple[int, int]


class Reading:
    """The result of a run for one reader."""

    def __init__(self, program: Program, viewer: Person, result: Mapping[str, Any], board: str) -> None:
        self.program, self.viewer, self.result, self.asked = program, viewer, result, board

    @property
    def named(self) -> bool:
        """Whether people may be compared by name."""
        return appearance.person_boards(self.program)

    @cached_property
    def kinds(self) -> list[Row]:
        """What changes by kind, the most first."""
        known = {kind.id: kind_label(kind) for kind in action_kind.kinds_of(self.program.id)}
        rows = [Row(known.get(kind), was, then, logged) for kind, logged, was, then in self.result.get("kinds", ())]
        return sorted(rows, key=lambda row: (-abs(row.change), -row.was))[:MOST_KINDS]

    @cached_property
    def teams(self) -> list[Row]:
        """What changes by team."""
        rows = self.result.get("teams", ())
        ids = [team for team, *_ in rows if team is not None]
        names = dict(db.session.execute(select(Team.id, Team.name).where(Team.id.in_(ids))).all())
        return [Row(names.get(team), was, then) for team, was, then in rows]

    @cached_property
    def boards(self) -> list[tuple[str, str, date]]:
        """Those that can be looked at: address, period and first day."""
        return [
            (f"{each['period']}-{each['start']}", each["period"], date.fromisoformat(each["start"]))
            for each in self.result.get("boards", ())
        ]

    @cached_property
    def board(self) -> Board | None:
        """The one that was asked for, else the first."""
        found = self.result.get("boards", ())
        keys = [key for key, *_ in self.boards]
        if not found:
            return None
        at = keys.index(self.asked) if self.asked in keys else 0
        row, (key, period, start) = found[at], self.boards[at]
        ids = {line[0] for line in (*row["was"], *row["then"])}
        names = appearance.names_for(self.program, self.viewer, ids)
        was, then = ([Place(line[1], names.get(line[0]), line[2]) for line in row[side]] for side in ("was", "then"))
        return Board(key, period, start, was, then, row["top"], row["stay"])

    @cached_property
    def contests(self) -> list[Contest]:
        """The competitions that were over."""
        rows = self.result.get("contests", ())
        titles = dict(
            db.session.execute(
                select(Competition.id, Competition.name).where(Competition.id.in_([row["id"] for row in rows]))
            ).all()
        )
        won = [row[side] for row in rows if "was" in row for side in ("was", "then")]
        people = {each for one in won for each in one["people"]}
        names = appearance.names_for(self.program, self.viewer, people)
        sides = {each for one in won for each in one["sides"]}
        teams = dict(db.session.execute(select(Side.id, Side.name).where(Side.id.in_(sides))).all())
        return [_contest(row, titles, names, teams) for row in rows]

    @property
    def cost(self) -> tuple[int, int] | None:
        """What the coins are worth in cents, before and after; None where the catalogue does not say."""
        worth, coins = self.result.get("cents_a_coin"), self.result.get("coins", (0, 0))
        return (round(coins[0] * worth), round(coins[1] * worth)) if worth else None


def _contest(
    row: Mapping[str, Any], titles: Mapping[int, str], names: Mapping[int, str | None], teams: Mapping[int, str]
) -> Contest:
    title = titles.get(row["id"], "")
    if "was" not in row:
        return Contest(row["id"], title, None, (), same=True, drawn=False, cents=(0, 0))
    was, then = (_winners(row[side], names, teams) for side in ("was", "then"))
    same = (row["was"]["people"], row["was"]["sides"]) == (row["then"]["people"], row["then"]["sides"])
    cents = row["was"]["cents"], row["then"]["cents"]
    return Contest(row["id"], title, was, then, same, row["drawn"], cents)


def _winners(won: Mapping[str, Any], names: Mapping[int, str | None], teams: Mapping[int, str]) -> Sequence[str | None]:
    return [*(teams.get(each) for each in won["sides"]), *(names.get(each) for each in won["people"])]
