"""Which rows of the figures of days are to be written: what was counted anew beside what is kept."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, and_, delete, select
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.clock import Period
from app.db import db
from app.domain.candidates.candidate import Stage
from app.domain.oversight import day_activity
from app.domain.oversight.day_activity import Activity
from app.domain.oversight.day_events import Key, Of, events
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.oversight.day_pool import POOL, Pool
from app.domain.oversight.window import MOST_REACHED, SEEN

STANDING = (
    *(f"{name}:{stage}" for name in POOL for stage in Stage),
    *(f"reached:{times}" for times in range(1, MOST_REACHED + 1)),
    "waiting",
    SEEN,
)
"""The measures that say how the pool stands; a closed day keeps how it stood when it closed."""
DID, FIGURE = (cast("Table", each.__table__) for each in (ActivityDay, FigureDay))
IS_STANDING = FigureDay.measure.in_(STANDING)
SLICE = 400


class Who(NamedTuple):
    day: date
    person_id: int


@dataclass(slots=True)
class Changes:
    """Rows to write, and rows of which nothing is left."""

    did: list[Activity] = field(default_factory=list)
    did_nothing: list[Who] = field(default_factory=list)
    figures: dict[Key, float] = field(default_factory=dict)
    no_figures: list[Key] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.did) + len(self.did_nothing) + len(self.figures) + len(self.no_figures)


def activity(days: Collection[date]) -> Changes:
    """What people did on some days."""
    counted = {Who(each.day, each.person_id): each for each in day_activity.of_days(days)}
    row = ActivityDay
    query = select(row.day, row.person_id, row.actions, row.answered, row.tried).where(row.day.in_(days))
    kept = {Who(each[0], each[1]): Activity(*each) for each in db.session.execute(query)}
    fresh = [each for key, each in counted.items() if kept.get(key) != each]
    return Changes(did=fresh, did_nothing=[key for key in kept if key not in counted])


def happened(days: Period, zone: ZoneInfo, now: datetime) -> Changes:
    """What happened with candidates on the days of a period."""
    on = and_(FigureDay.day >= days.start, FigureDay.day < days.end, ~IS_STANDING)
    return _beside(events(Of([days], zone, now)), on)


def stands(pool: Pool, day: date) -> Changes:
    """How the pool stands on a day."""
    counted = {Key(day, *part): number for part, number in pool.items()}
    return _beside(counted, and_(FigureDay.day == day, IS_STANDING))


def _beside(counted: Mapping[Key, int], kept_on: ColumnElement[bool]) -> Changes:
    query = select(FigureDay.day, FigureDay.measure, FigureDay.team_id, FigureDay.number).where(kept_on)
    kept = {Key(*each[:3]): each[3] for each in db.session.execute(query)}
    fresh = {key: float(number) for key, number in counted.items() if number and kept.get(key) != number}
    return Changes(figures=fresh, no_figures=[key for key in kept if not counted.get(key)])


def write(changes: Changes) -> None:
    """Write them down."""
    for gone in changes.did_nothing:
        db.session.execute(delete(DID).where(DID.c.day == gone.day, DID.c.person_id == gone.person_id))
    for key in changes.no_figures:
        these = FIGURE.c.day == key.day, FIGURE.c.measure == key.measure, FIGURE.c.team_id == key.team_id
        db.session.execute(delete(FIGURE).where(*these))
    _put(DID, [each._asdict() for each in changes.did])
    _put(FIGURE, [key._asdict() | {"number": number} for key, number in changes.figures.items()])


def _put(table: Table, rows: list[dict[str, Any]]) -> None:
    fresh = insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: fresh.excluded[column.name] for column in table.c if not column.primary_key}
    for some in _slices(rows):
        db.session.execute(fresh.on_conflict_do_update(index_elements=keys, set_=rest), some)


def _slices(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for first in range(0, len(rows), SLICE):
        yield rows[first : first + SLICE]


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last moment of a day."""
    return clock.midnight(day + clock.DAY, zone) - datetime.resolution
