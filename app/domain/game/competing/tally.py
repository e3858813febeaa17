"""How the people and sides of a competition stand, read from the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.clock import Period, week_of
from app.domain.game import availability, best_days, fairness, improvement
from app.domain.game.best_days import ByDay
from app.domain.game.board_start import Board
from app.domain.game.competing.competition import Competition, Format, Metric
from app.domain.game.competing.counting import ByPerson, Counted, counted, counted_in, counting
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.life import dates_of
from app.domain.game.fairness import HUNDREDTHS, PRESET_AVERAGE, UNWEIGHED, Weight

LEAST_DAYS = 2
"""Without so many days in which somebody could work there is no prize for a place: one good day is luck."""


class Facts(NamedTuple):
    """What scores are made of: what people did in these days, on which of them, and how many they were to work.

    `past` is there where people are compared with themselves: their scores in the weeks before, newest first.
    """

    dates: Period
    had: ByPerson
    by_day: Mapping[int, ByDay]
    days: Mapping[int, int]
    past: Mapping[int, Sequence[int]]


class Score(NamedTuple):
    """Of a person or side: `counts` is the plain number, `score` the fair one in hundredths, `tie` orders equals."""

    subject_id: int
    counts: int
    score: int
    tie: int
    available_days: int

    @property
    def key(self) -> tuple[int, int]:
        """What it is ordered by, best last."""
        return self.score, self.tie


def facts_of(competition: Competition, people: Collection[int], dates: Period | None = None) -> Facts:
    """The facts of a competition's days, or of others."""
    (found,) = facts_in(competition, people, [dates or dates_of(competition)])
    return found


def facts_in(competition: Competition, people: Collection[int], spans: Sequence[Period]) -> list[Facts]:
    """The facts of each of these spans, which do not overlap, from as many questions as those of one."""
    if not spans:
        return []
    whole = Period(min(span.start for span in spans), max(span.end for span in spans))
    had = counted_in(competition, people, spans)
    active = set[int]().union(*had)
    by_day = best_days.points_by_day(active, _board(competition, whole), *counting(competition))
    agreed = availability.open_days(people, whole)
    past = _past(competition, spans)
    return [
        Facts(span, counts, _within(by_day, counts, span), _days(agreed, span), past.get(span.start, {}))
        for span, counts in zip(spans, had, strict=True)
    ]


def _within(by_day: Mapping[int, ByDay], people: Iterable[int], span: Period) -> dict[int, dict[date, int]]:
    return {each: {day: points for day, points in by_day.get(each, {}).items() if day in span} for each in people}


def _days(agreed: Mapping[int, frozenset[date]], span: Period) -> dict[int, int]:
    return {each: sum(day in span for day in days) for each, days in agreed.items()}


def _past(competition: Competition, spans: Iterable[Period]) -> dict[date, Mapping[int, Sequence[int]]]:
    """By the first day of each span."""
    if competition.format != Format.IMPROVEMENT:
        return {}
    mondays = {span.start: week_of(span.start).start for span in spans}
    found = improvement.past_weeks(competition.program_id, set(mondays.values()))
    return {first: found[monday] for first, monday in mondays.items()}


def people_scores(competition: Competition, people: Collection[int], dates: Period | None = None) -> list[Score]:
    """Everybody with anything to their name, the best first."""
    return scored(competition, facts_of(competition, people, dates))


def scored(competition: Competition, facts: Facts) -> list[Score]:
    """The same from what is known."""
    found = [score(competition, each, facts.had[each], weight) for each, weight in weights(competition, facts).items()]
    return _best_first(found)


def score(competition: Competition, person_id: int, had: Counted, weight: Weight) -> Score:
    """What somebody did, weighed."""
    tie = fairness.tie_key(had.helped, weight.available_days, had.verified, had.actions)
    counts = _plain(competition, had)
    return Score(person_id, counts, fairness.person_score(counts, weight), tie, weight.available_days)


def weights(competition: Competition, facts: Facts) -> dict[int, Weight]:
    """As on the boards; only points have a head start, because only of points it is known what a day is worth."""
    standard = availability.standard_days(facts.dates)
    if standard == 0:
        return dict.fromkeys(facts.had, UNWEIGHED)
    start = fairness.head_start(PRESET_AVERAGE if competition.average is None else competition.average)
    found = {}
    for each, counts in facts.had.items():
        brought = facts.by_day[each].values()
        days = fairness.own_days(facts.days[each], len(brought))
        less = HUNDREDTHS * fairness.left_out(counts.points, brought, days)
        found[each] = Weight(standard, days, start - less if competition.metric == Metric.POINTS else 0)
    return found


def side_scores(
    competition: Competition, entrants: Iterable[Entrant], had: ByPerson, days: Mapping[int, int]
) -> list[Score]:
    """The sides with anything to their name, the best first: points of their people by the days of their people.

    A side needs three people who could work; in days on which nobody works everybody counts for one.
    """
    standard, by_side = availability.standard_days(dates_of(competition)), defaultdict[int, list[int]](list)
    for each in entrants:
        if each.side_id is not None:
            by_side[each.side_id].append(each.person_id)
    found = []
    for side_id, side in by_side.items():
        could = [days[each] for each in side if days[each]] if standard else [UNWEIGHED.available_days] * len(side)
        enough = len(could) >= fairness.SMALLEST_TEAM
        weight = Weight(standard or UNWEIGHED.standard_days, sum(could) if enough else 0)
        total = _sum(had.get(each, Counted()) for each in side)
        plain_ = _plain(competition, total)
        tie = fairness.tie_key(total.helped, weight.available_days, total.verified, total.actions)
        found.append(Score(side_id, plain_, fairness.team_score(plain_, weight), tie, weight.available_days))
    return _best_first(found)


def _best_first(found: Iterable[Score]) -> list[Score]:
    return sorted((each for each in found if each.score), key=lambda each: (*each.key, -each.subject_id), reverse=True)


def _sum(had: Iterable[Counted]) -> Counted:
    return Counted(*(sum(column) for column in zip(*had, strict=True)))


def plain(competition: Competition, people: Collection[int], dates: Period) -> dict[int, int]:
    """What each of them has in these days, not weighed by anything."""
    return plain_of(competition, counted(competition, people, dates))


def plain_of(competition: Competition, had: ByPerson) -> dict[int, int]:
    """The same from what was counted."""
    return {each: _plain(competition, counts) for each, counts in had.items()}


def _plain(competition: Competition, had: Counted) -> int:
    match competition.metric:
        case Metric.HELPED:
            return had.helped
        case Metric.ANSWERED:
            return had.answered
        case _:
            return had.points


def _board(competition: Competition, dates: Period) -> Board:
    return Board(competition.program_id, "contest", dates)
