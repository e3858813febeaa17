"""Who meets whom as it stands, head to head or round after round, and who of the two is ahead."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from app.domain.game.competing import bracket, pairing, tally
from app.domain.game.competing.bracket import Key, Pair
from app.domain.game.competing.by_week import scores_by_week
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.ranking import Line


class Meeting(NamedTuple):
    """Two who meet, and who is ahead or won; nobody at a tie. `scores` are fair ones, while they are counted."""

    first: int | None
    second: int | None
    ahead: int | None = None
    scores: Mapping[int, int] = {}

    def of(self, person_id: int) -> bool:
        """Whether somebody is one of them."""
        return person_id in {self.first, self.second}


def pairs_running(competition: Competition, people: Sequence[int]) -> list[Meeting]:
    """Everybody's pair while points are still counted."""
    scores = {each.subject_id: each for each in tally.people_scores(competition, people)}
    middle = median([each.score for each in scores.values()]) if scores else 0
    keys = {person: each.key for person, each in scores.items()}
    known = {person: each.score for person, each in scores.items()}
    found = []
    for pair in pairing.pairs_of(competition):
        alone = pair.first if pair.second is None and known.get(pair.first or 0, 0) >= middle else None
        ahead = alone if pair.second is None else _ahead(pair, keys)
        found.append(Meeting(*pair, ahead, {each: known.get(each, 0) for each in pair if each}))
    return found


def _ahead(pair: Pair, keys: Mapping[int, Key]) -> int | None:
    first, second = keys.get(pair.first or 0, ()), keys.get(pair.second or 0, ())
    if first == second:
        return None
    return pair.first if first > second else pair.second


def pairs_ended(competition: Competition, lines: Sequence[Line]) -> list[Meeting]:
    """Everybody's pair by the result, in which a winner has 2 and each of those who tied 1."""
    won = {line.subject_id for line in lines if line.score > 1}
    return [
        Meeting(*pair, next((each for each in pair if each in won), None)) for pair in pairing.pairs_of(competition)
    ]


def rounds_ended(competition: Competition, lines: Sequence[Line]) -> list[list[Meeting]]:
    """The rounds of a bracket by the result, in which somebody's score is the round in which they were last."""
    reached = {line.subject_id: (line.score,) for line in lines}
    return _drawn(competition, [reached] * len(bracket.weeks(dates_of(competition))))


def rounds_running(competition: Competition, people: Sequence[int], played: int) -> list[list[Meeting]]:
    """The rounds of a bracket so far; of the one that is played it is said who is ahead."""
    weeks = bracket.weeks(dates_of(competition))[: played + 1]
    everybody = {*people, *pairing.declined(competition)}
    return _drawn(
        competition,
        [{each.subject_id: each.key for each in week} for week in scores_by_week(competition, everybody, weeks)],
    )


def _drawn(competition: Competition, by_round: Sequence[Mapping[int, Key]]) -> list[list[Meeting]]:
    seated = pairing.seated(competition.id)
    if not seated or not by_round:
        return []
    size = next(size for size in bracket.SIZES if size >= len(seated))
    first = bracket.first_round(seated, size)
    gone = pairing.gone_in(competition)
    rounds = bracket.rounds(first, lambda number: by_round[number], len(by_round) - 1, gone)
    hidden = pairing.declined(competition)
    return [
        [Meeting(*bracket.present(pair, hidden), _through(bracket.present(pair, gone(number)), keys)) for pair in pairs]
        for number, (pairs, keys) in enumerate(zip(rounds, by_round, strict=False))
    ]


def _through(pair: Pair, keys: Mapping[int, Key]) -> int | None:
    """Who goes on; nobody as long as neither of two has anything."""
    played = pair.first is None or pair.second is None or any(each in keys for each in pair)
    return bracket.winner(pair, keys) if played else None
