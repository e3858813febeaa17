"""The follow-up block: the weekly time that the agency reserves for its candidates."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db

DAY_MINUTES = 24 * 60
BEGINNING = date(1970, 1, 5)
"""A Monday before any program: a block that was never changed."""


class Block(Base):
    """`weekday` counts from Monday = 0; `starts` is in minutes past midnight of the agency's wall clock.

    One row holds from the ISO week that begins on `from_week` until a later one of the same scope: a person, a team,
    or, without either, everybody. The nearest scope counts. `given_up`: from then on the wider scope's counts again.
    """

    __tablename__ = "block"
    __table_args__ = (
        Index(None, "program_id", "from_week"),
        Index(None, "person_id", "from_week"),
        Index(None, "team_id", "from_week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    weekday: Mapped[int] = mapped_column(default=4)
    starts: Mapped[int] = mapped_column(default=14 * 60 + 30)
    minutes: Mapped[int] = mapped_column(default=45)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    from_week: Mapped[date] = mapped_column(default=BEGINNING)
    given_up: Mapped[bool] = mapped_column(default=False)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    set_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


def move(block: Block, weekday: int, starts: int, minutes: int) -> None:
    """Reserve another time of the week.

    Raises:
        ValueError: the block would not lie within one day.
    """
    if not 0 <= weekday <= 6 or starts < 0 or minutes < 1 or starts + minutes > DAY_MINUTES:  # noqa: PLR2004 - Sunday
        raise ValueError("a block lies within one day")
    block.weekday, block.starts, block.minutes = weekday, starts, minutes


def start_in_week(block: Block, day: date, zone: ZoneInfo) -> datetime:
    """When the block begins in the ISO week of a local day, by the wall clock on both sides of a clock change."""
    return clock.wall(clock.week_of(day).start + clock.DAY * block.weekday, block.starts, zone)


def next_start(block: Block, zone: ZoneInfo, now: datetime) -> datetime:
    """When the running block began, or else when the next one begins."""
    today = clock.local_day(now, zone)
    starts = (start_in_week(block, today + clock.WEEK * week, zone) for week in (-1, 0, 1))
    return next(start for start in starts if now < start + block.length)


def inside(block: Block, zone: ZoneInfo, moment: datetime) -> bool:
    """Whether a block is running at a moment."""
    return next_start(block, zone, moment) <= moment


def the_block(program_id: int) -> Block:
    """The program's block; every program has one from its beginning."""
    return db.session.scalars(select(Block).where(Block.program_id == program_id)).one()
