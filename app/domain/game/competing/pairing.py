"""Competitions in pairs: who sits where, drawn once at the start, and who beat whom."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from math import log2
from statistics import median

from sqlalchemy import select, update

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.game.competing import bracket, drawing, life, tally
from app.domain.game.competing.bracket import Key, Pair
from app.domain.game.competing.by_week import scores_by_week
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.life import IN_PAIRS, dates_of
from app.domain.game.competing.taking_part import active
from app.domain.game.competing.tally import Score

LOOKED_BACK = timedelta(weeks=4)


def seat(competition: Competition) -> int:
    """Give everybody who takes part a seat, by what they did in the four weeks before; returns how many got one.

    Neighbours meet head to head, so that they are about as good; in a bracket the best two can meet in the final only.
    Who did nothing then is put behind the others in a drawn order. Seats that were given stay.
    """
    life.hold(competition)
    people = [each.person_id for each in active(competition.id)]
    seated = select(Entrant.person_id).where(Entrant.competition_id == competition.id, Entrant.seat.is_not(None))
    if competition.format not in IN_PAIRS or db.session.scalar(seated.limit(1)) is not None:
        return 0
    before = Period(competition.first - LOOKED_BACK, competition.first)
    order = [each.subject_id for each in tally.people_scores(competition, people, before)]
    order += drawing.order(competition.seed or b"", "seats", sorted(set(people) - set(order)))
    for number, person_id in enumerate(order[: _seats(competition, len(order))]):
        mine = Entrant.competition_id == competition.id, Entrant.person_id == person_id
        db.session.execute(update(Entrant).where(*mine).values(seat=number))
    return min(len(order), _seats(competition, len(order)))


def _seats(competition: Competition, people: int) -> int:
    """A bracket has as many rounds as it has weeks."""
    if competition.format == Format.HEAD_TO_HEAD:
        return people
    rounds = len(bracket.weeks(dates_of(competition)))
    could = [size for size in bracket.SIZES if log2(size) <= rounds] or [bracket.SIZES[0]]
    return next((size for size in could if size >= people), could[-1])


def seated(competition_id: int) -> list[int]:
    """The people in the order of their seats; those who declined meanwhile keep theirs."""
    mine = Entrant.competition_id == competition_id, Entrant.seat.is_not(None)
    return list(db.session.scalars(select(Entrant.person_id).where(*mine).order_by(Entrant.seat)))


def declined(competition: Competition) -> Mapping[int, date]:
    """Who had a seat and declined, and on which day."""
    rows = select(Entrant.person_id, Entrant.declined_at).where(
        Entrant.competition_id == competition.id, Entrant.seat.is_not(None), Entrant.declined_at.is_not(None)
    )
    zone = the_zone()
    return {person_id: clock.local_day(moment, zone) for person_id, moment in db.session.execute(rows) if moment}


def gone_in(competition: Competition) -> Callable[[int], Collection[int]]:
    """By round of a bracket, who declined before it was over: what they won before that stays as it was."""
    days, weeks = declined(competition), bracket.weeks(dates_of(competition))
    return lambda number: {person_id for person_id, day in days.items() if day < weeks[number].end}


def pairs_of(competition: Competition) -> list[Pair]:
    """Who meets whom, head to head; whoever would meet somebody who declined meets nobody."""
    return bracket.pairs(seated(competition.id), declined(competition))


def head_to_head(competition: Competition, people: Sequence[int]) -> list[Score]:
    """Winners first: `score` is 2 for who beat the other, 1 for both at a tie; the odd one out meets the median."""
    scores = {each.subject_id: each for each in tally.people_scores(competition, people)}
    middle = median([each.score for each in scores.values()]) if scores else 0
    found = []
    for first, second in pairs_of(competition):
        for me, other in ((first, second), (second, first)):
            if me in scores:
                found.append(scores[me]._replace(score=_points(scores[me], other, scores, middle), tie=0))
    return sorted((each for each in found if each.score), key=lambda each: (-each.score, each.subject_id))


def _points(mine: Score, other: int | None, scores: Mapping[int, Score], middle: float) -> int:
    if other is None:
        return 2 if mine.score >= middle else 0
    theirs = scores[other].key if other in scores else (0, 0)
    return 2 if mine.key > theirs else int(mine.key == theirs)


def rounds_of(competition: Competition, played: int) -> list[list[Pair]]:
    """The rounds of a bracket so far; a round is a week."""
    taken = seated(competition.id)
    if not taken:
        return []
    weeks = bracket.weeks(dates_of(competition))
    size = next(size for size in bracket.SIZES if size >= len(taken))
    scores = scores_by_week(competition, taken, weeks)

    def keys(number: int) -> Mapping[int, Key]:
        return {each.subject_id: each.key for each in scores[number]}

    return bracket.rounds(bracket.first_round(taken, size), keys, min(played, len(weeks)), gone_in(competition))


def knock_out(competition: Competition, people: Sequence[int]) -> list[Score]:
    """By how many rounds somebody won; `score` counts them from 1, so that who was in it at all has a place."""
    weeks = bracket.weeks(dates_of(competition))
    rounds = rounds_of(competition, len(weeks))
    if not rounds:
        return []
    last = len(rounds) - 1
    keys = {each.subject_id: each.key for each in tally.people_scores(competition, people, weeks[last])}
    won = {person: number for number, pairs in enumerate(rounds, 1) for pair in pairs for person in pair if person}
    final = bracket.present(rounds[last][0], gone_in(competition)(last))
    champion = bracket.winner(final, keys) if len(rounds[last]) == 1 else None
    facts = {each.subject_id: each for each in tally.people_scores(competition, people)}
    found = [
        Score(person, facts[person].counts, number + (person == champion), 0, facts[person].available_days)
        for person, number in won.items()
        if person in facts
    ]
    return sorted(found, key=lambda each: (-each.score, each.subject_id))
