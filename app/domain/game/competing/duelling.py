"""Head to head, and knocked out round after round: people in the order of whom they beat."""

from app.domain.game.competing import bracket, meeting, tally
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.tally import Facts, Score


def head_to_head(competition: Competition, facts: Facts) -> list[Score]:
    """Winners first: `score` is 2 for who beat the other, 1 for both at a tie."""
    scores = tally.scored(competition, facts)
    known, found = {each.subject_id: each for each in scores}, []
    for met in meeting.pairs(competition, scores):
        tied = met.ahead is None and met.second is not None
        for each in (met.first, met.second):
            won = 2 if met.ahead == each else int(tied)
            if each in known and won:
                found.append(known[each]._replace(score=won, tie=0))
    return sorted(found, key=lambda each: (-each.score, each.subject_id))


def knock_out(competition: Competition, facts: Facts) -> list[Score]:
    """By how many rounds somebody won; `score` counts them from 1, so that who was in it at all has a place."""
    rounds = meeting.rounds(competition, len(bracket.weeks(dates_of(competition))))
    reached = {each: at for at, met in enumerate(rounds, 1) for pair in met for each in pair[:2] if each}
    champion = rounds[-1][0].ahead if rounds and len(rounds[-1]) == 1 else None
    found = [
        each._replace(score=reached[each.subject_id] + (each.subject_id == champion), tie=0)
        for each in tally.scored(competition, facts)
        if each.subject_id in reached
    ]
    return sorted(found, key=lambda each: (-each.score, each.subject_id))
