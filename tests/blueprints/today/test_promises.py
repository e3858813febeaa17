"""The page of promises: what is due and when, by which channel, and taking one back with its undo."""

from datetime import timedelta

import pytest

from app import clock
from app.db import db
from app.domain.actions import promise
from app.domain.candidates import contact_flags
from tests import make
from tests.people import Browser, make_people


@pytest.fixture
def sanne(browser: Browser) -> tuple[Browser, int, int]:
    """Sanne promised to call Aisha yesterday, and Bram waits for word."""
    with browser.app.app_context():
        people, now = make_people(), clock.now()
        aisha, bram = (make.candidate(name, owner=people.sanne) for name in ("Aisha Bakker", "Bram de Wit"))
        facts = {"channel": "phone", "action_id": None, "now": now - timedelta(days=3)}
        number = promise.make(aisha.id, people.sanne.id, now - timedelta(days=1), **facts)  # type: ignore[arg-type] # as named
        contact_flags.applied(bram.id, "completed", now)
        db.session.commit()
        return browser.sign_in(people.sanne), number, aisha.id


def test_everything_that_is_open_is_there(sanne: tuple[Browser, int, int]) -> None:
    page = sanne[0].get("/promises").text
    assert page.index("weer contact opnemen, via telefoon") < page.index("bericht geven over de sollicitatie")
    assert "Gisteren om" in page


def test_the_candidate_s_page_shows_it_until_it_is_withdrawn(sanne: tuple[Browser, int, int]) -> None:
    browser, number, who = sanne
    url = f"/candidates/{who}"
    assert "weer contact opnemen, via telefoon" in browser.client.get(url).text
    browser.post(f"/promises/{number}/withdrawal?next={url}", at="/account")
    assert "weer contact opnemen, via telefoon" not in browser.client.get(url).text


def test_withdrawing_is_undone_by_the_message(sanne: tuple[Browser, int, int]) -> None:
    browser, number, _ = sanne
    browser.post(f"/promises/{number}/withdrawal", at="/account")
    told = browser.get("/promises").text
    assert "De belofte aan Aisha is ingetrokken." in told
    undo = told.split(f"/promises/{number}/restoration?at=")[1].split("&")[0]
    assert browser.post(f"/promises/{number}/restoration?at={undo}", at="/account").status_code == 303
    assert "Gisteren om" in browser.get("/promises").text


def test_what_is_not_one_s_own_is_not_there(sanne: tuple[Browser, int, int]) -> None:
    browser, number, _ = sanne
    assert browser.post(f"/promises/{number + 1}/withdrawal", at="/account").status_code == 404
    assert browser.post(f"/promises/{number}/restoration?at=x", at="/account").status_code == 404


def test_nothing_is_promised(browser: Browser) -> None:
    with browser.app.app_context():
        bram = make_people().bram
    assert "Er is niets beloofd" in browser.sign_in(bram).get("/promises").text
