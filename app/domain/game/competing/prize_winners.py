"""Who won what, as somebody may hear it: provisionally from the result, then from the prizes that were given."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from app.domain.game import appearance
from app.domain.game.competing import handing, scoreboard
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.awarding import Won
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.prize import Prize, PrizeAward
from app.domain.game.competing.ranking import Ranking
from app.domain.game.competing.result import Result

TOGETHER = frozenset({Format.TEAM_GOAL, Format.THRESHOLD})
"""In these nobody is first."""


class Winners(NamedTuple):
    """A prize with those of whom it is said at once: one person, or everybody on a side or who took part.

    `name` is how that person appears to whoever looks: none is a colleague without one, or everybody; `side` is theirs.
    """

    prize: Prize
    rows: Sequence[Won | PrizeAward]
    name: str | None
    side: str

    @property
    def person_id(self) -> int | None:
        """Who it is; None: everybody."""
        return None if self.prize.per_person else self.rows[0].person_id

    @property
    def cents(self) -> int:
        """For each."""
        return self.rows[0].cents

    @property
    def handed(self) -> int:
        """To how many of them it was handed over."""
        return sum(isinstance(row, PrizeAward) and row.handed_at is not None for row in self.rows)

    @property
    def declined(self) -> int:
        """How many of them declined it."""
        return sum(isinstance(row, PrizeAward) and row.declined_at is not None for row in self.rows)

    def of(self, person_id: int) -> bool:
        """Whether somebody is one of them by themselves."""
        return any(row.person_id == person_id for row in self.rows)


def winners(asked: Asked, result: Result, prizes: Sequence[Prize]) -> list[Winners]:
    """In the order of the prizes; a prize for each of a team is said once."""
    won = _won(asked.competition, result)
    known = {prize.id: prize for prize in prizes}
    people = {row.person_id for row in won if row.person_id and not known[row.prize_id].per_person}
    names = appearance.names_for(asked.program, asked.viewer, people)
    sides = scoreboard.side_names([asked.competition.id]) if any(row.side_id for row in won) else {}

    def said_once(row: Won | PrizeAward) -> tuple[int, int, int]:
        return row.prize_id, row.side_id or 0, 0 if known[row.prize_id].per_person else row.person_id or 0

    order = [prize.id for prize in prizes]
    rows = sorted(won, key=lambda row: (order.index(row.prize_id), said_once(row)))
    return [
        Winners(known[prize_id], list(same), names.get(person_id), sides.get(side_id, ""))
        for (prize_id, side_id, person_id), same in groupby(rows, key=said_once)
    ]


def names_of_first(asked: Asked, told: Ranking) -> Mapping[int, str]:
    """What those are called who came first: sides, or people as they appear to whoever looks."""
    if told.sides:
        return scoreboard.side_names([asked.competition.id])
    first = [line.subject_id for line in told.people if line.place == 1]
    names = {} if asked.competition.format in TOGETHER else appearance.names_for(asked.program, asked.viewer, first)
    return {each: name or "" for each, name in names.items()}


def _won(competition: Competition, result: Result) -> Sequence[Won | PrizeAward]:
    if result.final:
        return handing.awards_of(competition.id)
    return [Won(**row) for row in result.body["prizes"]]
