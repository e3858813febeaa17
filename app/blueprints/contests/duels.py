"""Those who meet, by the names under which they appear to whoever looks."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from app.domain.game import appearance
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.meeting import Meeting
from app.words import board as words


class Duel(NamedTuple):
    """`ahead` is 1 or 2 for who is ahead or won; an empty name is nobody. Scores are there in one's own only."""

    first: str
    second: str
    ahead: int
    mine: bool
    my_turn: int = 0
    scores: tuple[str, str] = ("", "")

    @property
    def sign(self) -> int:
        """1 where one is ahead oneself, or won, -1 where the other is, 0 at a tie."""
        return 0 if not self.ahead else 1 if self.ahead == self.my_turn else -1

    @property
    def other(self) -> str:
        """Whom one meets oneself."""
        return self.second if self.my_turn == 1 else self.first


def duels(asked: Asked, met: Sequence[Meeting]) -> list[Duel]:
    """In the same order."""
    names = names_seen(asked, {each for pair in met for each in (pair.first, pair.second) if each})
    return [_duel(pair, names, asked.viewer.id) for pair in met]


def _duel(pair: Meeting, names: Mapping[int, str], me: int) -> Duel:
    both = (pair.first, pair.second)
    first, second = (names[each] or words.nameless() if each else "" for each in both)
    mine = pair.of(me)
    scores = tuple(words.score(pair.scores.get(each or 0, 0)) for each in both) if mine else ("", "")
    ahead = both.index(pair.ahead) + 1 if pair.ahead else 0
    return Duel(first, second, ahead, mine, both.index(me) + 1 if mine else 0, (scores[0], scores[1]))


def names_seen(asked: Asked, people: Collection[int]) -> Mapping[int, str]:
    """How these people appear to whoever looks; a name that is empty is a colleague's who does not appear by one."""
    known, me = appearance.names_for(asked.program, asked.viewer, people), asked.viewer.id
    return {each: words.own_name(name or "") if each == me else name or "" for each, name in known.items()}
