"""How a competition stands as somebody may see it, on its page and by the API: who is ordered, and beside whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.game import appearance
from app.domain.game.competing import meeting, scoreboard
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.competition import Format, State
from app.domain.game.competing.entrant import Entrant, entrant_of, sides_of
from app.domain.game.competing.meeting import Rounds
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.competing.result import Result
from app.domain.game.competing.scoreboard import SideRow
from app.domain.game.leaderboard import BoardRow

RUNNING = frozenset({State.LIVE, State.GRACE})
BY_SCORE = frozenset({Format.MOST, Format.IMPROVEMENT})
"""Formats in which more brings one up; being first on a day does not."""
BEGUN = frozenset(State) - {State.DRAFT, State.PUBLISHED}
UNTOLD = frozenset({State.DRAFT, State.CANCELLED})
"""Of these it is not told how they stand."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown; of `rows`, `sides`, `met` and `in_draw` only what its format has.

    `brought` is one's own count, `line` one's own place, `in_draw` is who is in the draw, `met` who meets whom, round
    by round. `next_place` is the place above one's own, or one's side's, and how much is missing to it.
    """

    state: State
    entrant: Entrant | None
    people: int
    together: int
    brought: int
    line: Line | None
    compared: bool
    rows: Sequence[BoardRow] = ()
    sides: Sequence[SideRow] = ()
    met: Rounds = ()
    in_draw: Sequence[int] = ()
    next_place: tuple[int, int] | None = None

    @property
    def takes_part(self) -> bool:
        return self.entrant is not None and self.entrant.takes_part

    @property
    def begun(self) -> bool:
        return self.state in BEGUN

    @property
    def ended(self) -> bool:
        """Whether it stands as a result says."""
        return self.begun and self.state not in RUNNING

    @property
    def shared(self) -> bool:
        """Whether somebody else is on one's place."""
        return any(row.me and row.shared for row in self.rows)

    @property
    def side(self) -> SideRow | None:
        """One's own side."""
        return next((row for row in self.sides if row.mine), None)


def shown(asked: Asked, result: Result | None) -> Shown:
    """As the result says once there is one, else as it is in the ledger."""
    competition, begun = asked.competition, asked.state in BEGUN
    stands = scoreboard.stand(competition, result) if begun else scoreboard.not_begun(competition)
    entrant = entrant_of(competition.id, asked.viewer.id)
    found = Shown(
        state=asked.state,
        entrant=entrant,
        people=len(stands.entrants),
        together=stands.together,
        brought=scoreboard.own_count(competition, stands, asked.viewer.id) if begun and entrant else 0,
        line=scoreboard.line_of(stands, asked.viewer.id),
        compared=appearance.person_boards(asked.program),
    )
    return _more(found, asked, stands, result) if begun else _sides(found, asked, stands)


def _more(found: Shown, asked: Asked, stands: Ranking, result: Result | None) -> Shown:
    """What there is of its format."""
    match asked.competition.format:
        case Format.TEAM_GOAL:
            return found
        case Format.TEAMS:
            return _sides(found, asked, stands)
        case Format.THRESHOLD:
            return replace(found, in_draw=scoreboard.in_draw(stands))
        case Format.HEAD_TO_HEAD | Format.BRACKET:
            now = asked.competition, stands.entrants, asked.week
            return replace(found, met=meeting.rounds_kept(result) if result else meeting.rounds_now(*now))
        case _:
            return _rows(found, asked, stands)


def _sides(found: Shown, asked: Asked, stands: Ranking) -> Shown:
    """The sides, if it is between sides; before it begins too, so that everybody knows theirs."""
    if asked.competition.format != Format.TEAMS and not asked.competition.own_teams:
        return found
    mine = found.entrant.side_id if found.entrant and found.takes_part else None
    sides = scoreboard.sides_shown(stands, sides_of(asked.competition.id), mine)
    return replace(found, sides=sides, next_place=scoreboard.next_place(stands.sides, mine or 0))


def _rows(found: Shown, asked: Asked, stands: Ranking) -> Shown:
    """People by their places; where people are not compared, oneself alone."""
    rows = scoreboard.people_shown(
        asked.program, stands, asked.viewer, everyone=asked.everyone, takes_part=found.takes_part
    )
    if not found.compared:
        return replace(found, rows=[row for row in rows if row.me])
    above = scoreboard.next_place(stands.people, asked.viewer.id) if asked.competition.format in BY_SCORE else None
    return replace(found, rows=rows, next_place=above)
