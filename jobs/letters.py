"""Turns a row of the outbox into a letter, if it may still go to its recipient."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import current_app

from app.db import db
from app.domain.actions import alert_topic, alerting, block_invitation, choosing_time, own_data, reachable, reminder
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.agency.sign_in_link import Purpose
from app.domain.candidates import erasure_wish
from app.domain.custody import retention_warning
from app.domain.game.competing import announcing
from app.domain.game.recognition import surprise_mail
from app.domain.game.rewarding import reward_mail
from app.domain.notices import catalogue, preference
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import person_in
from app.domain.oversight import anomaly, lead_week, sponsor_month, sponsor_week
from app.domain.program.program import program_name
from app.mail import Envelope, Mail, provider_headers, public_url, render, unsubscribe_url
from jobs import (
    alert_letters,
    calendar_letters,
    candidate_letters,
    contest_letters,
    daily_letters,
    foot,
    lead_letters,
    retention_letters,
    reward_letters,
    sponsor_letters,
    weekly_letters,
)
from jobs.candidate_letters import Later

Command = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Skip:
    """Why a message need not go out any more."""

    reason: str


def compose(row: OutboxRow, now: datetime) -> tuple[Mail, Envelope] | Skip | Later:
    """The letter and where it goes; opt-out, leaving and refused addresses are asked again at this moment."""
    if candidate_letters.is_for_one(row):
        letter = candidate_letters.compose(row, now)
        return Skip(letter) if isinstance(letter, str) else letter
    return _to_person(row, now)


def refused(row: OutboxRow, address: str, now: datetime) -> None:
    """A mail server will never take mail for this address: remember it, also with the candidate whose it is."""
    if candidate_letters.is_for_one(row):
        candidate_letters.bounced(row, address, now)


def _to_person(row: OutboxRow, now: datetime) -> tuple[Mail, Envelope] | Skip | Later:
    person = db.session.get(Person, person_in(row.recipient) or 0)
    if person is None or not person.is_active or not person.email:
        return Skip("the recipient has left")
    if preference.is_flagged(person.email):
        return Skip("the address refuses mail")
    if preference.is_unsubscribed(row.recipient, row.kind):
        return Skip("unsubscribed")
    when = reachable.when(person.id, row.kind, now, row.not_after)
    if isinstance(when, reachable.Why):
        return Skip(when)
    if when > now:
        return Later(when)
    mail = WRITERS[row.kind](row, person, now)
    return mail if isinstance(mail, Skip | Later) else (mail, _envelope(row, person.email))


def _envelope(row: OutboxRow, address: str) -> Envelope:
    stops = alert_letters.stops(row) if row.kind == alert_topic.KIND else row.kind
    link = unsubscribe_url(row.recipient, stops) if catalogue.told(row.kind).optional else None
    headers, sender = provider_headers(row.message_id), current_app.config["SETTINGS"].mail_from
    return Envelope(address, sender, row.message_id, link, headers=headers)


def _language(person: Person) -> str:
    agency = the_agency()
    return person.language or (agency.language if agency else "nl")


def _weekly_reminder(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return weekly_letters.compose(row, person, _language(person), now) or Skip("nobody waits")


def _link(row: OutboxRow, person: Person, _now: datetime) -> Mail:
    """An invitation, or a link to sign in or to choose a new password."""
    return render(row.kind, _language(person), person=person, **row.payload)


def _erasure_asked(row: OutboxRow, person: Person, _now: datetime) -> Mail | Skip:
    candidate_id = int(row.payload["candidate_id"])
    if erasure_wish.asked_at(candidate_id) is None:
        return Skip("taken back or done")
    return _plain(row, person, f"/candidates/{candidate_id}")


def _alert(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip | Later:
    return alert_letters.compose(row, _language(person), now) or Skip("it is no longer so")


def _competition(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip | Later:
    letter = contest_letters.compose(row, person.id, _language(person), now)
    return letter or Skip("it is no longer so, or they take part no more")


def _block_invitation(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return calendar_letters.block(row, person, _language(person), now) or Skip("the block is another one by now")


def _time_chosen(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return calendar_letters.chosen(row, person, _language(person), now) or Skip("it was taken back")


def _unusual(row: OutboxRow, person: Person, now: datetime) -> Mail | Later:
    opens = alerting.next_opening(now)
    if opens > now:
        return Later(opens)
    return _plain(row, person, "/account/recorded")


def _plain(row: OutboxRow, person: Person, path: str) -> Mail:
    """What only says where to look."""
    name, language = program_name(), _language(person)
    return render(row.kind, language, program=name, url=public_url(path), **foot.of(row, language, name))


def _lead_week(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return lead_letters.compose(row, person, _language(person), now) or Skip("they lead no team")


def _sponsor_week(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return sponsor_letters.week(row, _language(person), now) or Skip("there is nothing to tell yet")


def _sponsor_month(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return sponsor_letters.month(row, _language(person), now) or Skip("there is nothing to tell yet")


def _retention(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return retention_letters.compose(row, person, _language(person), now) or Skip("nobody's data end soon")


def _of_rewards(compose: reward_letters.Compose, row: OutboxRow, person: Person, now: datetime) -> Mail | Skip | Later:
    return compose(row, _language(person), now) or Skip("it is no longer so")


def _daily(row: OutboxRow, person: Person, now: datetime) -> Mail | Skip:
    return daily_letters.compose(row, person, _language(person), now) or Skip("nothing happened")


WRITERS: dict[str, Callable[[OutboxRow, Person, datetime], Mail | Skip | Later]] = {
    alert_topic.KIND: _alert,
    catalogue.DAILY: _daily,
    announcing.KIND: _competition,
    block_invitation.KIND: _block_invitation,
    choosing_time.KIND: _time_chosen,
    reminder.KIND: _weekly_reminder,
    "invitation": _link,
    **{str(purpose): _link for purpose in Purpose},
    lead_week.KIND: _lead_week,
    sponsor_week.KIND: _sponsor_week,
    sponsor_month.KIND: _sponsor_month,
    retention_warning.KIND: _retention,
    own_data.ERASURE_KIND: _erasure_asked,
    anomaly.KIND: _unusual,
    reward_mail.WAITS: partial(_of_rewards, reward_letters.waits),
    reward_mail.DECIDED: partial(_of_rewards, reward_letters.decided),
    surprise_mail.KIND: partial(_of_rewards, reward_letters.surprised),
}
