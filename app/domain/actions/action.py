"""Logging an engagement action, and undoing it: the action, its points and the contact state in one transaction."""

from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack, cast
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.domain.actions import (
    engagement_action,
    good_news,
    history,
    outside_news,
    place,
    reply,
    settling_contact,
    verification,
)
from app.domain.actions.contact import Contact, check, check_whose
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.recording import Logged, record
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.candidates import changed, contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Channel
from app.domain.game import ledger
from app.domain.program.kind_rule import rules_on
from app.domain.program.program import Program, the_program

__all__ = ["EngagementAction", "Logged", "log", "may_undo", "record", "undo"]

UNDO_WITHIN = timedelta(hours=24)
PAGE = "page"


class Setting(TypedDict):
    """The agency's zone, its local day and its program."""

    zone: ZoneInfo
    day: date
    program_id: int


class Said(TypedDict, total=False):
    """What may be said of an action besides, as a contact has it."""

    channel: Channel | None
    note: str
    promise_at: datetime | None
    promise_channel: Channel | None
    key: bytes | None
    source: str
    external_id: str | None


def log(
    actor: Person,
    candidate: Candidate,
    outcome: Outcome,
    *,
    at: datetime,
    now: datetime,
    kind: str | None = None,
    heard_at: datetime | None = None,
    **said: Unpack[Said],
) -> Logged:
    """Record what a person did for a candidate; what it earns is decided here, once. An import may be of any age.

    `heard_at`: when it was heard of first, if that was before.

    Raises:
        NotLoggable: its subclass says why; nothing was written.
    """
    check(outcome, at, heard_at or now, said.get("promise_at"), said.get("source", PAGE))
    contact = Contact(
        person_id=actor.id,
        team_id=actor.team_id,
        candidate_id=candidate.id,
        outcome=outcome,
        kind=kind,
        at=at,
        now=now,
        **said,
        **_setting(at),
    )
    return record(_theirs_to_log(actor, contact))


def _theirs_to_log(actor: Person, contact: Contact) -> Contact:
    check_whose(rules_on(contact.program_id, contact.day), contact.kind, actor.role)
    return contact


def _setting(at: datetime) -> Setting:
    zone, program = the_zone(), cast("Program", the_program())
    return {"zone": zone, "day": clock.local_day(at, zone), "program_id": program.id}


def undo(actor: Person, action_id: int, now: datetime) -> EngagementAction | None:
    """Take back one's own action within a day of logging it (an administrator: any); undoing twice is undoing once.

    None when there is no such action or it is not one's own to undo.
    """
    found = db.session.get(EngagementAction, action_id, populate_existing=True)
    if found is None or not may_undo(actor, found, now):
        return None
    return _undo(found, actor.id, now)


def withdraw(action_id: int, now: datetime) -> EngagementAction | None:
    """Take back what whoever logged it took back in the system where they did, whenever that was."""
    found = db.session.get(EngagementAction, action_id, populate_existing=True)
    if found is None or found.person_id is None:
        return None
    return _undo(found, found.person_id, now)


def _undo(found: EngagementAction, by_id: int, now: datetime) -> EngagementAction:
    action_id = found.id
    if found.person_id is not None:
        place.hold(found.person_id, found.local_date)
    contact_state.hold(found.candidate_id)
    if not engagement_action.mark_undone(action_id, by_id, now):
        return found
    if found.person_id is not None:
        place.uncount(found.person_id, found.kind_id, found.local_date)
    place.free(action_id, now)
    ledger.reverse("action", action_id, by_id=by_id, now=now)
    reply.take_back(action_id, by_id, now)
    verification.take_back(found, by_id, now)
    settling_contact.undo(found, by_id, now)
    good_news.undone(action_id, now)
    outside_news.taken_back(found, now)
    history.rebuild(found.candidate_id)
    if found.outcome == Outcome.DO_NOT_CONTACT:
        changed.note([found.candidate_id], now)
    db.session.refresh(found)
    return found


def may_undo(actor: Person, found: EngagementAction, now: datetime) -> bool:
    """Whether somebody may still take an action back."""
    return actor.role == Role.ADMIN or (found.person_id == actor.id and now - found.recorded_at <= UNDO_WITHIN)
