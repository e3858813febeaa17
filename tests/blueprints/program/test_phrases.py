"""Messages and openings: who writes what recruiters start from."""

import pytest
from werkzeug.test import TestResponse

from app.domain.program import phrase, phrasebook
from app.domain.program.phrase import Said
from app.domain.program.program import the_program
from tests.people import Browser, People, make_people

URL = "/program/phrases"
PROMISE = f"{URL}/message-promise-nl"


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def lead(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.lead)


def all_of(browser: Browser) -> dict[str, Said]:
    with browser.app.app_context():
        return {each.key: each for each in phrasebook.all_of(the_program())}


def changed(lead: Browser, **facts: str) -> TestResponse:
    told = {"subject": "Dag", "text": "Hoi {voornaam}, {je|u} hoort van {recruiter}."} | facts
    return lead.post(PROMISE, told, at=PROMISE)


def test_leads_read_what_there_is_by_use_and_language(lead: Browser) -> None:
    assert "Zoals afgesproken neem ik weer contact" in lead.get(URL).text
    assert "Agree on one next step, with a day." in lead.get(f"{URL}?use=opening&language=en").text


def test_an_admin_has_the_tabs_and_a_lead_has_none_that_are_shut(
    browser: Browser, people: People, lead: Browser
) -> None:
    tab = 'href="/program/points"'
    assert tab in browser.sign_in(people.ada).get(URL).text
    assert tab not in lead.get(URL).text


def test_a_text_is_changed_and_reset(lead: Browser) -> None:
    before = all_of(lead)["message-promise-nl"]
    assert changed(lead).status_code == 303
    assert all_of(lead)["message-promise-nl"].subject == "Dag"
    assert "door ons aangepast" in lead.get(URL).text
    lead.post(f"{PROMISE}/reset", at=PROMISE)
    assert all_of(lead)["message-promise-nl"] == before


def test_a_look_at_it_changes_nothing(lead: Browser) -> None:
    answer = changed(lead, preview="1")
    assert "Hoi Bram, je hoort van Lea Mulder." in answer.text
    assert not all_of(lead)["message-promise-nl"].changed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ik zag dat je onze site bezocht", "Uit “Ik zag dat” blijkt dat we meekijken."),
        ("Hoi {naam}", "op de plaats van {naam} moet komen."),
        ("   ", "Vul dit in."),
        ("x" * 1001, "1000"),
    ],
)
def test_what_may_not_be_said_comes_back_as_it_was_typed(lead: Browser, text: str, said: str) -> None:
    answer = changed(lead, text=text)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert text.strip() in answer.text


def test_one_is_retired_and_used_again(lead: Browser) -> None:
    assert lead.post(f"{PROMISE}/retirement", at=PROMISE).status_code == 303
    assert all_of(lead)["message-promise-nl"].retired
    assert "Niet meer in gebruik" in lead.get(URL).text
    lead.post(f"{PROMISE}/return", at=PROMISE)
    assert not all_of(lead)["message-promise-nl"].retired


def added(lead: Browser, **facts: str) -> TestResponse:
    told = {"use": "message", "occasion": "fan", "language": "nl", "channel": "sms", "text": "Even bellen?"} | facts
    return lead.post(URL, told, at=f"{URL}/new")


def test_one_s_own_is_added(lead: Browser) -> None:
    assert added(lead).status_code == 303
    mine = [each for each in all_of(lead).values() if not each.preset]
    assert [(each.occasion, each.channel, each.text) for each in mine] == [("fan", "sms", "Even bellen?")]
    assert "van onszelf" in lead.get(URL).text
    edited = {"occasion": "form", "language": "en", "channel": "", "subject": "", "text": "Talk?"}
    lead.post(f"{URL}/{mine[0].key}", edited, at=f"{URL}/{mine[0].key}")
    now = all_of(lead)[mine[0].key]
    assert (now.occasion, now.language, now.channel, now.text) == ("form", "en", "", "Talk?")


def test_an_opening_has_neither_channel_nor_subject(lead: Browser) -> None:
    page = lead.get(f"{URL}/new?use=opening").text
    assert 'name="channel"' not in page
    assert 'name="subject"' not in page
    added(lead, use="opening", text="Vraag naar de hond.")
    mine = [each for each in all_of(lead).values() if not each.preset]
    assert [(each.use, each.channel) for each in mine] == [("opening", "")]


def test_there_is_an_end_to_them(lead: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase, "MOST_OWN", 0)
    answer = added(lead)
    assert (answer.status_code, "Even bellen?" in answer.text) == (422, True)


@pytest.mark.parametrize("key", ["message-nothing-nl", "999", "%00"])
def test_what_is_not_there(lead: Browser, key: str) -> None:
    assert lead.get(f"{URL}/{key}").status_code == 404


def test_others_do_not_get_in(browser: Browser, people: People) -> None:
    assert browser.sign_in(people.sanne).get(URL).status_code == 404
