"""First to the target, and most improved: people in another order than by their score."""

from collections.abc import Mapping
from datetime import date

from app.domain.game import fairness, improvement
from app.domain.game.competing import tally
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.tally import Facts, Score
from app.domain.game.fairness import HUNDREDTHS, PADDING, PRESET_AVERAGE, Weight

WEEK_DAYS = 5


def first_to_target(competition: Competition, facts: Facts) -> list[Score]:
    """Who reached the target, ordered by the day on which they did: within a day nobody was first.

    The target is of fair points, so that who works fewer days has as far to go. `score` is how many days were left.
    """
    found = []
    for each, weight in tally.weights(competition, facts).items():
        target = fairness.points_for((competition.goal or 0) * HUNDREDTHS, weight)
        if day := _day_of(facts.by_day[each], target):
            left = (facts.dates.end - day).days
            found.append(Score(each, facts.had[each].points, left, 0, weight.available_days))
    return sorted(found, key=lambda score: (-score.score, score.subject_id))


def _day_of(brought: Mapping[date, int], target: int) -> date | None:
    """The day on which the points came to the target."""
    sum_ = 0
    for day, points in sorted(brought.items()):
        sum_ += points
        if sum_ >= target:
            return day
    return None


def most_improved(competition: Competition, facts: Facts) -> list[Score]:
    """By how much somebody did better than in their own weeks before; who has fewer than four of those is not ranked.

    `score` is in hundredths of a percent of one's own average week.
    """
    half = improvement.half_median(facts.past.values())
    start = fairness.head_start(PRESET_AVERAGE if competition.average is None else competition.average)
    found = []
    for each, weight in tally.weights(competition, facts).items():
        score = tally.score(competition, each, facts.had[each], weight)
        better = improvement.improvement(_of_a_week(score.counts, weight, start), facts.past.get(each, ()), half)
        if score.score and better is not None:
            found.append(score._replace(score=better))
    return sorted(found, key=lambda score: (-score.score, -score.tie, score.subject_id))


def _of_a_week(points: int, weight: Weight, start: int) -> int:
    """The fair score of a week like these days: each week has one head start, whether it is a part of one or four."""
    days = max(weight.standard_days, 1)
    brought = HUNDREDTHS * points - max(start - weight.head_start, 0)
    earned = brought * WEEK_DAYS // days + start
    return earned * days * (WEEK_DAYS + PADDING) // (weight.available_days * WEEK_DAYS + PADDING * days)
