"""How one competition stands, as its page shows it to somebody, with the tag that changes with any of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from app.blueprints.contests.asked import Asked
from app.blueprints.contests.duels import Duel, duels, names_seen
from app.domain.agency.naming import sort_name
from app.domain.game import appearance
from app.domain.game.competing import meeting, scoreboard
from app.domain.game.competing.competition import Format, State
from app.domain.game.competing.entrant import Entrant, entrant_of, sides_of
from app.domain.game.competing.ranking import Line, Ranking
from app.domain.game.competing.result import Result
from app.domain.game.competing.scoreboard import SideRow
from app.domain.game.leaderboard import BoardRow
from app.language import current

RUNNING = frozenset({State.LIVE, State.GRACE})
BY_SCORE = frozenset({Format.MOST, Format.IMPROVEMENT})
"""Formats in which more brings one up; being first on a day does not."""
BEGUN = frozenset(State) - {State.DRAFT, State.PUBLISHED}


@dataclass(frozen=True, slots=True)
class Stand:
    """What is shown; of `rows`, `sides`, `pairs`, `rounds` and `drawn` only what its format has.

    `brought` is one's own count, `line` one's own place, `drawn` is who is in the draw. `next_place` is the place above
    one's own, or one's side's, and how much is missing to it. A name that is empty is a colleague's who does not appear
    by one.
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
    pairs: Sequence[Duel] = ()
    rounds: Sequence[Sequence[Duel]] = ()
    drawn: Mapping[int, str] = field(default_factory=dict)
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
    def drawn_names(self) -> list[str]:
        """The names of who is in the draw and appears by one."""
        return sorted((name for name in self.drawn.values() if name), key=sort_name)

    @property
    def nameless(self) -> int:
        """How many are in the draw without a name."""
        return sum(not name for name in self.drawn.values())

    @property
    def shared(self) -> bool:
        """Whether somebody else is on one's place."""
        return any(row.me and row.shared for row in self.rows)

    @property
    def side(self) -> SideRow | None:
        """One's own side."""
        return next((row for row in self.sides if row.mine), None)

    @property
    def pair(self) -> Duel | None:
        """One's own pair, or that of the last round in which one was."""
        return next((duel for pairs in (self.pairs, *reversed(self.rounds)) for duel in pairs if duel.mine), None)

    @property
    def my_round(self) -> int:
        """The last round in which one was, from 1; nought without a seat."""
        return max((at for at, pairs in enumerate(self.rounds, 1) if any(duel.mine for duel in pairs)), default=0)

    @property
    def pair_over(self) -> bool:
        """Whether one's own pair is: the competition is, or its round."""
        return self.ended or 0 < self.my_round < len(self.rounds)

    @property
    def rounds_in_all(self) -> int:
        """How many there will be: each has half of the pairs of the one before."""
        return len(self.rounds[0]).bit_length() if self.rounds else 0

    def tag(self, *also: object) -> str:
        """Changes with anything of it."""
        facts = (self.state, self.people, self.together, self.brought, self.line, self.rows, self.sides)
        shown = f"{current()} {facts} {self.pairs} {self.rounds} {self.drawn} {also}"
        return hashlib.blake2b(shown.encode(), digest_size=12).hexdigest()


def stand(asked: Asked, result: Result | None) -> Stand:
    """As the result says once there is one, else as it is in the ledger."""
    competition, begun = asked.competition, asked.state in BEGUN
    stands = scoreboard.stand(competition, result) if begun else scoreboard.not_begun(competition)
    entrant = entrant_of(competition.id, asked.viewer.id)
    found = Stand(
        state=asked.state,
        entrant=entrant,
        people=len(stands.entrants),
        together=stands.together,
        brought=scoreboard.own_count(competition, stands, asked.viewer.id) if begun and entrant else 0,
        line=scoreboard.line_of(stands, asked.viewer.id),
        compared=appearance.person_boards(asked.program),
    )
    return _more(found, asked, stands, result) if begun else _sides(found, asked, stands)


def _more(found: Stand, asked: Asked, stands: Ranking, result: Result | None) -> Stand:
    """What there is of its format."""
    match asked.competition.format:
        case Format.TEAM_GOAL:
            return found
        case Format.TEAMS:
            return _sides(found, asked, stands)
        case Format.THRESHOLD:
            return replace(found, drawn=names_seen(asked, scoreboard.in_draw(stands)))
        case Format.HEAD_TO_HEAD | Format.BRACKET:
            return _meetings(found, asked, stands, result)
        case _:
            return _rows(found, asked, stands)


def _sides(found: Stand, asked: Asked, stands: Ranking) -> Stand:
    """The sides, if it is between sides; before it begins too, so that everybody knows theirs."""
    if asked.competition.format != Format.TEAMS and not asked.competition.own_teams:
        return found
    mine = found.entrant.side_id if found.entrant and found.takes_part else None
    sides = scoreboard.sides_shown(stands, sides_of(asked.competition.id), mine)
    return replace(found, sides=sides, next_place=scoreboard.next_place(stands.sides, mine or 0))


def _rows(found: Stand, asked: Asked, stands: Ranking) -> Stand:
    """People by their places; where people are not compared, oneself alone."""
    shown = scoreboard.people_shown(
        asked.program, stands, asked.viewer, everyone=asked.everyone, takes_part=found.takes_part
    )
    if not found.compared:
        return replace(found, rows=[row for row in shown if row.me])
    above = scoreboard.next_place(stands.people, asked.viewer.id) if asked.competition.format in BY_SCORE else None
    return replace(found, rows=shown, next_place=above)


def _meetings(found: Stand, asked: Asked, stands: Ranking, result: Result | None) -> Stand:
    """The pairs with one's own in front, or the rounds."""
    competition = asked.competition
    met = meeting.rounds_kept(result) if result else meeting.rounds_now(competition, stands.entrants, asked.week)
    shown = iter(duels(asked, [pair for pairs in met for pair in pairs]))
    rounds = [list(islice(shown, len(pairs))) for pairs in met]
    if competition.format == Format.BRACKET:
        return replace(found, rounds=rounds)
    return replace(found, pairs=sorted((duel for pairs in rounds for duel in pairs), key=lambda duel: not duel.mine))
