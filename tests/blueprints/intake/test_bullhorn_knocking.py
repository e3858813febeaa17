"""/connections/bullhorn: a password that was refused is tried again at a moment that stands there, or at a press."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app import clock
from app.db import db
from app.domain.actions.bullhorn import account, gap
from app.domain.actions.bullhorn.reason import Reason
from app.domain.agency.agency import the_zone
from tests import make
from tests.blueprints.intake.test_bullhorn import URL, admin, left
from tests.fakes.bullhorn import USER, settings
from tests.people import Browser

__all__ = ["admin"]
SAID = "Volgende poging met dit wachtwoord"


@pytest.fixture
def connected(admin: Browser) -> Iterator[Browser]:
    ours = admin.app.config["SETTINGS"]
    admin.app.config["SETTINGS"] = ours.model_copy(update=settings("http://127.0.0.1:9"))
    yield admin
    admin.app.config["SETTINGS"] = ours


def refuse(app: Flask, *, until: timedelta) -> str:
    """The password was refused for the third time, and is tried again so much later; answers what clocks show then."""
    with app.app_context():
        row, key = account.of(USER), app.config["SETTINGS"].key
        keys = {"refused": "x", "refusals": "3", "knock_at": str(int((clock.now() + until).timestamp()))}
        account.keep_keys(row, keys, key)
        account.failed(row, "refused", clock.now())
        db.session.commit()
        at = datetime.fromtimestamp(int(keys["knock_at"]), the_zone())
        return f"{at:%H:%M}"


def keys(app: Flask) -> dict[str, str]:
    with app.app_context():
        return account.keys_of(account.of(USER), app.config["SETTINGS"].key)


def test_it_says_when_it_is_tried_again_and_does_so_at_a_press(connected: Browser) -> None:
    shown = refuse(connected.app, until=timedelta(hours=1))
    page = connected.get(URL).text
    assert (SAID in page, f" {shown}</dd>" in page, f'action="{URL}/knock"' in page) == (True, True, True)
    assert connected.post(f"{URL}/knock").headers["Location"] == URL
    page = connected.get(URL).text
    assert ("binnen een minuut geprobeerd" in page, SAID in page) == (True, False)
    assert keys(connected.app) == {"refused": "x", "refusals": "3"}
    assert connected.post(f"{URL}/knock").status_code == 303


@pytest.mark.parametrize("until", [timedelta(0), timedelta(hours=-1), timedelta(hours=4, minutes=2), timedelta(days=9)])
def test_a_moment_that_is_over_or_of_a_clock_that_was_wrong_is_none(connected: Browser, until: timedelta) -> None:
    refuse(connected.app, until=until)
    page = connected.get(URL).text
    assert (SAID in page, f'action="{URL}/knock"' in page, "niet binnengelaten" in page) == (False, False, True)


def test_with_all_there_is_to_say_the_page_asks_no_more_than_any_page_may(connected: Browser) -> None:
    refuse(connected.app, until=timedelta(hours=1))
    with connected.app.app_context():
        them = make.candidate("Aisha El Amrani")
        gap.begin(account.of(USER), clock.now())
        for number in (1, 2):
            left(number, Reason.NOT_THEIRS, candidate_id=them.id)
        left(3, Reason.UNMAPPED, "Lunch")
        db.session.commit()
    page = connected.get(URL).text
    assert (SAID in page, "2 records" in page, "Lunch" in page) == (True, True, True)


def test_where_nothing_is_connected_nothing_is_tried(admin: Browser) -> None:
    assert admin.post(f"{URL}/knock").status_code == 404
