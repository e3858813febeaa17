"""The rules page: written from the settings, with what is new since one read them, and every edition of it."""

from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.db import db
from app.domain.actions import game_rules
from app.domain.actions.award import FULL_A_DAY
from app.domain.program import action_kind, program
from tests import make
from tests.blueprints.program.conftest import present
from tests.people import Browser, People

ABOUT = "/program/about"
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def changed(browser: Browser, people: People) -> People:
    """A conversation is worth more from Monday."""
    with browser.app.app_context():
        game_rules.publish(present(), None, make.START)
        kind = next(each for each in action_kind.kinds_of(present().id) if each.code == "conversation")
        action_kind.change_points(kind, 40, people.ada.id, clock.now(), ZONE)
        game_rules.publish(present(), people.ada.id, clock.now())
        db.session.commit()
    return people


def test_it_says_the_limits_and_reckons_the_example(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.otto).get(ABOUT).text
    assert f"de eerste {FULL_A_DAY} per dag" in page
    assert "200 punten in 2 van de 5 dagen is een score van 560" in page
    assert "Mijn plek toont de eerste 3" in page
    assert "10 punten waard, tot 500 punten per week" in page


def test_where_nobody_gives_kudos_nothing_is_said_of_them(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        present().kudos_a_month = 0
        db.session.commit()
    assert "Een pluim van een collega" not in browser.sign_in(people.otto).get(ABOUT).text


def test_what_is_new_stays_until_it_was_read(browser: Browser, changed: People) -> None:
    sanne = browser.sign_in(changed.sanne)
    assert "40 punten in plaats van 30" in sanne.get(ABOUT).text
    assert sanne.post("/program/rules/reading", {"number": 2}, at=ABOUT).status_code == 303
    assert "in plaats van 30" not in sanne.get(ABOUT).text
    assert "in plaats van 30" in browser.sign_in(changed.bram).get(ABOUT).text


@pytest.mark.parametrize("number", ["", "3", "x", "99999999999999999999"])
def test_what_is_no_edition_cannot_be_read(browser: Browser, changed: People, number: str) -> None:
    assert browser.sign_in(changed.sanne).post("/program/rules/reading", {"number": number}).status_code == 404


def test_older_editions_say_what_they_said(browser: Browser, changed: People) -> None:
    sanne = browser.sign_in(changed.sanne)
    older, newest = sanne.get("/program/rules/1").text, sanne.get("/program/rules/2").text
    assert "Dit is een eerdere versie" in older
    assert "Dit is een eerdere versie" not in newest
    assert sanne.get("/program/rules/3").status_code == 404


def test_it_is_a_text_to_take_along(browser: Browser, changed: People) -> None:
    answer = browser.sign_in(changed.sanne).get("/program/rules.txt")
    assert answer.content_type.startswith("text/plain")
    assert "- Gesprek · 40 vanaf" in answer.text


def test_the_points_page_makes_an_edition(browser: Browser, changed: People) -> None:
    ada = browser.sign_in(changed.ada)
    with browser.app.app_context():
        kinds = {each.code: each.id for each in action_kind.kinds_of(present().id)}
    points = {f"points-{kind}": 15 for kind in kinds.values()}
    assert ada.post("/program/points", points, at="/program/points").status_code == 303
    assert "versie 3" in ada.get("/program/rules/3").text


def test_staff_read_what_is_recorded_of_them(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    assert "12 of meer binnen 10 minuten" in sanne.get("/program/staff-data").text
    assert "Wat niet wordt vastgelegd" in sanne.get("/program/staff-data.txt").text


def test_without_consent_the_page_says_so(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        program.withdraw_consent(present().id, clock.now())
        db.session.commit()
    sanne = browser.sign_in(people.sanne)
    assert "Er is geen instemming vastgelegd" in sanne.get("/program/staff-data").text
    assert "mensen worden niet vergeleken" in sanne.get(ABOUT).text
