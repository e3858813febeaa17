"""Which channel is best now, which have to rest, and why another is suggested."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.actions import action
from app.domain.actions.channel_choice import Choice, ChoiceState, choices, choices_of
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_agency
from app.domain.candidates import consent, consenting, contact_flags, identity, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.preference import Purpose, SaidBy, Wish
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)  # a Friday, half past two in Amsterdam
OPEN, QUIET = ChoiceState.OPEN, ChoiceState.QUIET
PHONE, WHATSAPP, SMS, EMAIL = Channel.PHONE, Channel.WHATSAPP, Channel.SMS, Channel.EMAIL


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def bram(people: People) -> Candidate:
    row = make.candidate("Bram Willems", owner=people.sanne)
    identity.add(row, PHONE, "06 12345678", make.START)
    identity.add(row, EMAIL, "bram@voorbeeld.nl", make.START)
    return row


def prefers(row: Candidate, *channels: Channel, purpose: str = Purpose.CONTACT, **said: object) -> None:
    wish = Wish(channels, **said)  # type: ignore[arg-type] # whatever a wish has
    preference.prefer(row.id, wish, purpose=purpose, said_by=SaidBy.CANDIDATE, by_id=None, now=make.START)


def tries(people: People, row: Candidate, outcome: Outcome, channel: Channel, *, ago: timedelta) -> None:
    action.log(people.sanne, row, outcome, at=NOW - ago, now=NOW - ago, channel=channel)


def chosen(people: People, row: Candidate, now: datetime = NOW, **asked: Purpose) -> dict[Channel, Choice]:
    return {one.channel: one for one in choices(row, now, **asked)}


def order(people: People, row: Candidate, **asked: Purpose) -> list[Channel]:
    return [one.channel for one in choices(row, NOW, **asked)]


def test_without_a_wish_all_channels_are_open(people: People, bram: Candidate) -> None:
    found = chosen(people, bram)
    assert list(found) == [PHONE, WHATSAPP, EMAIL, SMS]
    assert {one.state for one in found.values()} == {OPEN}
    assert not any(one.preferred or one.suggested for one in found.values())


def test_the_wish_goes_first_and_in_its_order(people: People, bram: Candidate) -> None:
    prefers(bram, SMS, EMAIL)
    assert order(people, bram)[:2] == [SMS, EMAIL]
    assert [channel for channel, one in chosen(people, bram).items() if one.preferred] == [SMS]


def test_each_purpose_has_its_own_wish_and_else_that_of_contact(people: People, bram: Candidate) -> None:
    prefers(bram, WHATSAPP)
    prefers(bram, EMAIL, purpose=Purpose.PLANNING)
    assert order(people, bram, purpose=Purpose.PLANNING)[0] == EMAIL
    assert order(people, bram, purpose=Purpose.FORMS)[0] == WHATSAPP


def test_otherwise_where_they_answer_goes_first(people: People, bram: Candidate) -> None:
    tries(people, bram, Outcome.SPOKE, EMAIL, ago=9 * DAY)
    tries(people, bram, Outcome.NO_ANSWER, PHONE, ago=8 * DAY)
    assert order(people, bram)[0] == EMAIL
    assert order(people, bram)[-1] == PHONE


def test_outside_their_hours_every_channel_is_quiet_until_they_begin(people: People, bram: Candidate) -> None:
    prefers(bram, PHONE, days="12345", from_minute=18 * 60, until_minute=20 * 60)
    found = chosen(people, bram)
    assert {one.state for one in found.values()} == {QUIET}
    assert found[PHONE].opens_at == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert chosen(people, bram, NOW + 4 * HOUR)[PHONE].state == OPEN


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 20, 19, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), datetime(2026, 12, 28, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 28, 10, 0, tzinfo=UTC), datetime(2026, 3, 30, 7, 0, tzinfo=UTC)),
    ],
    ids=["evening", "christmas", "clock change"],
)
def test_by_default_working_days_from_nine_to_eight(
    people: People, bram: Candidate, now: datetime, opens: datetime
) -> None:
    one = chosen(people, bram, now)[PHONE]
    assert (one.state, one.opens_at) == (QUIET, opens)


def says(people: People, row: Candidate, *, given: bool, now: datetime) -> None:
    consenting.tell(
        row.id, ConsentPurpose.CONTACT, EMAIL, given=given, via=Via.RECRUITER, by_id=people.sanne.id, now=now
    )


def test_a_channel_that_was_taken_back_is_no_button(people: People, bram: Candidate) -> None:
    consent.withdraw(bram.id, ConsentPurpose.CONTACT, via=Via.IMPORT, by_id=None, now=make.START, channel=str(EMAIL))
    found = chosen(people, bram)
    assert (found[EMAIL].state, found[PHONE].state) == (ChoiceState.NO_CONSENT, OPEN)
    says(people, bram, given=True, now=NOW)
    assert chosen(people, bram)[EMAIL].state == OPEN


def test_all_contact_taken_back_closes_every_channel(people: People, bram: Candidate) -> None:
    consent.withdraw(bram.id, ConsentPurpose.CONTACT, via=Via.RECRUITER, by_id=people.sanne.id, now=NOW)
    assert {one.state for one in chosen(people, bram).values()} == {ChoiceState.NO_CONSENT}


def test_a_consent_for_something_else_is_none_for_contact(people: People, bram: Candidate) -> None:
    consent.withdraw(bram.id, ConsentPurpose.TRACKING, via=Via.RECRUITER, by_id=people.sanne.id, now=NOW)
    assert chosen(people, bram)[PHONE].state == OPEN


def test_who_wants_no_contact_has_no_open_channel(people: People, bram: Candidate) -> None:
    contact_flags.refused(bram.id, NOW)
    assert {one.state for one in chosen(people, bram).values()} == {ChoiceState.OPTED_OUT}


def test_closed_addresses_are_told_behind_the_others(people: People, bram: Candidate) -> None:
    identity.opt_out(bram.id, WHATSAPP, origin="candidate", now=NOW)
    mail = identity.identities_of(bram.id)[1]
    identity.mark(mail, IdentityState.INVALID, origin="bounce", now=NOW)
    found = chosen(people, bram)
    assert list(found)[:2] == [PHONE, SMS]
    assert (found[WHATSAPP].state, found[EMAIL].state) == (ChoiceState.OPTED_OUT, ChoiceState.INVALID)
    assert found[WHATSAPP].href is found[EMAIL].href is None


def test_after_two_unanswered_another_is_suggested_and_goes_first(people: People, bram: Candidate) -> None:
    prefers(bram, PHONE, EMAIL)
    for days in (5, 3):
        tries(people, bram, Outcome.NO_ANSWER, PHONE, ago=days * DAY)
    found = list(chosen(people, bram).values())
    assert [(one.channel, one.suggested) for one in found[:2]] == [(EMAIL, True), (PHONE, False)]
    assert (found[1].preferred, found[1].unanswered) == (True, 2)


def test_one_unanswered_or_an_answer_since_suggests_nothing(people: People, bram: Candidate) -> None:
    prefers(bram, PHONE, EMAIL)
    for days in (6, 5):
        tries(people, bram, Outcome.NO_ANSWER, PHONE, ago=days * DAY)
    tries(people, bram, Outcome.REPLIED, EMAIL, ago=4 * DAY)
    tries(people, bram, Outcome.NO_ANSWER, PHONE, ago=3 * DAY)
    assert order(people, bram)[0] == PHONE
    assert chosen(people, bram)[PHONE].unanswered == 1


def test_nothing_is_suggested_when_every_channel_was_tried(people: People, bram: Candidate) -> None:
    for number, channel in enumerate((PHONE, WHATSAPP, EMAIL, SMS) * 2):
        tries(people, bram, Outcome.MESSAGE_SENT, channel, ago=(10 - number) * DAY)
    assert not any(one.suggested for one in chosen(people, bram).values())


def test_a_business_account_writes_freely_for_a_day_after_they_wrote(people: People, bram: Candidate) -> None:
    agency = the_agency()
    assert agency
    agency.whatsapp_business = True
    assert chosen(people, bram)[WHATSAPP].state == ChoiceState.TEMPLATE_ONLY
    tries(people, bram, Outcome.REPLIED, WHATSAPP, ago=3 * HOUR)
    assert chosen(people, bram)[WHATSAPP].state == OPEN
    assert chosen(people, bram, NOW + 3 * DAY)[WHATSAPP].state == ChoiceState.TEMPLATE_ONLY


def test_a_reply_elsewhere_opens_no_business_account(people: People, bram: Candidate) -> None:
    agency = the_agency()
    assert agency
    agency.whatsapp_business = True
    tries(people, bram, Outcome.REPLIED, EMAIL, ago=HOUR)
    assert chosen(people, bram)[WHATSAPP].state == ChoiceState.TEMPLATE_ONLY


def test_many_at_once_are_as_each_alone(people: People, bram: Candidate) -> None:
    aisha = make.candidate("Aisha", owner=people.sanne)
    identity.add(aisha, EMAIL, "aisha@voorbeeld.nl", make.START)
    nobody = make.candidate("Daan", owner=people.sanne)
    prefers(bram, EMAIL)
    tries(people, aisha, Outcome.NO_ANSWER, EMAIL, ago=DAY)
    found = choices_of([bram.id, aisha.id, nobody.id], NOW)
    assert found == {row.id: choices(row, NOW) for row in (bram, aisha, nobody)}
    assert found[nobody.id] == ()
    assert choices_of([], NOW) == {}
