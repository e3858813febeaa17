"""A browser in which somebody signed in before: strangers keep nobody out of it, and it opens nothing by itself."""

from datetime import timedelta

import pytest
import time_machine
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.agency import password
from app.domain.agency.sign_in import PER_ACCOUNT, PER_ADDRESS
from app.domain.notices.sign_in_mail import LIMITS
from app.web.known import LASTS
from tests.people import Browser, People, make_people

RIGHT = "paars olifant fiets"
SANNE, BRAM = "sanne@voorbeeld.nl", "bram@voorbeeld.nl"
COOKIE = "fanfare-known"
pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        people.sanne.password_hash = people.bram.password_hash = password.hashed(RIGHT)
        db.session.commit()
        return people


@pytest.fixture
def hers(browser: Browser, people: People) -> Browser:
    """The browser in which Sanne signed in, and out."""
    enter(browser)
    browser.post("/account/sign-out")
    return browser


def enter(browser: Browser, typed: str = RIGHT, email: str = SANNE) -> TestResponse:
    return browser.post("/account/sign-in", {"email": email, "password": typed})


def guess(browser: Browser, times: int = PER_ACCOUNT, email: str = SANNE) -> Browser:
    for _ in range(times):
        enter(browser, "iets anders dan dat", email)
    return browser


def test_strangers_who_guess_keep_her_out_of_every_browser_but_her_own(hers: Browser) -> None:
    stranger = guess(Browser(hers.app))
    assert enter(stranger).status_code == 429
    assert enter(hers).status_code == 303


def test_so_do_colleagues_who_mistype_in_one_office(hers: Browser) -> None:
    office = Browser(hers.app)
    for number in range(PER_ADDRESS):
        enter(office, email=f"collega{number}@voorbeeld.nl")
    assert enter(office).status_code == 429
    assert enter(hers).status_code == 303


def test_strangers_who_ask_for_links_leave_her_her_own(hers: Browser) -> None:
    stranger = Browser(hers.app)
    asked = [stranger.post("/account/link", {"email": SANNE}).status_code for _ in range(LIMITS.per_account + 1)]
    assert asked == [303] * LIMITS.per_account + [429]
    assert hers.post("/account/link", {"email": SANNE}).status_code == 303


def test_who_guesses_in_her_browser_waits_too(hers: Browser) -> None:
    assert enter(guess(hers)).status_code == 429


def test_it_is_known_for_nobody_else(hers: Browser) -> None:
    guess(Browser(hers.app), email=BRAM)
    assert enter(hers, email=BRAM).status_code == 429


@pytest.mark.parametrize("spoil", [lambda value: value[:-1], lambda value: f"x{value}", lambda _value: ""])
def test_what_was_not_signed_here_is_no_known_browser(hers: Browser, spoil: object) -> None:
    cookie = hers.client.get_cookie(COOKIE)
    assert cookie
    stranger = guess(Browser(hers.app))
    stranger.client.set_cookie(COOKIE, spoil(cookie.value))  # type: ignore[operator] # one of the three above
    assert enter(stranger).status_code == 429


def test_it_is_forgotten_after_three_months(hers: Browser) -> None:
    with time_machine.travel(clock.now() + LASTS + timedelta(hours=1), tick=False):
        guess(Browser(hers.app))
        assert enter(hers).status_code == 429


def test_it_says_nothing_and_opens_nothing(hers: Browser) -> None:
    sent = next(each for each in enter(hers).headers.getlist("Set-Cookie") if each.startswith(COOKIE))
    for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert part in sent
    assert "sanne" not in sent
    other, cookie = Browser(hers.app), hers.client.get_cookie(COOKIE)
    assert cookie
    other.client.set_cookie(COOKIE, cookie.value)
    assert other.get("/account").status_code == 303
