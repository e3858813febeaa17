"""What a goal could be: proposals from what was done in the eight weeks before."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app import clock
from app.clock import Period
from app.domain.game import appearance
from app.domain.game.competing import tally
from app.domain.game.competing.audience import invited
from app.domain.game.competing.competition import Competition, Format, Metric
from app.domain.game.competing.life import dates_of
from app.domain.game.fairness import HUNDREDTHS

WEEKS_BACK = 8
MORE = 110
"""A goal of everybody together is so many percent of what is usual."""
IN_REACH = 60
"""A threshold is what so many percent of the people reach."""
AMBITIOUS = 20
"""A target of a race is what so many percent of the people reach."""
STEPS = 10
"""Between one ticket and the next is one in so many of the threshold."""
ROUND = {Metric.POINTS: 10}


class Proposal(NamedTuple):
    """`weekly` is what all of them did in a week together, on average; `goal` and `step` are in whole points.

    None: of so few people it is not told.
    """

    weekly: int | None
    goal: int
    step: int


def propose(competition: Competition, today: date, dates: Period | None = None) -> Proposal:
    """A goal that fits its days, or these, and for whom it is; 1 when nothing is known or told of what was."""
    dates = dates or dates_of(competition)
    people = [person.id for person in invited(competition)]
    if not appearance.tells_of(competition.program_id, len(people)):
        return Proposal(None, 1, 1)
    until = clock.week_of(today).start
    past = Period(until - WEEKS_BACK * clock.WEEK, until)
    weekly = sum(tally.plain(competition, people, past).values()) // WEEKS_BACK
    days = (dates.end - dates.start).days
    to = ROUND.get(Metric(competition.metric), 1)
    if competition.format == Format.TEAM_GOAL:
        goal = weekly * days * MORE // (clock.WEEK.days * 100)
    else:
        goal = _reached(competition, people, Period(today - (dates.end - dates.start), today))
    return Proposal(weekly, _whole(goal, to), _whole(goal // STEPS, max(to // 2, 1)))


def _reached(competition: Competition, people: Sequence[int], before: Period) -> int:
    """The fair score that the wanted part of the people reached in the days before, as many as it lasts."""
    scores = [each.score for each in tally.people_scores(competition, people, before)]
    wanted = IN_REACH if competition.format == Format.THRESHOLD else AMBITIOUS
    at = len(scores) * wanted // 100
    return scores[min(at, len(scores) - 1)] // HUNDREDTHS if scores else 0


def _whole(goal: int, to: int) -> int:
    """Down to a round number, and at least one."""
    return max(goal // to * to, 1)
