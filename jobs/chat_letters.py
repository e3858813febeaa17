"""Turns a row of the outbox into a message to a chat, if it may still go there: everything is asked again."""

from collections.abc import Callable
from datetime import datetime

from app.chat import Link, Message
from app.db import db
from app.domain.actions import alert_mail, alert_topic, alerting, reachable, reminder
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.game.competing import announcing
from app.domain.notices import catalogue, chat_owner, preference
from app.domain.notices.alert import AlertKind
from app.domain.notices.chat_target import ChatTarget
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Way
from app.domain.notices.recipient import name_person
from app.domain.program import block_starting
from app.domain.program.program import program_name
from app.language import current, in_language
from app.language import gettext as _
from app.mail import public_url
from app.words import alerts, chats, contest_letters, weekly_reminder
from app.words.program import wall_time
from app.words.reasons import given_name
from jobs import chat_contests
from jobs import contest_letters as contests
from jobs.unsent import Later, Skip

Written = Message | Skip | Later
NO_LONGER = Skip("it is no longer so")


def compose(row: OutboxRow, now: datetime) -> tuple[ChatTarget, Message] | Skip | Later:
    """The message and where it goes, or why it need not go any more, or not now."""
    target = chat_owner.named(row.recipient)
    if target is None:
        return Skip("the chat was removed")
    if target.paused_at is not None and row.kind != catalogue.CHAT_TEST:
        return Skip("the chat is paused")
    person = db.session.get(Person, target.person_id) if target.person_id is not None else None
    refusal = _refusal(row, person, now) if person else None
    if refusal:
        return refusal
    agency = the_agency()
    with in_language((person and person.language) or (agency.language if agency else "nl")):
        message = _written(row, target, person, now)
    return (target, message) if isinstance(message, Message) else message


def _refusal(row: OutboxRow, person: Person, now: datetime) -> Skip | Later | None:
    """Why somebody is not told it, or not now, in a chat of their own."""
    if not person.is_active:
        return Skip("the recipient has left")
    if preference.is_unsubscribed(name_person(person.id), row.kind, Way.CHAT):
        return Skip("unsubscribed")
    when = reachable.when(person.id, row.kind, now, row.not_after)
    if isinstance(when, reachable.Why):
        return Skip(when)
    return Later(when) if when > now else None


def _written(row: OutboxRow, target: ChatTarget, person: Person | None, now: datetime) -> Written:
    if row.kind == catalogue.CHAT_TEST:
        return _test(target)
    opens = alerting.next_opening(now)
    if person is not None:
        return OWN[row.kind](row, person, now) if opens <= now else Later(opens)
    if row.kind == catalogue.BLOCK_STARTS:
        return _block(target, now)
    return (chat_contests.for_all(row, now) or NO_LONGER) if opens <= now else Later(opens)


def _test(target: ChatTarget) -> Message:
    url = public_url("/notices/chats")
    return Message(chats.test_title(program_name()), [chats.test_line(target.label)], [Link(_("Chats"), url)])


def _block(target: ChatTarget, now: datetime) -> Message | Skip:
    block = block_starting.starting(target.team_id, now)
    if block is None:
        return Skip("the block is another one by now")
    start = Link(_("Start my follow-up block"), public_url("/block"))
    return Message(chats.block_title(block, now), [chats.block_line()], [start])


def _alert(row: OutboxRow, person: Person, now: datetime) -> Message | Skip:
    """No more than a given name and where the rest stands: more people may read along in a chat than know them."""
    topics = alert_mail.topics_of(row, now, name_person(person.id), Way.CHAT)
    if not topics:
        return NO_LONGER
    said = [alerts.headline_of(AlertKind(topic.alerts[0].kind), given_name(topic.candidate)) for topic in topics]
    urls = [public_url(f"/candidates/{topic.candidate.id}") for topic in topics]
    if len(topics) == 1:
        return Message(said[0], links=[Link(_("Look at it"), urls[0])])
    return Message(alerts.subject(topics), links=[Link(*each) for each in zip(said, urls, strict=True)])


def _competition(row: OutboxRow, person: Person, now: datetime) -> Written:
    said = contests.told(row, person.id, current(), now)
    if said is None:
        return NO_LONGER
    headline = contest_letters.headline(said.moment, said.competition.name)
    return Message(headline, said.lines, [Link(said.invitation or _("To the competition"), said.url)])


def _reminder(_row: OutboxRow, person: Person, now: datetime) -> Message | Skip:
    """Numbers and a button; the names are behind it."""
    facts = reminder.reminder_for(person, now)
    if facts is None:
        return Skip("nobody waits")
    starts = facts.starts.astimezone(the_zone())
    subject = weekly_reminder.subject(facts, wall_time(starts.hour * 60 + starts.minute))
    start = Link(_("Start my follow-up block"), public_url("/block"))
    return Message(subject, [weekly_reminder.last_week_sentence(facts.last_week)], [start])


OWN: dict[str, Callable[[OutboxRow, Person, datetime], Written]] = {
    alert_topic.KIND: _alert,
    announcing.KIND: _competition,
    reminder.KIND: _reminder,
}
