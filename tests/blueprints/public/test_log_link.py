"""Logging by the link in a mail, signed out; a scanner that opens it changes nothing."""

import pytest

from app import clock
from app.db import db
from app.domain.actions import log_link
from app.domain.actions.engagement_action import EngagementAction
from tests import make
from tests.domain.actions.test_action import count
from tests.people import Browser, make_people


@pytest.fixture
def url(browser: Browser) -> str:
    """Sanne's link about Aisha."""
    with browser.app.app_context():
        people = make_people()
        token = log_link.make(people.sanne.id, make.candidate("Aisha Bakker", owner=people.sanne).id, clock.now())
        db.session.commit()
        return f"/done/{token}"


def logged(browser: Browser) -> int:
    with browser.app.app_context():
        return count(EngagementAction)


def test_one_button_logs_and_pressing_twice_is_once(browser: Browser, url: str) -> None:
    page = browser.get(url)
    assert page.text.count('name="outcome"') == 6
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    for outcome in ("spoke", "no_answer"):
        assert browser.post(url, {"outcome": outcome}, at=url).headers["Location"] == url
    assert "Gesproken. Vastgelegd voor Aisha: 50 punten (30 + 20 wachtte te lang)." in browser.get(url).text
    assert logged(browser) == 1


def test_opening_it_logs_nothing(browser: Browser, url: str) -> None:
    browser.get(url)
    browser.client.head(url)
    assert logged(browser) == 0


def test_undo_asks_again(browser: Browser, url: str) -> None:
    browser.post(url, {"outcome": "spoke"}, at=url)
    assert browser.post(f"{url}/undo", at=url).status_code == 303
    assert 'name="outcome"' in browser.get(url).text


@pytest.mark.parametrize("outcome", ["", "done", "do_not_contact"])
def test_only_the_six_outcomes(browser: Browser, url: str, outcome: str) -> None:
    answer = browser.post(url, {"outcome": outcome}, at=url)
    assert (answer.status_code, "Kies wat het werd." in answer.text) == (422, True)
    assert logged(browser) == 0


def test_a_link_that_ended_says_so(browser: Browser, url: str) -> None:
    assert browser.get("/done/ended").status_code == 404
    assert browser.post("/done/ended", {"outcome": "spoke"}, at=url).status_code == 404
    assert browser.post("/done/ended/undo", at=url).status_code == 303
