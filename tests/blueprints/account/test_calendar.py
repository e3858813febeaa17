"""One's own calendar link, and what a calendar program gets by it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import clock
from app.db import db
from app.domain.actions.calendar_feed import CalendarFeed
from app.domain.agency.person import Person
from tests.people import Browser, People, make_people

URL = "/account/calendar"


class Desk:
    """Sanne's browser, and the link that she made."""

    def __init__(self, browser: Browser) -> None:
        self.visitor = browser
        with browser.app.app_context():
            self.people: People = make_people()
        self.browser = browser.sign_in(self.people.sanne)

    def make(self) -> str:
        text = self.browser.post(URL, {"ok": "1"}).text
        return "/cal/" + text.partition("/cal/")[2].partition(".ics")[0] + ".ics"

    def fetch(self, url: str, **headers: str) -> TestResponse:
        return self.visitor.client.get(url, headers=headers)

    def fetched_at(self) -> object:
        with self.visitor.app.app_context():
            return db.session.scalar(select(CalendarFeed.fetched_at))


@pytest.fixture
def desk(browser: Browser) -> Desk:
    return Desk(browser)


def test_there_is_no_link_until_one_is_made(desk: Desk) -> None:
    assert "Er is nog geen link." in desk.browser.get(URL).text
    text = desk.browser.post(URL, {"ok": "1"}).text
    assert 'href="webcal://' in text
    assert "nog door geen agenda gelezen" in text


def test_the_link_gives_the_calendar_to_nobody_in_particular(desk: Desk) -> None:
    answer = desk.fetch(desk.make())
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "SUMMARY:Opvolgmoment" in answer.text
    assert "private" in answer.headers["Cache-Control"]


def test_what_did_not_change_is_not_sent_again(desk: Desk) -> None:
    url = desk.make()
    tag = desk.fetch(url).headers["ETag"]
    assert desk.fetch(url, **{"If-None-Match": tag}).status_code == 304


def test_it_is_noted_hourly_that_it_was_read(desk: Desk) -> None:
    now = clock.now()
    with time_machine.travel(now, tick=False):
        url = desk.make()
        desk.fetch(url)
        first = desk.fetched_at()
    with time_machine.travel(now + timedelta(minutes=59), tick=False):
        desk.fetch(url)
        assert desk.fetched_at() == first
    with time_machine.travel(now + timedelta(minutes=61), tick=False):
        desk.fetch(url)
        assert desk.fetched_at() != first


def test_a_new_link_ends_the_old_one_and_ending_ends_both(desk: Desk) -> None:
    old, new = desk.make(), desk.make()
    assert (desk.fetch(old).status_code, desk.fetch(new).status_code) == (404, 200)
    desk.browser.post(f"{URL}/end", {"ok": "1"})
    assert desk.fetch(new).status_code == 404


def test_whoever_left_has_no_calendar(desk: Desk) -> None:
    url = desk.make()
    with desk.visitor.app.app_context():
        db.session.get_one(Person, desk.people.sanne.id).deactivated_at = clock.now()
        db.session.commit()
    assert desk.fetch(url).status_code == 404


def test_only_the_hash_is_kept(desk: Desk) -> None:
    url = desk.make()
    with desk.visitor.app.app_context():
        kept = db.session.scalars(select(CalendarFeed.token_hash)).one()
    assert kept not in url
    assert len(url.removeprefix("/cal/").removesuffix(".ics")) == 43
