"""Who won what, in the words in which it is announced."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.game.competing import prize_winners, scoreboard
from app.domain.game.competing.asked import Asked
from app.domain.game.competing.prize import Prize
from app.domain.game.competing.prize_winners import Winners
from app.domain.game.competing.result import Result
from app.words import competition as words


class Winner(NamedTuple):
    """`people` share what is said here, each `cents`; it was `handed` over to so many of them, and so many declined."""

    prize: Prize
    who: str
    cents: int
    me: bool = False
    people: int = 1
    handed: int = 0
    declined: int = 0


def headline(asked: Asked, result: Result) -> str:
    """How it ended, in a sentence."""
    told = scoreboard.told(result)
    return words.outcome(asked.competition, told, prize_winners.names_of_first(asked, told))


def winners(asked: Asked, result: Result, prizes: Sequence[Prize]) -> list[Winner]:
    """In the order of the prizes; a prize for each of a team is said once."""
    return [_winner(asked, each) for each in prize_winners.winners(asked, result, prizes)]


def _winner(asked: Asked, won: Winners) -> Winner:
    me = asked.viewer.id
    by_oneself = won.person_id is not None
    who = words.winner(won.name, me=won.person_id == me) if by_oneself else words.everybody(won.side)
    return Winner(won.prize, who, won.cents, won.of(me), len(won.rows), won.handed, won.declined)
