"""Messages that are ready to be sent, and channels as a page shows them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.actions.channel_rule import Choice, ChoiceState
from app.domain.agency.agency import the_agency
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.program import phrase, phrasebook
from app.domain.program.program import the_program
from app.domain.scoring.contact_next import NextUp
from app.domain.scoring.engagement import Score
from app.domain.scoring.priority import Contribution
from app.domain.scoring.ranking import Ranked
from app.language import in_language
from app.words import messages, ways
from app.words.occasions import occasion_label, occasions_of
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
WHATSAPP = Choice(Channel.WHATSAPP, "+31612345678", "https://wa.me/31612345678")
PHONE = Choice(Channel.PHONE, "+31612345678", "tel:+31612345678")
EMAIL = Choice(Channel.EMAIL, "bram@voorbeeld.nl", "mailto:bram@voorbeeld.nl")


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def bram(people: People) -> Candidate:
    return make.candidate("Bram Willems", owner=people.sanne)


def next_up(row: Candidate, **reasons: str) -> NextUp:
    """Reasons by component, each with its kind."""
    found = tuple(Contribution(name, 1000, "medium", {f"{name}_kind": kind}) for name, kind in reasons.items())
    score = Score(0, 0, None, None)
    return NextUp(row, Ranked(row.id, 1000, found), Channel.PHONE, (), score, None, NOW, ZoneInfo("Europe/Amsterdam"))


def test_the_message_is_the_agency_s_for_the_occasion(people: People, bram: Candidate) -> None:
    found = messages.prepared(EMAIL, people.sanne, bram, ["promise"])
    assert found.subject == "Zoals afgesproken"
    assert found.text.startswith("Hallo Bram,\n\nZoals afgesproken neem ik weer contact met je op.")
    assert found.text.endswith("Sanne de Vries, Uitzendbureau Voorbeeld")
    assert (found.href or "").startswith("mailto:bram@voorbeeld.nl?subject=Zoals%20afgesproken&body=Hallo%20Bram%2C")


def test_candidates_are_addressed_as_the_agency_chose(people: People, bram: Candidate) -> None:
    agency = the_agency()
    assert agency
    agency.address_form = "u"
    assert "contact met u op" in messages.prepared(WHATSAPP, people.sanne, bram, ["promise"]).text


def test_they_read_their_own_language(people: People, bram: Candidate) -> None:
    bram.language = "pl"
    found = messages.prepared(WHATSAPP, people.sanne, bram, ["promise"])
    assert (found.language, found.text[:10]) == ("en", "Hello Bram")


def test_a_call_needs_no_message(people: People, bram: Candidate) -> None:
    found = messages.prepared(PHONE, people.sanne, bram, ["promise"])
    assert (found.text, found.href) == ("", "tel:+31612345678")


def test_an_occasion_without_a_message_takes_the_one_that_always_fits(people: People, bram: Candidate) -> None:
    assert messages.prepared(EMAIL, people.sanne, bram, ["attract"]).subject == "Hoe gaat het?"


def test_without_any_message_the_channel_only_opens(people: People, bram: Candidate) -> None:
    program = the_program()
    assert program
    for said in phrasebook.all_of(program):
        phrase.retire(program.id, said, people.ada.id, NOW)
    assert messages.prepared(EMAIL, people.sanne, bram, ["promise"]).href == "mailto:bram@voorbeeld.nl"


@pytest.mark.parametrize(
    ("reasons", "first"),
    [
        ({"promise": "agreed"}, "promise"),
        ({"promise": "check_in"}, "check_in"),
        ({"trigger": "unfinished_application"}, "unfinished_application"),
        ({"trigger": "made_up"}, "engage"),
        ({"recovery": "", "promise": "agreed"}, "recovery"),
        ({"engagement": "", "consent": ""}, "consent"),
    ],
)
def test_the_first_reason_is_the_occasion(bram: Candidate, reasons: dict[str, str], first: str) -> None:
    assert occasions_of(next_up(bram, **reasons))[0] == first
    assert occasions_of(next_up(bram, **reasons))[-2:] == ["engage", ""]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_occasion_has_a_name_of_its_own(language: str) -> None:
    with in_language(language):
        names = [occasion_label(each) for each in phrase.Occasion]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("state", "opens", "said"),
    [
        (ChoiceState.OPEN, None, ""),
        (ChoiceState.NO_CONSENT, None, "geen toestemming"),
        (ChoiceState.OPTED_OUT, None, "wil dit niet"),
        (ChoiceState.INVALID, None, "werkt niet"),
        (ChoiceState.QUIET, None, "nu niet"),
        (ChoiceState.QUIET, NOW + timedelta(hours=3.5), "nu niet; weer vanaf 18:00"),
        (ChoiceState.QUIET, NOW + timedelta(days=3), "nu niet; weer vanaf maandag"),
    ],
)
def test_why_a_channel_is_no_button(people: People, state: ChoiceState, opens: datetime | None, said: str) -> None:
    with in_language("nl"):
        assert ways.closed_sentence(Choice(Channel.SMS, "+31612345678", "sms:x", state, opens), NOW) == said


def test_a_template_has_to_be_approved(people: People) -> None:
    with in_language("nl"):
        said = ways.closed_sentence(Choice(Channel.WHATSAPP, "", None, ChoiceState.TEMPLATE_ONLY), NOW)
    assert said.startswith("alleen met een goedgekeurd sjabloon")


def test_a_suggestion_says_why(people: People, bram: Candidate) -> None:
    chosen = [Choice(Channel.SMS, "+31612345678", "sms:+31612345678", suggested=True), PHONE]
    tired = Choice(PHONE.channel, PHONE.address, PHONE.href, unanswered=2)
    with in_language("nl"):
        first, second = ways.ready(people.sanne, bram, [chosen[0], tired], [""], NOW)
    assert first.hint == "De laatste 2 pogingen via telefoon bleven onbeantwoord: probeer sms."
    assert second.hint == ""


def test_a_closed_channel_has_no_link_and_no_message(people: People, bram: Candidate) -> None:
    quiet = Choice(Channel.LINKEDIN, "https://www.linkedin.com/in/bram", "x", ChoiceState.QUIET)
    one = ways.ready(people.sanne, bram, [quiet], [""], NOW)[0]
    assert (one.href, one.to_copy, one.is_open) == (None, "", False)


def test_where_the_link_takes_no_text_it_can_be_copied(people: People, bram: Candidate) -> None:
    profile = "https://www.linkedin.com/in/bram"
    linked, mailed = ways.ready(people.sanne, bram, [Choice(Channel.LINKEDIN, profile, profile), EMAIL], [""], NOW)
    assert (linked.href, linked.to_copy[:10], mailed.to_copy) == (profile, "Hallo Bram", "")


def test_the_title_names_the_channel_of_the_first_button(people: People, bram: Candidate) -> None:
    shut = Choice(Channel.PHONE, "", None, ChoiceState.QUIET)
    assert ways.aligned(next_up(bram), [shut, WHATSAPP]).channel == Channel.WHATSAPP
    assert ways.aligned(next_up(bram), [shut]).channel is None
