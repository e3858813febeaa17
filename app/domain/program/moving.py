"""Moving one's block: a person puts that of this week at another time of the week, at full credit."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app import clock
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.program import absence, occurrence
from app.domain.program.block import DAY_MINUTES
from app.domain.program.block_move import BlockMove


class NotThen(ValueError):  # noqa: N818 - it says what the new time is
    """The block cannot begin then: `why` is past, week, off, late or over."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def move(person: Person, starts_at: datetime, minutes: int, now: datetime) -> BlockMove:
    """Put the block of the present ISO week at another time; a later choice takes the place of an earlier one.

    Raises:
        NotThen: it lies in the past, in another week, on a day off or past midnight, or this week's block is over.
    """
    if why := _refusal(person, starts_at, minutes, now):
        raise NotThen(why)
    week = clock.week_of(clock.local_day(now, the_zone())).start
    when = {"starts_at": starts_at, "minutes": minutes, "moved_at": now}
    put = insert(BlockMove).values(person_id=person.id, week=week, **when)
    key = [BlockMove.person_id, BlockMove.week]
    kept = put.on_conflict_do_update(index_elements=key, set_=when).returning(BlockMove)
    return db.session.scalars(kept, execution_options={"populate_existing": True}).one()


def _refusal(person: Person, starts_at: datetime, minutes: int, now: datetime) -> str:
    zone = the_zone()
    day, week = clock.local_day(starts_at, zone), clock.week_of(clock.local_day(now, zone))
    present = occurrence.in_week(person, week.start)
    local = starts_at.astimezone(zone)
    refusals = {
        "past": starts_at < now,
        "week": day not in week,
        "late": local.hour * 60 + local.minute + minutes > DAY_MINUTES,
        "off": day in absence.closed_days(day, day) | absence.away_on(person.id, day, day),
        "over": present is not None and present.ends <= now,
    }
    return next((why for why, holds in refusals.items() if holds), "")


def put_back(person_id: int, week: date) -> bool:
    """Undo the move of a week; False when there is none."""
    gone = delete(BlockMove).where(BlockMove.person_id == person_id, BlockMove.week == week)
    return db.session.scalar(gone.returning(BlockMove.person_id)) is not None
