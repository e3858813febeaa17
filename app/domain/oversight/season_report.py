"""The season report: what a season brought beside the weeks without one, of what earns points and of what does not."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from statistics import fmean
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Subquery, func, select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.game import availability
from app.domain.oversight import day_activity
from app.domain.oversight.day_counting import IS_STANDING
from app.domain.oversight.day_events import A_DAY, Of, events
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.oversight.day_mark import Known
from app.domain.oversight.uplift import Uplift, uplift
from app.domain.oversight.window import FEWEST, starting
from app.domain.program.season import Season

Counts = Mapping[str, float]


class Line(NamedTuple):
    """The mean week of the season and of the pauses; `uplift` None: not enough data. `hidden`: of few people."""

    code: str
    rewarded: bool
    during: float | None = None
    between: float | None = None
    uplift: Uplift | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SeasonReport:
    """`weeks` whole weeks of the season that are over, beside `pauses` whole weeks between seasons before its end."""

    season: Season
    weeks: int
    pauses: int
    lines: Sequence[Line]

    @property
    def rewarded(self) -> list[Line]:
        return [each for each in self.lines if each.rewarded]

    @property
    def unrewarded(self) -> list[Line]:
        return [each for each in self.lines if not each.rewarded]


@dataclass(frozen=True, slots=True)
class Week:
    """What was counted in seven days; `days` are the working days of all recruiters together, without leave."""

    counts: Counts
    days: int


def report(
    season: Season, seasons: Sequence[Season], known: Known, *, now: datetime, zone: ZoneInfo, named: bool
) -> SeasonReport:
    """The report as it stands; of a running season, of its weeks that are over. `named`: people may be named."""
    today = clock.local_day(now, zone)
    during = whole_weeks(Period(season.first, min(season.last + clock.DAY, today)))
    between = [each for pause in pauses(seasons, today) if pause.start <= season.last for each in whole_weeks(pause)]
    weeks, people = _counted(during, between, Of([], zone, now), known)
    told = named or people >= FEWEST
    return SeasonReport(season, len(during), len(between), [_line(code, weeks, told=told) for code in VALUES])


def _line(code: str, weeks: tuple[list[Week], list[Week]], *, told: bool) -> Line:
    if code in OF_PEOPLE and not told:
        return Line(code, code in REWARDED, hidden=True)
    during, between = ([found for week in part if (found := VALUES[code](week)) is not None] for part in weeks)
    return Line(code, code in REWARDED, _mean(during), _mean(between), uplift(during, between))


def _mean(weeks: Sequence[float]) -> float | None:
    return fmean(weeks) if weeks else None


def _counted(
    during: Sequence[Period], between: Sequence[Period], of: Of, known: Known
) -> tuple[tuple[list[Week], list[Week]], int]:
    """What was counted in the weeks of the season and in those of pauses, and how many recruiters it is of at least."""
    every, people = [*during, *between], _recruiters()
    if not during:
        return ([], []), len(people)
    span = Period(min(each.start for each in every), max(each.end for each in every))
    days, worked = _by_day(replace(of, periods=[span]), span, known), availability.open_days(people, span)
    during_weeks, between_weeks = ([_week(each, days, worked) for each in part] for part in (during, between))
    return (during_weeks, between_weeks), min(_who_worked(part, worked) for part in (during, between) if part)


def _who_worked(weeks: Sequence[Period], worked: Mapping[int, frozenset[date]]) -> int:
    """How many could work on any day of these weeks: whoever left before them is not among whom they tell of."""
    return sum(any(day in week for week in weeks for day in days) for days in worked.values())


def _week(period: Period, days: Mapping[date, Counter[str]], worked: Mapping[int, frozenset[date]]) -> Week:
    counts = Counter[str]()
    for day, counted in days.items():
        if day in period:
            counts.update(counted)
    return Week(counts, sum(day in period for open_days in worked.values() for day in open_days))


def _recruiters() -> Sequence[int]:
    """Everybody who was one, also who left: what they did is among the figures."""
    return db.session.scalars(select(Person.id).where(Person.role == Role.RECRUITER).order_by(Person.id)).all()


def _by_day(of: Of, span: Period, known: Known) -> Mapping[date, Counter[str]]:
    """What was counted on each day: as it is kept, or, where it is not, from the rows."""
    found: dict[date, Counter[str]] = defaultdict(Counter)
    did = (
        _kept_activity(span) if known.holds(span.start) else day_activity.counted(day_activity.within(span)).subquery()
    )
    sums = select(did.c.day, func.sum(did.c.actions), func.sum(did.c.answered)).group_by(did.c.day)
    for day, actions, answered in db.session.execute(sums):
        found[day] += Counter(actions=int(actions), answered=int(answered))
    if known.holds(span.start):
        row = FigureDay
        query = select(row.day, row.measure, func.sum(row.number)).where(row.day >= span.start, row.day < span.end)
        for day, name, number in db.session.execute(query.where(~IS_STANDING).group_by(row.day, row.measure)):
            found[day][name] += int(number)
        return found
    for key, number in events(of).items():
        found[key.day][key.measure] += number
    return found


def _kept_activity(span: Period) -> Subquery:
    row = ActivityDay
    return select(row.day, row.actions, row.answered).where(row.day >= span.start, row.day < span.end).subquery()


def pauses(seasons: Sequence[Season], today: date) -> list[Period]:
    """The days between one season and the next, as far as they are over, and those since the last."""
    spans = sorted((Period(each.first, each.last + clock.DAY) for each in seasons), key=lambda each: each.start)
    starts = [*(each.start for each in spans[1:]), today]
    ends = [each.end for each in spans]
    found = (Period(end, min(start, today)) for end, start in zip(ends, starts, strict=True))
    return [each for each in found if each.start < each.end]


def whole_weeks(period: Period) -> list[Period]:
    """Seven days each, from the first day on; what is left over is no week."""
    number = max((period.end - period.start) // clock.WEEK, 0)
    starts = [period.start + clock.WEEK * each for each in range(number + 1)]
    return [Period(one, other) for one, other in pairwise(starts)]


def _each_day(name: str) -> Callable[[Week], float | None]:
    """Of a recruiter on a working day."""
    return lambda week: week.counts.get(name, 0) / week.days if week.days else None


def _number(name: str) -> Callable[[Week], float | None]:
    return lambda week: week.counts.get(name, 0)


def _faces(week: Week) -> float | None:
    faces = {int(face): times for face, times in starting(week.counts, "face").items()}
    answers = sum(faces.values())
    return sum(face * times for face, times in faces.items()) / answers if answers >= FEWEST else None


def _within_a_day(week: Week) -> float | None:
    words = {int(hours): times for hours, times in starting(week.counts, "word").items()}
    turns = sum(words.values())
    return sum(times for hours, times in words.items() if hours < A_DAY) * 100 / turns if turns else None


VALUES: Mapping[str, Callable[[Week], float | None]] = MappingProxyType(
    {
        "actions": _each_day("actions"),
        "answered": _each_day("answered"),
        "rescued": _number("rescued"),
        "placements": _number("placed"),
        "redeployments": _number("redeployed"),
        "referrals": _number("referred"),
        "word_in_a_day": _within_a_day,
        "satisfaction": _faces,
    }
)
"""What each figure of the report is in a week; None where there was nothing of which it could be one."""
REWARDED = frozenset({"actions", "answered", "rescued"})
"""What earns points in itself. Of the others a game that only moves points would change nothing."""
OF_PEOPLE = frozenset({"actions", "answered"})
