"""What a candidate wishes: answered by one key, written down for one purpose, and warned about."""

from datetime import timedelta

import pytest

from app import clock
from app.db import db
from app.domain.candidates import preference, question
from app.domain.candidates.address import Channel
from app.domain.candidates.preference import ChannelPreference, SaidBy, Wish
from tests.people import Browser

WHOLE = {
    "first": "sms", "second": "phone", "third": "", "days": ["1", "3"], "start": "18:00", "end": "20:00",
    "language": "pl", "no_voicemail": "y", "arrangement": "together", "note": "Na het eten.", "said_by": "candidate",
}  # fmt: skip


def path(aisha: int, purpose: str = "forms") -> str:
    return f"/candidates/{aisha}/preferences/{purpose}"


def current(browser: Browser, aisha: int) -> dict[str, ChannelPreference]:
    with browser.app.app_context():
        return preference.current(aisha)


def said(browser: Browser, aisha: int, wish: Wish, days_ago: int = 0, by: SaidBy = SaidBy.CANDIDATE) -> None:
    with browser.app.app_context():
        preference.prefer(aisha, wish, said_by=by, by_id=None, now=clock.now() - timedelta(days=days_ago))
        db.session.commit()


def answer(browser: Browser, aisha: int, channel: str, said_by: str = "candidate") -> int:
    url, page = f"/candidates/{aisha}/preference", f"/candidates/{aisha}"
    return browser.post(url, {"channel": channel, "said_by": said_by}, at=page).status_code


def test_everything_is_written_down(sanne: Browser, aisha: int) -> None:
    assert sanne.post(path(aisha), WHOLE, at=path(aisha)).headers["Location"] == f"/candidates/{aisha}/reach"
    row = current(sanne, aisha)["forms"]
    assert preference.wish_of(row) == Wish(
        (Channel.SMS, Channel.PHONE), "13", 18 * 60, 20 * 60, "pl", True, "together", "Na het eten."
    )
    html = sanne.get(f"/candidates/{aisha}/reach").text
    assert all(text in html for text in ("sms, anders telefoon", "In het Pools", "Vult formulieren samen met ons in"))


def test_the_form_shows_what_was_said(sanne: Browser, aisha: int) -> None:
    sanne.post(path(aisha), WHOLE, at=path(aisha))
    html = sanne.get(path(aisha)).text
    assert 'value="18:00"' in html
    assert "Na het eten." in html
    assert '<option selected value="pl">' in html


@pytest.mark.parametrize("purpose", ["contact", "planning", "feedback"])
def test_every_purpose_has_its_form(sanne: Browser, aisha: int, purpose: str) -> None:
    said(sanne, aisha, Wish((Channel.SMS,), until_minute=24 * 60), by=SaidBy.IMPORTED)
    assert sanne.get(path(aisha, purpose)).status_code == 200


def test_no_such_purpose(sanne: Browser, aisha: int) -> None:
    assert sanne.get(path(aisha, "sleep")).status_code == 404


def test_outsiders_find_and_change_nothing(otto: Browser, aisha: int) -> None:
    assert otto.get(path(aisha)).status_code == 404
    assert otto.post(path(aisha), WHOLE, at="/candidates/new").status_code == 404
    assert current(otto, aisha) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"first": "email"}, {"first": ""}, {"end": "17:00"}, {"days": ["9"]}, {"start": "x"}, {"arrangement": "times"}],
)
def test_what_cannot_be_is_not_saved(sanne: Browser, aisha: int, wrong: dict[str, object]) -> None:
    assert sanne.post(path(aisha), WHOLE | wrong, at=path(aisha)).status_code == 422
    assert current(sanne, aisha) == {}


def test_a_note_that_tells_too_much_is_saved_the_second_time(sanne: Browser, aisha: int) -> None:
    told = WHOLE | {"note": "Heeft een hernia."}
    first = sanne.post(path(aisha), told, at=path(aisha))
    assert first.status_code == 422
    assert "Dit lijkt te gaan over gezondheid." in first.text
    assert "Heeft een hernia." in first.text
    assert 'name="save_anyway"' in first.text
    assert current(sanne, aisha) == {}
    assert sanne.post(path(aisha), told | {"save_anyway": "y"}, at=path(aisha)).status_code == 303
    assert current(sanne, aisha)["forms"].note == "Heeft een hernia."


def test_without_reason_nothing_is_to_be_saved_anyway(sanne: Browser, aisha: int) -> None:
    assert 'name="save_anyway"' not in sanne.get(path(aisha)).text
    assert 'name="save_anyway"' not in sanne.post(path(aisha), WHOLE | {"first": ""}, at=path(aisha)).text


def test_who_was_never_asked_is_suggested(sanne: Browser, aisha: int) -> None:
    html = sanne.get(f"/candidates/{aisha}").text
    assert "We vroegen Aïsha nog nooit" in html
    assert "data-own-keys" in html
    assert f'<a href="/candidates/{aisha}/links">Vraag het met een link</a>' in html
    assert "Blijft zo" not in html


def test_an_answer_by_one_key_ends_the_suggestion(sanne: Browser, aisha: int) -> None:
    assert answer(sanne, aisha, "whatsapp") == 303
    html = sanne.get(f"/candidates/{aisha}").text
    assert "Genoteerd: liefst via WhatsApp." in html
    assert "data-own-keys" not in html


def test_it_stays_as_it_is(sanne: Browser, aisha: int) -> None:
    wish = Wish((Channel.SMS, Channel.PHONE), days="12", note="Kort.")
    said(sanne, aisha, wish, days_ago=200)
    assert "Blijft zo" in sanne.get(f"/candidates/{aisha}").text
    answer(sanne, aisha, "sms")
    row = current(sanne, aisha)["contact"]
    assert (preference.wish_of(row), clock.now() - row.recorded_at < timedelta(minutes=5)) == (wish, True)


def test_another_channel_comes_first_and_the_rest_stays(sanne: Browser, aisha: int) -> None:
    said(sanne, aisha, Wish((Channel.SMS, Channel.PHONE), note="Kort."))
    answer(sanne, aisha, "phone")
    wish = preference.wish_of(current(sanne, aisha)["contact"])
    assert wish == Wish((Channel.PHONE, Channel.SMS), note="Kort.")


@pytest.mark.parametrize(("said_by", "still_open"), [("candidate", False), ("recruiter", True)])
def test_the_candidates_answer_closes_the_question(sanne: Browser, aisha: int, said_by: str, still_open: bool) -> None:
    with sanne.app.app_context():
        question.ask(aisha, question.PREFERENCE, channel=None, by_id=None, now=clock.now())
        db.session.commit()
    answer(sanne, aisha, "sms", said_by)
    with sanne.app.app_context():
        assert (question.open_question(aisha) is not None) is still_open


def test_an_impossible_answer(sanne: Browser, aisha: int) -> None:
    assert answer(sanne, aisha, "email") == 422
