"""Where a follow-up block falls in a week: at its own time, moved out of the way of days off, or nowhere."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from app import clock

WEEKDAYS = 5
Moved = Literal["", "own", "holiday", "absence"]
NONE: frozenset[date] = frozenset()


class WeeklyTime(Protocol):
    """A day of the week (Monday = 0), minutes past midnight, and a length in minutes."""

    @property
    def weekday(self) -> int: ...

    @property
    def starts(self) -> int: ...

    @property
    def minutes(self) -> int: ...


class OtherTime(Protocol):
    """When the block of one week begins instead, and how long it lasts."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One block in time; `week` is the Monday of its ISO week, `moved` why it is not at the usual time."""

    starts: datetime
    minutes: int
    week: date
    moved: Moved = ""

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


def place(
    block: WeeklyTime,
    week: date,
    zone: ZoneInfo,
    *,
    closed: Collection[date] = NONE,
    away: Collection[date] = NONE,
    move: OtherTime | None = None,
) -> Occurrence | None:
    """The block of the ISO week that begins on the Monday `week`; None when no day of it is worked.

    Its owner's own choice goes first. Else a block on a closed day (a holiday or a closure) or a day of leave goes to
    the nearest working day before it at the same time, and without one to the nearest after it, in that week.
    """
    if move and clock.local_day(move.starts_at, zone) not in {*closed, *away}:
        return Occurrence(move.starts_at, move.minutes, week, "own")
    usual = week + clock.DAY * block.weekday
    day = _worked(usual, week, {*closed, *away})
    if day is None:
        return None
    why: Moved = "" if day == usual else "holiday" if usual in closed else "absence"
    return Occurrence(clock.wall(day, block.starts, zone), block.minutes, week, why)


def _worked(usual: date, week: date, off: Collection[date]) -> date | None:
    if usual not in off:
        return usual
    days = [week + clock.DAY * number for number in range(WEEKDAYS)]
    before = [day for day in days if day < usual and day not in off]
    after = [day for day in days if day > usual and day not in off]
    return before[-1] if before else after[0] if after else None


def first_week(old_and_new: Iterable[Occurrence | None], now: datetime, zone: ZoneInfo) -> date:
    """The Monday from which another time holds: this week's when neither the old nor the new time has come."""
    monday = clock.week_of(clock.local_day(now, zone)).start
    begun = any(each and each.starts <= now for each in old_and_new)
    return monday + clock.WEEK if begun else monday
