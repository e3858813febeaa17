"""Whom a record of Bullhorn's concerns is held before the record: the days of who logged it, then the candidates.

So does whoever logs, forgets or merges, and no two of them wait for each other.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import place
from app.domain.actions.bullhorn import people
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Human, Note, Placement, Submission
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency import person
from app.domain.agency.agency import the_zone
from app.domain.candidates import contact_state

Days = set[tuple[int, date]]


def begin(row_id: int) -> None:
    """Before one that is known is held."""
    days, candidate_ids = _before(row_id)
    _hold(days, candidate_ids)


def begin_of(entity: Entity, number: int, told: object, whom: Human | None = None) -> None:
    """Before one is held of which this is told; `whom`: whom it is about, while nobody here has their number."""
    mine = BullhornRecord.entity == entity, BullhornRecord.number == number
    days, candidate_ids = _before(db.session.scalar(select(BullhornRecord.id).where(*mine)))
    if isinstance(told, Note):
        days |= _day_of(told)
    _hold(days, candidate_ids | _meant(told, whom))


def _before(row_id: int | None) -> tuple[Days, set[int]]:
    """What it is of until now."""
    row, action = BullhornRecord, EngagementAction
    facts = select(row.candidate_id, action.person_id, action.local_date, action.candidate_id)
    found = db.session.execute(facts.outerjoin(action, action.id == row.action_id).where(row.id == row_id)).first()
    if found is None:
        return set(), set()
    candidate_id, by_id, day, logged_of = found
    days = {(by_id, day)} if by_id is not None else set()
    return days, {each for each in (candidate_id, logged_of) if each is not None}


def _day_of(told: Note) -> Days:
    by = person.by_email(told.author) if told.author else None
    return {(by.id, clock.local_day(told.at, the_zone()))} if by else set()


def _meant(told: object, whom: Human | None) -> set[int]:
    found = people.meant(told) if isinstance(told, Human) else None
    if isinstance(told, Note | Submission | Placement) and told.about is not None:
        found = people.known(told.about) or (people.meant(whom) if whom else None)
    return {found} if found is not None else set()


def _hold(days: Days, candidate_ids: Collection[int]) -> None:
    for by_id, day in sorted(days):
        place.hold(by_id, day)
    if candidate_ids:
        contact_state.hold_many(candidate_ids)
