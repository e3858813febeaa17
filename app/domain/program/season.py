"""A season: the weeks in which a board runs before everybody starts again, with a pause after it."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency import presence
from app.domain.agency.agency import the_zone
from app.domain.program import absence
from app.domain.program.program import rhythm_changed, the_program

LONGEST = 366
MOST = 500
GRACE_ENDS = 12 * 60
LONGEST_BREAK = timedelta(days=60)
FRIDAY = 4


class Season(Base):
    """From `first` to `last`, both included; seasons do not overlap, the days between them are a pause."""

    __tablename__ = "season"
    __table_args__ = (UniqueConstraint("program_id", "first"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    name: Mapped[str] = mapped_column(String(60))
    first: Mapped[date]
    last: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Overlaps(ValueError):  # noqa: N818 - it says which rule stands in the way
    """Another season has some of these days: `other`."""

    def __init__(self, other: Season) -> None:
        self.other = other


class NotASeason(ValueError):  # noqa: N818 - it says what the days are
    """The last day is before the first, or more than a year after it."""


class SeasonOver(ValueError):  # noqa: N818 - it says which rule stands in the way
    """The season is closed: its days are history."""


class Span(NamedTuple):
    """The days of a season, the last not included, and the moment from which it takes nothing more."""

    season_id: int
    dates: clock.Period
    closes_at: datetime


class Pause(NamedTuple):
    """The days after a season; `until` is when the next one begins, None: none is planned."""

    since: date
    until: date | None


def add(program_id: int, name: str, first: date, last: date, *, by_id: int | None, now: datetime) -> Season:
    """A new season.

    Raises:
        NotASeason, Overlaps: these cannot be its days.
    """
    _check(program_id, first, last, None)
    row = Season(program_id=program_id, name=name, first=first, last=last, made_by_id=by_id, made_at=now)
    db.session.add(row)
    _changed(first, last)
    return row


def change(season: Season, name: str, first: date, last: date, now: datetime) -> None:
    """Another name or other days; of a season that is closed only the name.

    Raises:
        NotASeason, Overlaps, SeasonOver: these cannot be its days.
    """
    if (first, last) != (season.first, season.last):
        if now >= closes_at(season):
            raise SeasonOver
        _check(season.program_id, first, last, season)
    before = season.first, season.last
    season.name, season.first, season.last = name, first, last
    _changed(min(before[0], first), max(before[1], last))


def drop(season: Season, today: date) -> None:
    """Take back a season that has not begun.

    Raises:
        SeasonOver: it has.
    """
    if season.first <= today:
        raise SeasonOver
    db.session.delete(season)
    _changed(season.first, season.last)


def _check(program_id: int, first: date, last: date, own: Season | None) -> None:
    if not 0 <= (last - first).days < LONGEST:
        raise NotASeason
    touching = select(Season).where(Season.program_id == program_id, Season.first <= last, Season.last >= first)
    other = next((each for each in db.session.scalars(touching) if each is not own), None)
    if other is not None:
        raise Overlaps(other)


def _changed(first: date, last: date) -> None:
    db.session.flush()
    rhythm_changed()
    presence.changed(presence.EVERYBODY, first, last)


def at(program_id: int, day: date) -> Season | None:
    """The season that a day is in."""
    holds = Season.program_id == program_id, Season.first <= day, Season.last >= day
    return db.session.scalar(select(Season).where(*holds).limit(1))


def current(program_id: int, day: date) -> Season | None:
    """The season that a day is in; in a pause the one before it."""
    begun = select(Season).where(Season.program_id == program_id, Season.first <= day)
    return db.session.scalar(begun.order_by(Season.first.desc()).limit(1))


def all_of(program_id: int) -> list[Season]:
    """The seasons of a program, newest first."""
    rows = select(Season).where(Season.program_id == program_id).order_by(Season.first.desc())
    return list(db.session.scalars(rows.limit(MOST)))


def closes_at(season: Season) -> datetime:
    """From this moment on the season takes nothing more: noon of the next working day after its last day."""
    return grace_ends(season.last, the_zone())


def grace_ends(last: date, zone: ZoneInfo) -> datetime:
    """Noon of the next working day after a last day: until then what was done by that day can be logged."""
    closed = absence.closed_days(last, last + LONGEST_BREAK)
    day = last + clock.DAY
    while (day.weekday() > FRIDAY or day in closed) and day < last + LONGEST_BREAK:
        day += clock.DAY
    return clock.wall(day, GRACE_ENDS, zone)


def closed_for(program_id: int, local_date: date, now: datetime) -> Season | None:
    """The season that a day is in, when it takes nothing more: what is recorded now counts in other periods only."""
    span = span_of(program_id, local_date)
    return at(program_id, local_date) if span and now >= span.closes_at else None


def span_of(program_id: int, day: date) -> Span | None:
    """The season that a day is in, without asking the database again for what has not changed."""
    return next((span for span in spans(program_id) if day in span.dates), None)


def pause_at(program_id: int, day: date) -> Pause | None:
    """The pause that a day is in; None within a season, and before the first."""
    dates = [span.dates for span in spans(program_id)]
    over = [each.end for each in dates if each.end <= day]
    if not over or any(day in each for each in dates):
        return None
    return Pause(over[-1], next((each.start for each in dates if each.start > day), None))


def spans(program_id: int) -> tuple[Span, ...]:
    """All seasons of a program, oldest first."""
    program = the_program()
    mark = program.rhythm if program else None
    return _spans(mark, program_id, the_zone()) if mark else ()


@lru_cache(maxsize=32)
def _spans(_mark: str, program_id: int, zone: ZoneInfo) -> tuple[Span, ...]:
    rows = select(Season).where(Season.program_id == program_id).order_by(Season.first).limit(MOST)
    return tuple(
        Span(row.id, clock.Period(row.first, row.last + clock.DAY), grace_ends(row.last, zone))
        for row in db.session.scalars(rows)
    )
