"""A note in Bullhorn is an engagement action here, once: changed when it changes, taken back when it is deleted."""

from datetime import datetime

from app.db import db
from app.domain.actions import action, elsewhere, engagement_action
from app.domain.actions.bullhorn import meaning, people, record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Note, mark
from app.domain.actions.contact import LONGEST_AGO
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.event import Logged, Refusal, Subject

SOURCE = "bullhorn"


def settle(told: Note | None, number: int, now: datetime) -> None:
    """Let what it is now have its effect, however often and in whatever order we hear of it.

    One that changed when it is too old to be logged anew stays as it was; so does one that somebody here took back.
    What is logged of somebody whose number it is no more comes off.
    """
    row = record.hold(Entity.NOTE, number, now)
    if _is_taken_back(row):
        record.took_effect(row, name=row.name)
        return
    if told is None or told.deleted:
        _take_back(row, now)
        record.left_out(row, Reason.DELETED)
        return
    unchanged = row.seen in {mark(told), rough(told)} or told.at < now - LONGEST_AGO
    if row.action_id is not None and unchanged:
        if _is_theirs(row, row.about or told.about):
            record.took_effect(row, name=row.name)
            return
        row.came_off = True
    _take_back(row, now)
    row.seen = mark(told)
    _log(row, told, now)


def rough(told: Note) -> str:
    """The mark of what a file says of a note: to the minute, and in capitals of its own."""
    at = told.at.replace(second=0, microsecond=0)
    return mark(told._replace(name=record.folded(told.name), author=told.author.casefold(), at=at))


def external_id(row: BullhornRecord) -> str:
    """Under which id the action of a note is kept: its number, and behind it how often it was logged anew."""
    return f"{row.number}.{row.revision}" if row.revision else str(row.number)


def _is_taken_back(row: BullhornRecord) -> bool:
    """Whether its action does not count any more, though we did not take it back: then somebody here did."""
    found = db.session.get(EngagementAction, row.action_id or 0, populate_existing=True)
    return found is not None and found.undone_at is not None


def _is_theirs(row: BullhornRecord, about: int | None) -> bool:
    """Whether whoever has the number has what it told, and then by that number."""
    before = row.candidate_id
    return about is None or people.find(row, about) == before


def _take_back(row: BullhornRecord, now: datetime) -> None:
    if row.action_id is not None:
        action.withdraw(row.action_id, now)
        row.action_id, row.revision = None, row.revision + 1


def come_off(row: BullhornRecord, now: datetime) -> None:
    """Its number is no more of whom it was logged of: it is taken back, and waits for whoever has the number.

    What somebody here took back before stays so.
    """
    if _is_taken_back(row):
        row.about = None
        return
    counted = row.action_id is not None
    row.came_off = row.came_off or counted
    _take_back(row, now)
    row.candidate_id = None
    if row.reason == Reason.SOMEBODY_ELSE or (counted and row.again_at is None):
        record.left_out(row, Reason.UNKNOWN_CANDIDATE, name=row.name)


def _log(row: BullhornRecord, told: Note, now: datetime) -> None:
    meant = meaning.one(Entity.NOTE, told.name)
    if told.about is None:
        record.left_out(row, Reason.NOT_A_CANDIDATE, name=told.name)
    elif meant is None:
        record.left_out(row, Reason.UNMAPPED, name=told.name)
    elif meant.means is None:
        record.left_out(row, Reason.PASSED, name=told.name)
    else:
        _log_as(row, told, meant.means, now)


def _log_as(row: BullhornRecord, told: Note, means: str, now: datetime) -> None:
    about = told.about or 0
    them = people.find(row, about)
    if them is None:
        record.left_out(row, Reason.UNKNOWN_CANDIDATE, name=told.name)
        return
    if people.is_somebody_else(about, them):
        record.left_out(row, Reason.SOMEBODY_ELSE, name=told.name)
        return
    name = external_id(row)
    event = Logged(name, Subject(), told.at, told.author, *meaning.action_of(means))
    heard_at = min(now, told.at) if row.came_off else now
    became = elsewhere.log(event, them, now, source=SOURCE, heard_at=heard_at)
    found = engagement_action.recorded(None, SOURCE, name)
    if found is None:
        not_theirs = became.fate is Refusal.UNKNOWN_CANDIDATE
        record.left_out(row, Reason.NOT_THEIRS if not_theirs else became.fate, name=told.name, who=told.author)
        if became.fate is Refusal.IN_THE_FUTURE:
            record.look_at(row, told.at, now)
        return
    row.action_id = found.action_id
    record.took_effect(row, name=told.name)
