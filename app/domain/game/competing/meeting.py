"""Who meets whom, head to head or round after round, and who of the two is ahead or won."""

from collections.abc import Collection, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from app.domain.game.competing import bracket, pairing, tally
from app.domain.game.competing.bracket import Key, Pair
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.result import Result
from app.domain.game.competing.tally import Score


class Meeting(NamedTuple):
    """Two who meet, and who is ahead or won; nobody at a tie. `scores` are fair ones, while they are counted."""

    first: int | None
    second: int | None
    ahead: int | None = None
    scores: Mapping[int, int] = {}

    def of(self, person_id: int) -> bool:
        """Whether somebody is one of them."""
        return person_id in {self.first, self.second}


Rounds = Sequence[Sequence[Meeting]]


def rounds_now(competition: Competition, entrants: Sequence[Entrant], over: int) -> Rounds:
    """The rounds when so many weeks are over; head to head there is one, and in other formats none."""
    match competition.format:
        case Format.HEAD_TO_HEAD:
            return [pairs(competition, tally.people_scores(competition, [each.person_id for each in entrants]))]
        case Format.BRACKET:
            return rounds(competition, over)
        case _:
            return []


def rounds_over(competition: Competition, entrants: Sequence[Entrant]) -> list[list[tuple[int | None, ...]]]:
    """The rounds when all of it is over, as a result keeps them."""
    weeks = bracket.weeks(dates_of(competition))
    return [[met[:3] for met in pairs_] for pairs_ in rounds_now(competition, entrants, len(weeks))]


def rounds_kept(result: Result) -> Rounds:
    """The rounds as a result has them, whoever declined since."""
    return [[Meeting(*met) for met in pairs_] for pairs_ in result.body.get("met", [])]


def pairs(competition: Competition, scores: Sequence[Score]) -> list[Meeting]:
    """Everybody's pair; who has nobody to meet meets the middle score."""
    middle = median([each.score for each in scores]) if scores else 0
    keys = {each.subject_id: each.key for each in scores}
    return [
        Meeting(*pair, _ahead(pair, keys, middle), {each: keys.get(each, (0,))[0] for each in pair if each})
        for pair in pairing.pairs_of(competition)
    ]


def _ahead(pair: Pair, keys: Mapping[int, Key], middle: float) -> int | None:
    mine, theirs = (keys.get(each or 0, ()) for each in pair)
    if pair.second is None:
        return pair.first if mine and mine[0] >= middle else None
    if mine == theirs:
        return None
    return pair.first if mine > theirs else pair.second


def rounds(competition: Competition, over: int) -> Rounds:
    """The rounds of a bracket of which so many are over; of the one that is played it is said who is ahead.

    None before the seats are given. Who declined is nobody in all of them, also where they won.
    """
    seated, declined = pairing.seated(competition.id), pairing.declined(competition)
    if not seated:
        return []
    weeks = bracket.weeks(dates_of(competition))[: over + 1]
    keys = [
        {each.subject_id: each.key for each in tally.scored(competition, facts)}
        for facts in tally.facts_in(competition, seated, weeks)
    ]
    gone = [{each for each, day in declined.items() if day < week.end} for week in weeks]
    met = bracket.rounds(bracket.first_round(seated), keys.__getitem__, over, gone.__getitem__)
    return [
        [_met(pair, keys[at], gone[at], declined, over=at < over) for pair in pairs_] for at, pairs_ in enumerate(met)
    ]


def _met(pair: Pair, keys: Mapping[int, Key], gone: Collection[int], hidden: Collection[int], *, over: bool) -> Meeting:
    """Of two who both have nothing yet nobody is ahead."""
    there, shown = bracket.present(pair, gone), bracket.present(pair, hidden)
    decided = over or None in there or any(each in keys for each in there)
    through = bracket.winner(there, keys) if decided else None
    return Meeting(*shown, through if through in shown else None)
