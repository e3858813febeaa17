"""How people stand in each week of a competition, asked at once: the rounds of a bracket."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from app.clock import Period
from app.domain.game import availability, best_days
from app.domain.game.competing import tally
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.counting import counted_by_week, counting
from app.domain.game.competing.tally import Score

ByDay = Mapping[date, int]


def scores_by_week(competition: Competition, people: Collection[int], weeks: Sequence[Period]) -> list[list[Score]]:
    """What `tally.people_scores` gives for each of these weeks, which follow one another."""
    whole = tally.board_of(competition, Period(weeks[0].start, weeks[-1].end))
    had = counted_by_week(competition, people, weeks)
    by_day = best_days.points_by_day(people, whole, *counting(competition))
    agreed = availability.open_days(people, whole.dates)
    return [
        tally.scored(
            competition, week, counts, _days(agreed, week), {each: _within(by_day, each, week) for each in counts}
        )
        for week, counts in zip(weeks, had, strict=True)
    ]


def _days(agreed: Mapping[int, frozenset[date]], week: Period) -> dict[int, int]:
    return {each: sum(day in week for day in days) for each, days in agreed.items()}


def _within(by_day: Mapping[int, ByDay], person_id: int, week: Period) -> ByDay:
    return {day: points for day, points in by_day.get(person_id, {}).items() if day in week}
