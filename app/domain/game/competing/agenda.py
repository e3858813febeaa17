"""The agenda of competitions: the weeks of the season with what runs in them, its pauses and its public holidays."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import ACTIVE, Entrant
from app.domain.game.competing.taking_part import most_at_once
from app.domain.program import absence, season
from app.domain.program.season import Season

LEAST_WEEKS = 8
MOST_WEEKS = 26


class Week(NamedTuple):
    """A week of the agenda: without `season` it is a pause; `load` is the most that anybody is in on one day of it."""

    dates: Period
    season: Season | None
    closed: Sequence[date]
    competitions: Sequence[Competition]
    load: int


def weeks(program_id: int, competitions: Sequence[Competition], today: date) -> list[Week]:
    """From the first week of the season that runs, or this week, to the last that is planned; half a year at most."""
    seasons = season.all_of(program_id)
    running = next((each for each in seasons if each.first <= today <= each.last), None)
    first = clock.week_of(running.first if running else today).start
    ends = [*(each.last for each in seasons), *(each.last for each in competitions)]
    last = max([*ends, first + (LEAST_WEEKS - 1) * clock.WEEK])
    count = min((clock.week_of(last).start - first) // clock.WEEK + 1, MOST_WEEKS)
    told = [each for each in competitions if each.cancelled_at is None]
    by_person = _taking_part([each.id for each in told])
    dates = [Period(start, start + clock.WEEK) for start in (first + number * clock.WEEK for number in range(count))]
    closed = sorted(absence.closed_days(first, dates[-1].end - clock.DAY))
    return [_week(each, seasons, closed, told, by_person) for each in dates]


def _week(
    dates: Period,
    seasons: Sequence[Season],
    closed: Sequence[date],
    competitions: Sequence[Competition],
    by_person: Sequence[tuple[int, int]],
) -> Week:
    here = [each for each in competitions if each.first < dates.end and each.last >= dates.start]
    return Week(
        dates=dates,
        season=next((each for each in seasons if each.first < dates.end and each.last >= dates.start), None),
        closed=[day for day in closed if day in dates and day.weekday() <= season.FRIDAY],
        competitions=here,
        load=_load(dates, here, by_person),
    )


def _load(dates: Period, here: Sequence[Competition], by_person: Sequence[tuple[int, int]]) -> int:
    days = {each.id: Period(max(each.first, dates.start), each.last + clock.DAY) for each in here if each.published_at}
    theirs: dict[int, list[Period]] = defaultdict(list)
    for person_id, competition_id in by_person:
        if competition_id in days:
            theirs[person_id].append(days[competition_id])
    return max((most_at_once(each) for each in theirs.values()), default=0)


def _taking_part(competition_ids: Sequence[int]) -> Sequence[tuple[int, int]]:
    rows = select(Entrant.person_id, Entrant.competition_id).where(Entrant.competition_id.in_(competition_ids))
    return [(person_id, competition_id) for person_id, competition_id in db.session.execute(rows.where(*ACTIVE))]
