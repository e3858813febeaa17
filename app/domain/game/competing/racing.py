"""First to the target, and most improved: people in another order than by their score."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.clock import week_of
from app.domain.game import best_days, fairness, improvement
from app.domain.game.competing import tally
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.counting import counted, counting
from app.domain.game.competing.life import dates_of
from app.domain.game.competing.tally import Score
from app.domain.game.excerpt import BoardKey
from app.domain.game.fairness import HUNDREDTHS, PADDING, PRESET_AVERAGE, Weight

WEEK_DAYS = 5


def first_to_target(competition: Competition, people: Sequence[int]) -> list[Score]:
    """Who reached the target, ordered by the day on which they did: within a day nobody was first.

    The target is of fair points, so that who works fewer days has as far to go. `score` is how many days were left.
    """
    board = tally.board_of(competition)
    had = counted(competition, people, board.dates)
    brought = best_days.points_by_day(had.keys(), board, *counting(competition))
    found = []
    for each, weight in tally.weights(competition, board, had).items():
        target = fairness.points_for((competition.goal or 0) * HUNDREDTHS, weight)
        if day := _day_of(brought.get(each, {}), target):
            found.append(Score(each, had[each].points, (board.dates.end - day).days, 0, weight.available_days))
    return sorted(found, key=lambda score: (-score.score, score.subject_id))


def _day_of(brought: Mapping[date, int], target: int) -> date | None:
    """The day on which the points came to the target."""
    sum_ = 0
    for day, points in sorted(brought.items()):
        sum_ += points
        if sum_ >= target:
            return day
    return None


def most_improved(competition: Competition, people: Sequence[int]) -> list[Score]:
    """By how much somebody did better than in their own weeks before; who has fewer than four of those is not ranked.

    `score` is in hundredths of a percent of one's own average week.
    """
    dates = dates_of(competition)
    past = improvement.past_scores(BoardKey(competition.program_id, "week", week_of(dates.start).start))
    half = improvement.half_median(past.values())
    had = counted(competition, people, dates)
    start = fairness.head_start(PRESET_AVERAGE if competition.average is None else competition.average)
    found = []
    for each, weight in tally.weights(competition, tally.board_of(competition), had).items():
        score = tally.score(competition, each, had[each], weight)
        better = improvement.improvement(_of_a_week(score.counts, weight, start), past.get(each, ()), half)
        if score.score and better is not None:
            found.append(score._replace(score=better))
    return sorted(found, key=lambda score: (-score.score, -score.tie, score.subject_id))


def _of_a_week(points: int, weight: Weight, start: int) -> int:
    """The fair score of a week like these days: each week has one head start, whether it is a part of one or four."""
    days = max(weight.standard_days, 1)
    brought = HUNDREDTHS * points - max(start - weight.head_start, 0)
    earned = brought * WEEK_DAYS // days + start
    return earned * days * (WEEK_DAYS + PADDING) // (weight.available_days * WEEK_DAYS + PADDING * days)
