"""Turns a row of the outbox into a letter, if it may still go to its recipient."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from app.domain.actions import alert_topic, block_invitation, choosing_time, own_data, reminder
from app.domain.agency.agency import the_agency
from app.domain.agency.person import Person
from app.domain.agency.sign_in_link import Purpose
from app.domain.candidates import erasure_wish
from app.domain.custody import retention_warning
from app.domain.game.competing import announcing
from app.domain.game.recognition import surprise_mail
from app.domain.game.rewarding import reward_mail
from app.domain.notices import catalogue, colleague_came, safety, token_left, webhook, webhook_off
from app.domain.notices.outbox import OutboxRow
from app.domain.oversight import anomaly, lead_week, pulse, sponsor_month, sponsor_week
from app.domain.program.program import program_name
from app.language import in_language
from app.mail import Envelope, Mail, provider_headers, public_url, render, sender, unsubscribe_url
from app.words import people as people_words
from app.words import safety as safety_words
from app.words import webhooks as webhook_words
from jobs import (
    alert_letters,
    calendar_letters,
    candidate_letters,
    contest_letters,
    daily_letters,
    foot,
    lead_letters,
    pulse_letters,
    recipients,
    retention_letters,
    reward_letters,
    sponsor_letters,
    weekly_letters,
)
from jobs.unsent import Later, Skip

Composed = tuple[Mail, Envelope] | Skip | Later


class Batch:
    """Messages that go out together: what is asked for each recipient is asked for all of them at once."""

    def __init__(self, rows: Sequence[OutboxRow], now: datetime) -> None:
        self.now = now
        self.found = recipients.of([row for row in rows if not candidate_letters.is_for_one(row)], now)
        reminded = [row for row in rows if row.kind == reminder.KIND]
        self.sheets = weekly_letters.gather(
            [who for row in reminded if isinstance(who := self.found[row.id], Person)], now
        )

    def compose(self, row: OutboxRow) -> Composed:
        """The letter and where it goes, or why it need not go, or not now."""
        found = self.found.get(row.id)
        if found is None:
            return candidate_letters.compose(row, self.now)
        if not isinstance(found, Person):
            return found
        mail = WRITERS[row.kind](row, found, self)
        return mail if isinstance(mail, Skip) else (mail, _envelope(row, found.email or ""))


def compose(row: OutboxRow, now: datetime) -> Composed:
    """One by itself."""
    return Batch([row], now).compose(row)


def refused(row: OutboxRow, address: str, now: datetime) -> None:
    """A mail server will never take mail for this address: remember it, also with the candidate whose it is."""
    if candidate_letters.is_for_one(row):
        candidate_letters.bounced(row, address, now)


def _envelope(row: OutboxRow, address: str) -> Envelope:
    stops = alert_letters.stops(row) if row.kind == alert_topic.KIND else row.kind
    link = unsubscribe_url(row.recipient, stops) if catalogue.told(row.kind).optional else None
    return Envelope(address, sender(program_name()), row.message_id, link, headers=provider_headers(row.message_id))


def _language(person: Person) -> str:
    agency = the_agency()
    return person.language or (agency.language if agency else "nl")


def _weekly_reminder(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    sheet = batch.sheets.get(person.id)
    return weekly_letters.compose(row, sheet, _language(person), batch.now) if sheet else Skip("nobody waits")


def _link(row: OutboxRow, person: Person, _batch: Batch) -> Mail:
    """An invitation, or a link to sign in or to choose a new password."""
    agency = the_agency()
    return render(row.kind, _language(person), person=person, agency=agency.name if agency else "", **row.payload)


def _erasure_asked(row: OutboxRow, person: Person, _batch: Batch) -> Mail | Skip:
    candidate_id = int(row.payload["candidate_id"])
    if erasure_wish.asked_at(candidate_id) is None:
        return Skip("taken back or done")
    return _plain(row, person, f"/candidates/{candidate_id}")


def _test(row: OutboxRow, person: Person, _batch: Batch) -> Mail:
    return _plain(row, person, f"/operations/mails/{row.id}")


def _alert(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return alert_letters.compose(row, _language(person), batch.now) or Skip("it is no longer so")


def _competition(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    letter = contest_letters.compose(row, person.id, _language(person), batch.now)
    return letter or Skip("it is no longer so, or they take part no more")


def _block_invitation(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return calendar_letters.block(row, person, _language(person), batch.now) or Skip("the block is another one by now")


def _time_chosen(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return calendar_letters.chosen(row, person, _language(person), batch.now) or Skip("it was taken back")


def _safety(row: OutboxRow, person: Person, _batch: Batch) -> Mail:
    """How somebody signs in is another thing now."""
    name, language = program_name(), _language(person)
    with in_language(language):
        said = safety_words.happened(row.payload["change"])
        headline = safety_words.headline(row.payload["change"], name)
    facts = {"name": person.name, "headline": headline, "said": said, "url": public_url("/account/safety")}
    return render(row.kind, language, program=name, **facts, **foot.of(row, language, name))


def _unusual(row: OutboxRow, person: Person, _batch: Batch) -> Mail:
    return _plain(row, person, "/account/recorded")


def _webhook_off(row: OutboxRow, person: Person, _batch: Batch) -> Mail | Skip:
    endpoint = webhook.one(int(row.payload["endpoint_id"]))
    if endpoint is None or endpoint.off_why is None:
        return Skip("it is no longer so")
    name, language = program_name(), _language(person)
    with in_language(language):
        said = webhook_words.why_off(endpoint.off_why)
    facts = {"label": endpoint.label, "said": said, "url": public_url(f"/connections/webhooks/{endpoint.id}")}
    return render(row.kind, language, program=name, **facts, **foot.of(row, language, name))


def _colleague_came(row: OutboxRow, person: Person, _batch: Batch) -> Mail | Skip:
    came = colleague_came.came(row)
    if not came:
        return Skip("they left again")
    name, language = program_name(), _language(person)
    with in_language(language):
        headline = people_words.came_in(len(came))
    facts = {"headline": headline, "came": came, "url": public_url("/people")}
    return render(row.kind, language, program=name, **facts, **foot.of(row, language, name))


def _token_left(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    left = token_left.of(row, batch.now)
    if left is None:
        return Skip("it is no longer so")
    name, language = program_name(), _language(person)
    with in_language(language):
        headline = people_words.left_token(left.name)
    facts = {"headline": headline, "url": public_url("/people/provisioning")}
    return render(row.kind, language, program=name, **facts, **foot.of(row, language, name))


def _plain(row: OutboxRow, person: Person, path: str) -> Mail:
    """What only says where to look."""
    name, language = program_name(), _language(person)
    return render(row.kind, language, program=name, url=public_url(path), **foot.of(row, language, name))


def _lead_week(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return lead_letters.compose(row, person, _language(person), batch.now) or Skip("they lead no team")


def _sponsor_week(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return sponsor_letters.week(row, _language(person), batch.now) or Skip("there is nothing to tell yet")


def _sponsor_month(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return sponsor_letters.month(row, _language(person), batch.now) or Skip("there is nothing to tell yet")


def _pulse(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return pulse_letters.compose(row, person, _language(person), batch.now) or Skip("it is over")


def _retention(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return retention_letters.compose(row, person, _language(person), batch.now) or Skip("nobody's data end soon")


def _of_rewards(compose: reward_letters.Compose, row: OutboxRow, person: Person, _batch: Batch) -> Mail | Skip:
    return compose(row, _language(person)) or Skip("it is no longer so")


def _daily(row: OutboxRow, person: Person, batch: Batch) -> Mail | Skip:
    return daily_letters.compose(row, person, _language(person), batch.now) or Skip("nothing happened")


WRITERS: dict[str, Callable[[OutboxRow, Person, Batch], Mail | Skip]] = {
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
    pulse.KIND: _pulse,
    retention_warning.KIND: _retention,
    own_data.ERASURE_KIND: _erasure_asked,
    anomaly.KIND: _unusual,
    safety.KIND: _safety,
    catalogue.TEST: _test,
    webhook_off.KIND: _webhook_off,
    colleague_came.KIND: _colleague_came,
    token_left.KIND: _token_left,
    reward_mail.WAITS: partial(_of_rewards, reward_letters.waits),
    reward_mail.DECIDED: partial(_of_rewards, reward_letters.decided),
    surprise_mail.KIND: partial(_of_rewards, reward_letters.surprised),
}
