"""The sponsor's figures of a scope: every measure now, in the period before and in the pauses, and twelve weeks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app import clock
from app.clock import Period
from app.domain.actions.block_week import BlockWeek
from app.domain.oversight import day_reading, staff_shares
from app.domain.oversight.day_mark import Known
from app.domain.oversight.day_pool import Part, Pool
from app.domain.oversight.day_reading import Source
from app.domain.oversight.funnel import StageFigures, funnel
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.scope import Scope
from app.domain.oversight.staff_shares import Share, Staff, Tells, until
from app.domain.oversight.team_blocks import Attendance, attendance
from app.domain.oversight.week import WEEKS, Week, WeekFigures
from app.domain.oversight.window import COUNTED, FEWEST, OF_PEOPLE, Value, Window, stood, value

DAYS, BEFORE, PAUSES, LAST_WEEK, THIS_WEEK = "days", "before", "pauses", "last week", "this week"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in the period, in the one before, and in the pauses at the period's pace; `hidden`: of few people."""

    code: str
    value: Value
    before: Value = None
    pause: Value = None
    hidden: bool = False

    @property
    def change(self) -> float | None:
        """Since the period before."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def is_welcome(self) -> bool | None:
        """Whether it went where it should; None when it stayed."""
        return (self.change > 0) == MEASURES[self.code].good_if_more if self.change else None


@dataclass(frozen=True, slots=True)
class SponsorFigures:
    """`told`: figures about people may be told. `attended`: by team and Monday, of the last twelve weeks."""

    scope: Scope
    staff: Staff
    told: bool
    named: bool
    windows: Sequence[Window]
    figures: Mapping[str, Figure]
    weeks: Sequence[Week]
    this_week: Share
    last_week: Share
    attended: Attendance

    @property
    def now(self) -> Window:
        return self.windows[0]

    @property
    def any_actions(self) -> bool:
        return any(week.done.actions for week in self.weeks)

    @property
    def tells_weeks(self) -> bool:
        """Whether it may be told what was done in each week; that nothing was done is told of nobody."""
        return self.told or not self.any_actions

    @property
    def stages(self) -> list[StageFigures]:
        return funnel(*self.windows[:2])

    def untold(self, monday: date) -> set[int]:
        """The teams of whose blocks in a week nothing is told, because it would tell of fewer than five people."""
        if self.named:
            return set()
        had = {team: kept.blocks for (team, week), kept in self.attended.items() if week == monday}
        last, scope = min(clock.week_of(monday).end - clock.DAY, self.scope.today), self.scope
        return self.staff.untold(had) | self.staff.small(last, until(scope, last))

    def standing(self, name: str) -> int:
        """How many of the pool stand so now, all stages together."""
        return int(stood(self.now, name) or 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was read: in each window, at the end of days, on each day, in each week, and of the blocks."""

    scope: Scope
    happened: Sequence[Pool]
    stood: Mapping[date, Pool]
    done: Mapping[date, Sequence[int]]
    shares: Mapping[str, Share]
    attended: Attendance

    @property
    def is_of_few(self) -> bool:
        """Whether the answers of these teams, or those of all others, are of fewer than five candidates."""
        if self.scope.teams is None:
            return False
        by_team = Counter[int]()
        for key, number in self.happened[0].items():
            by_team[key.team_id] += number if key.measure.startswith("face:") else 0
        part, rest = (sum(n for team, n in by_team.items() if self.scope.holds(team) == mine) for mine in (True, False))
        few = staff_shares.hidden({team: number for team, number in by_team.items() if number})
        return part < FEWEST or 0 < rest < FEWEST or (len(self.scope.teams) == 1 and bool(few & self.scope.teams))


def figures(scope: Scope, staff: Staff, known: Known, waiting: Pool, *, named: bool) -> SponsorFigures:
    """All of them, in five questions where days are kept."""
    source, mondays = Source(scope, known), last_mondays(scope)
    tells = Tells(scope=scope, staff=staff, named=named)
    told = tells.of(scope.today)
    happened = day_reading.happened(source)
    stood = day_reading.standing(source, waiting, [monday + 6 * clock.DAY for monday in mondays[:-1]])
    every = [*(days for window in scope.windows for days in window), Period(mondays[0], scope.today + clock.DAY)]
    found = Counted(
        scope=scope,
        happened=happened,
        stood=stood,
        done={day: numbers for day, *numbers in day_reading.of_days(source, every)},
        shares=staff_shares.shares(_asked(scope, mondays), source.did(every), staff, scope),
        attended=attendance(day_reading.within(BlockWeek.week, every)),
    )
    windows = [_window(found, periods, happened[number]) for number, periods in enumerate(scope.windows)]
    parts = [found.shares[name] for name in (DAYS, BEFORE, PAUSES)]
    windows = [replace(each, **part._asdict()) for each, part in zip(windows, parts, strict=True)]
    return SponsorFigures(
        scope=scope,
        staff=staff,
        told=told,
        named=named,
        windows=windows,
        figures={code: _figure(code, windows, found, tells) for code in MEASURES},
        weeks=[_week(found, monday, tells) for monday in mondays],
        this_week=found.shares[THIS_WEEK],
        last_week=found.shares[LAST_WEEK],
        attended={key: kept for key, kept in found.attended.items() if key[1] >= mondays[0]},
    )


def last_mondays(scope: Scope) -> list[date]:
    """Of the last twelve weeks, the running one last."""
    this = clock.week_of(scope.today).start
    return [this - clock.WEEK * back for back in range(WEEKS - 1, -1, -1)]


def of_teams(pool: Pool | None, scope: Scope) -> Counter[str]:
    """What there is of the teams of a scope, by measure."""
    found = Counter[str]()
    for part, number in (pool or {}).items():
        if scope.holds(part.team_id) or part.measure == "seen":
            found[part.measure] += number
    return found


def _asked(scope: Scope, mondays: Sequence[date]) -> Mapping[str, tuple[Period, ...]]:
    weeks = {str(monday): (clock.week_of(monday),) for monday in mondays}
    windows = zip((DAYS, BEFORE, PAUSES), map(staff_shares.weeks_of, scope.windows), strict=True)
    return {**dict(windows), **weeks, THIS_WEEK: weeks[str(mondays[-1])], LAST_WEEK: weeks[str(mondays[-2])]}


def _window(found: Counted, periods: Sequence[Period], happened: Pool) -> Window:
    scope = found.scope
    mine = [numbers for day, numbers in found.done.items() if any(day in each for each in periods)]
    held = found.attended.items()
    blocks = [kept for (team, week), kept in held if scope.holds(team) and any(week in each for each in periods)]
    return Window(
        happened=of_teams(happened, scope),
        standing=_standing(found, _last_day(periods)) if periods else None,
        kept=sum(each.kept for each in blocks),
        blocks=sum(each.blocks for each in blocks),
        answered=sum(numbers[1] for numbers in mine),
        tried=sum(numbers[2] for numbers in mine),
    )


def _standing(found: Counted, day: date) -> Counter[str] | None:
    """Of the teams of the scope at the end of a day; an empty pool is one of today, and not known of another."""
    stood = found.stood.get(day, Counter[Part]())
    is_known = day == found.scope.today or any(part.measure.startswith("candidates:") for part in stood)
    return of_teams(stood, found.scope) if is_known else None


def _figure(code: str, windows: Sequence[Window], found: Counted, tells: Tells) -> Figure:
    scope = found.scope
    if tells.closed or (code in OF_PEOPLE and (not tells.now or (scope.whose is not None and code != "two_way"))):
        return Figure(code, None, hidden=True)
    if code == "satisfaction" and found.is_of_few:
        return Figure(code, None, hidden=True)
    now, before, pause = (
        value(code, window) if periods and tells.told_of(code, _last_day(periods)) else None
        for window, periods in zip(windows, scope.windows, strict=True)
    )
    days = sum((each.end - each.start).days for each in scope.pauses)
    if code in COUNTED and pause is not None:
        pause = round(pause * scope.length / days, 1)
    return Figure(code, now, before, pause)


def _last_day(periods: Sequence[Period]) -> date:
    return periods[-1].end - clock.DAY


def _week(found: Counted, monday: date, tells: Tells) -> Week:
    scope, week = found.scope, clock.week_of(monday)
    days = [numbers for day, numbers in found.done.items() if day in week]
    answered = sum(numbers[1] for numbers in days)
    figures = WeekFigures(monday, answered, sum(numbers[0] for numbers in days) - answered)
    last = min(week.end - clock.DAY, scope.today)
    told = tells.of(scope.today) and tells.of(last)
    part = found.shares[str(monday)] if told and scope.whose is None else None
    standing = _standing(found, last) if tells.told_of("coverage", last) else None
    return Week(figures, told or not figures.actions, part, Window(standing=standing))
