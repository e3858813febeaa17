"""Logging an engagement action, and undoing it: the action, its points and the contact state in one transaction."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypedDict, cast
from zoneinfo import ZoneInfo

from app import clock
from app.db import db
from app.domain.actions import (
    contact_start,
    engagement_action,
    good_news,
    history,
    place,
    promise,
    reply,
    settling_contact,
)
from app.domain.actions.award import Award, PlaceClass, award
from app.domain.actions.contact import Contact, KeyReused, check, plain_rule
from app.domain.actions.engagement_action import EngagementAction, Message, Recorded
from app.domain.actions.outcome import Outcome, better_kind, effect_of
from app.domain.actions.promise import Due
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.candidates import contact_state
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel
from app.domain.game import ledger
from app.domain.program.action_kind import KindRule, rules_on
from app.domain.program.program import Program, the_program

__all__ = ["EngagementAction", "Logged", "log", "may_undo", "record", "undo"]

UNDO_WITHIN = timedelta(hours=24)


class Logged(NamedTuple):
    """What came of logging; not `fresh`: it had been logged before, and this is that action again."""

    action_id: int
    points: int
    reason: str | None
    kind_code: str
    fresh: bool
    promise_id: int | None


class Setting(TypedDict):
    """The agency's zone, its local day and its program."""

    zone: ZoneInfo
    day: date
    program_id: int


class Earning(NamedTuple):
    """What an action earns, and the number that makes the earning unique."""

    award: Award
    nth: int | None


def log(
    actor: Person,
    candidate: Candidate,
    outcome: Outcome,
    *,
    at: datetime,
    now: datetime,
    kind: str | None = None,
    channel: Channel | None = None,
    note: str = "",
    promise_at: datetime | None = None,
    promise_channel: Channel | None = None,
    key: bytes | None = None,
    source: str = "page",
    external_id: str | None = None,
) -> Logged:
    """Record what a person did for a candidate; what it earns is decided here, once. An import may be of any age.

    Raises:
        NotLoggable: its subclass says why; nothing was written.
    """
    check(outcome, at, now, promise_at, source)
    contact = Contact(
        person_id=actor.id,
        team_id=actor.team_id,
        candidate_id=candidate.id,
        outcome=outcome,
        kind=kind,
        at=at,
        now=now,
        channel=channel,
        note=note,
        promise_at=promise_at,
        promise_channel=promise_channel,
        key=key,
        source=source,
        external_id=external_id,
        **_setting(at),
    )
    return record(contact)


def _setting(at: datetime) -> Setting:
    zone, program = the_zone(), cast("Program", the_program())
    return {"zone": zone, "day": clock.local_day(at, zone), "program_id": program.id}


def record(contact: Contact) -> Logged:
    """Hold the person's day and then the candidate's contact state; decide; write. For contacts that a person had."""
    person_id = cast("int", contact.person_id)
    rules = rules_on(contact.program_id, contact.day)
    plain = plain_rule(rules, contact.outcome, contact.kind)
    before = place.count(person_id, plain.kind_id, contact.day)
    state = contact_state.hold(contact.candidate_id)
    if again := _again(contact):
        place.uncount(person_id, plain.kind_id, contact.day)
        return again
    contact = contact_start.finish(contact)
    due = _due(contact, state)
    on_time = promise.on_time(due, contact.day, contact.zone)
    code = contact.kind or better_kind(plain.code, contact.at, state.last_two_way_at, on_time=on_time)
    rule = rules[code]
    if rule is not plain:
        before = place.move(person_id, plain.kind_id, rule.kind_id, contact.day)
    message = _answered(contact)
    earning = Earning(Award(0, "reply"), None) if message else _earning(contact, rule, person_id, before)
    action_id = _write(contact, rule, earning, state)
    promise_id = settling_contact.settle(contact, rule, state, due, action_id)
    good_news.of_contact(contact, rule.code, action_id, earning.award.points)
    if message:
        reply.pay(message, contact.candidate_id, contact.at, contact.day, contact.now, logged_by=action_id)
    return Logged(action_id, earning.award.points, earning.award.reason, rule.code, fresh=True, promise_id=promise_id)


def _again(contact: Contact) -> Logged | None:
    if contact.key is None and contact.external_id is None:
        return None
    found = engagement_action.recorded(contact.key, contact.source, contact.external_id)
    if found is None:
        return None
    same = (contact.person_id, contact.candidate_id, contact.outcome)
    if (found.person_id, found.candidate_id, found.outcome) != same:
        raise KeyReused
    made = promise.made_by(found.action_id)
    if contact.key is not None and not _repeats(contact, found, made):
        raise KeyReused
    promise_id = made.promise_id if made else None
    return Logged(found.action_id, found.points, found.reason, found.kind_code, fresh=False, promise_id=promise_id)


def _repeats(contact: Contact, found: Recorded, made: Due | None) -> bool:
    """Whether a form that is sent again says the same, of an action that still stands: else it would be lost unseen."""
    said = (contact.note, contact.channel or found.channel, contact.kind or found.kind_code, contact.promise_at)
    kept = (found.note or "", found.channel, found.kind_code, made.due_at if made else None)
    return found.undone_at is None and said == kept


def _due(contact: Contact, state: ContactState) -> list[Due]:
    """The promises that this contact answers; the held row tells most candidates' absence of them without a query."""
    next_day = clock.midnight(contact.day + clock.DAY, contact.zone)
    if state.promise_due_at is None or state.promise_due_at >= next_day:
        return []
    return promise.due(contact.candidate_id, next_day)


def _answered(contact: Contact) -> Message | None:
    if contact.outcome is not Outcome.REPLIED:
        return None
    return engagement_action.newest_message(contact.candidate_id, contact.at)


def _earning(contact: Contact, rule: KindRule, person_id: int, before: int) -> Earning:
    times, reversals = ledger.earned(person_id, contact.candidate_id, rule.kind_id, contact.day)
    taken = place.taken(contact.candidate_id, rule.place_class, contact.day) if rule.place_class else ()
    found = award(
        rule.points,
        place_class=cast("PlaceClass | None", rule.place_class),
        earned_today=times > reversals,
        places_taken=taken,
        count_today=before,
    )
    return Earning(found, reversals if found.points else None)


def _write(contact: Contact, rule: KindRule, earning: Earning, state: ContactState) -> int:
    points, reason, number = earning.award
    action_id = engagement_action.insert(contact.row(rule.kind_id, points, reason))
    if action_id is None:
        raise KeyReused
    if number is not None and rule.place_class is not None:
        place.take(action_id, contact.candidate_id, rule.place_class, contact.day, number)
    effect = effect_of(contact.outcome, rule.code, rule.place_class, two_way=rule.two_way)
    history.apply(state, effect, contact.at, contact.person_id, contact.where)
    if contact.outcome is Outcome.DO_NOT_CONTACT:
        state.do_not_contact_at = state.do_not_contact_at or contact.at
    contact_state.save(state)
    if points or reason:
        ledger.credit(**cast("Any", contact.entry(rule, points, reason, earning.nth, action_id)))
    return action_id


def undo(actor: Person, action_id: int, now: datetime) -> EngagementAction | None:
    """Take back one's own action within a day of logging it (an administrator: any); undoing twice is undoing once.

    None when there is no such action or it is not one's own to undo.
    """
    found = db.session.get(EngagementAction, action_id, populate_existing=True)
    if found is None or not may_undo(actor, found, now):
        return None
    if found.person_id is not None:
        place.hold(found.person_id, found.local_date)
    contact_state.hold(found.candidate_id)
    if not engagement_action.mark_undone(action_id, actor.id, now):
        return found
    if found.person_id is not None:
        place.uncount(found.person_id, found.kind_id, found.local_date)
    place.free(action_id, now)
    ledger.reverse("action", action_id, by_id=actor.id, now=now)
    reply.take_back(action_id, actor.id, now)
    settling_contact.undo(found, actor.id, now)
    good_news.undone(action_id, now)
    history.rebuild(found.candidate_id)
    db.session.refresh(found)
    return found


def may_undo(actor: Person, found: EngagementAction, now: datetime) -> bool:
    """Whether somebody may still take an action back."""
    return actor.role == Role.ADMIN or (found.person_id == actor.id and now - found.recorded_at <= UNDO_WITHIN)
