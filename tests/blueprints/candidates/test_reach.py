"""All channels of a candidate on one page: what is known of each, by whom, and how it is closed."""

import pytest

from app import clock
from app.blueprints.candidates import reach as reach_module
from app.db import db, write
from app.domain.candidates import identity, question
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.custody.anonymise import anonymise_many
from tests import make
from tests.people import Browser, make_people


def page(aisha: int, *parts: str) -> str:
    return "/".join((f"/candidates/{aisha}", *(parts or ("reach",))))


def addresses(browser: Browser, aisha: int) -> list[Identity]:
    with browser.app.app_context():
        return identity.identities_of(aisha)


def states(browser: Browser, aisha: int) -> dict[str, str]:
    return {str(row.channel): str(row.state) for row in addresses(browser, aisha)}


def mark(browser: Browser, aisha: int, state: str, **data: str) -> int:
    number = str(addresses(browser, aisha)[0].id)
    url = page(aisha, "addresses", number, "state")
    return browser.post(url, {"state": state, "from": "reach"} | data, at="/candidates/new").status_code


@pytest.mark.parametrize(
    "text", ["tel:+31612345678", "https://wa.me/31612345678", "bron onbekend", "/links", "Nog niet gevraagd."]
)
def test_the_page_shows_every_way(sanne: Browser, aisha: int, text: str) -> None:
    assert text in sanne.get(page(aisha)).text


def test_outsiders_find_nothing(otto: Browser, aisha: int) -> None:
    assert otto.get(page(aisha)).status_code == 404
    assert mark(otto, aisha, "invalid") == 404
    assert otto.post(page(aisha, "channels", "phone", "closing"), at="/candidates/new").status_code == 404
    assert states(otto, aisha) == {"phone": "unverified"}


@pytest.mark.parametrize("state", list(IdentityState))
def test_what_is_known_is_noted_with_its_source(sanne: Browser, aisha: int, state: IdentityState) -> None:
    assert mark(sanne, aisha, state) == 303
    (row,) = addresses(sanne, aisha)
    assert (row.state, row.state_origin, row.state_at is not None) == (state, "recruiter", True)
    assert ("door ons genoteerd" in sanne.get(page(aisha)).text) is (state != IdentityState.UNVERIFIED)


@pytest.mark.parametrize("state", ["", "perhaps"])
def test_nothing_else_is_known(sanne: Browser, aisha: int, state: str) -> None:
    assert mark(sanne, aisha, state) == 404


def test_the_toast_says_what_was_noted(sanne: Browser, aisha: int) -> None:
    mark(sanne, aisha, "invalid")
    html = sanne.get(page(aisha)).text
    assert "Genoteerd: 06 12345678, werkt niet." in html
    assert "tel:+31612345678" not in html


def test_a_channel_follows_from_the_phone_beside_an_id_that_no_link_opens(sanne: Browser, aisha: int) -> None:
    with sanne.app.app_context():
        identity.add(db.session.get_one(Candidate, aisha), Channel.WHATSAPP, "NL.1029384756", clock.now())
        db.session.commit()
    html = sanne.get(page(aisha)).text
    assert "NL.1029384756" in html
    assert "https://wa.me/31612345678" in html


def test_a_channel_that_follows_from_the_phone_is_closed(sanne: Browser, aisha: int) -> None:
    url = page(aisha, "channels", "whatsapp", "closing")
    answer = sanne.post(url, {"from": "reach"}, at=page(aisha))
    assert (answer.status_code, answer.headers["Location"]) == (303, page(aisha))
    assert states(sanne, aisha) == {"phone": "unverified", "whatsapp": "opted_out"}
    html = sanne.get(page(aisha)).text
    assert "Genoteerd: niets meer via WhatsApp." in html
    assert "https://wa.me/" not in html


def test_no_such_channel(sanne: Browser, aisha: int) -> None:
    assert sanne.post(page(aisha, "channels", "fax", "closing"), at=page(aisha)).status_code == 404


def test_an_address_is_added_and_removed_here(sanne: Browser, aisha: int) -> None:
    data = {"channel": "whatsapp", "address": "@Aisha", "from": "reach"}
    answer = sanne.post(page(aisha, "addresses"), data, at=page(aisha))
    assert answer.headers["Location"] == page(aisha)
    row = addresses(sanne, aisha)[-1]
    assert (row.address, row.origin) == ("@aisha", "page")
    sanne.post(page(aisha, "addresses", str(row.id), "removal"), {"from": "reach"}, at=page(aisha))
    assert list(states(sanne, aisha)) == ["phone"]


def test_what_is_no_address_comes_back_as_it_was_typed(sanne: Browser, aisha: int) -> None:
    data = {"channel": "email", "address": "aisha@", "from": "reach"}
    answer = sanne.post(page(aisha, "addresses"), data, at=page(aisha))
    assert answer.status_code == 422
    assert 'value="aisha@"' in answer.text
    assert "Aïsha el Idrissi bereiken" in answer.text


def test_nobody_can_be_reached_yet(sanne: Browser, aisha: int) -> None:
    number = str(addresses(sanne, aisha)[0].id)
    sanne.post(page(aisha, "addresses", number, "removal"), at=page(aisha))
    assert "nog niet bereikbaar" in sanne.get(page(aisha)).text


def test_an_open_question_is_told(sanne: Browser, aisha: int) -> None:
    with sanne.app.app_context():
        question.ask(aisha, "renewal", channel=Channel.EMAIL, by_id=None, now=clock.now())
        db.session.commit()
    assert "staat er een vraag open" in sanne.get(page(aisha)).text


def test_in_english(browser: Browser, aisha: int) -> None:
    with browser.app.app_context():
        people = make.person("Eve Green")
        people.language = "en"
        db.session.commit()
        row = make.candidate("Els", owner=people)
        identity.add(row, Channel.PHONE, "0612345678", make.START)
        number = row.id
        db.session.commit()
    assert "Reaching Els" in browser.sign_in(people).get(page(number)).text


@pytest.mark.parametrize(
    ("what", "facts"),
    [
        ("addresses", {"channel": "phone", "address": "0612345678"}),
        ("channels/phone/closing", {}),
        ("ownership", {}),
        ("preferences/contact", {"first": "phone", "said_by": "candidate", "note": "geheim"}),
        ("links", {"purpose": "refer", "how": "show"}),
        ("consent", {"answer": "yes", "purpose": "pool", "via": "recruiter"}),
        ("objection", {"objects": "yes"}),
    ],
)
def test_nothing_is_written_of_whoever_was_forgotten_while_the_lock_was_waited_for(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, what: str, facts: dict[str, str]
) -> None:
    with browser.app.app_context():
        people, row = make_people(), make.candidate("Jan Bos")
        identity.add(row, Channel.PHONE, "0612345679", make.START)
        db.session.commit()
        candidate_id = row.id

    def write_late() -> None:
        write()
        anonymise_many([candidate_id], make.START)

    monkeypatch.setattr(reach_module, "write", write_late)
    answer = browser.sign_in(people.sanne).post(f"/candidates/{candidate_id}/{what}", facts, at="/candidates/new")
    assert answer.status_code == 404
