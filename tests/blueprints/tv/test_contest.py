"""The running competition on a screen: towards the goal, side by side, or the first five of whoever may be named."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.game import appearance
from app.domain.game.competing import glance, pairing
from app.domain.game.competing.competition import Audience, Competition, Format
from app.domain.program.program import withdraw_consent
from tests.blueprints.tv.test_show import BUDGET, hang
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import Arena
from tests.people import Browser

TODAY = arena.GRACE_OVER - timedelta(days=5)
WEEK = timedelta(weeks=1)


@pytest.fixture
def here(app: Flask) -> Iterator[Arena]:
    glance.counted.cache_clear()
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            found = arena.start()
            appearance.choose(found.scene.people.bram, appearance.NAMED, TODAY)
            found.scene.earn(300, source_id=1)
            found.scene.earn(150, source_id=2, candidate_id=2, person_id=found.scene.colleague_id)
            db.session.commit()
        yield found
    glance.counted.cache_clear()


def shown(browser: Browser, here: Arena, format_: Format, **facts: object) -> str:
    with browser.app.app_context():
        here.publish(format_, **facts)
        db.session.commit()
    return asked(browser, here)


def asked(browser: Browser, here: Arena) -> str:
    return browser.get(f"{hang(browser, here.scene)}/contest", part=True, budget=BUDGET).text


def test_towards_a_common_goal_there_is_one_bar(browser: Browser, here: Arena) -> None:
    html = shown(browser, here, Format.TEAM_GOAL, goal=900, name="Samen naar 900")
    assert "Samen naar 900" in html
    assert "450 van 900 punten" in html
    assert '<progress value="50"' in html
    assert "Nog 3 dagen" in html


def test_the_first_five_appear_as_they_chose(browser: Browser, here: Arena) -> None:
    html = shown(browser, here, Format.MOST)
    assert "Bram Jansen" in html
    assert "Een collega" in html
    assert "Sanne" not in html


def test_where_people_are_not_compared_it_says_how_many_take_part(browser: Browser, here: Arena) -> None:
    with browser.app.app_context():
        here.publish(Format.MOST)
        withdraw_consent(here.scene.program_id, TODAY)
        db.session.commit()
    html = asked(browser, here)
    assert "doen mee" in html
    assert "Bram" not in html


def test_in_a_draw_it_says_how_many_are_in_it(browser: Browser, here: Arena) -> None:
    html = shown(browser, here, Format.THRESHOLD, goal=200, step=50)
    assert "in de loting, van 5 die meedoen" in html


def test_of_pairs_it_names_who_is_ahead_and_nobody_who_is_behind(browser: Browser, here: Arena) -> None:
    with browser.app.app_context():
        bram = here.scene.colleague_id
        # Who did something in the weeks before has a seat.
        here.scene.earn(100, on=arena.MONDAY - WEEK, source_id=2, candidate_id=2, person_id=bram)
        pairs, knock_out = here.publish(Format.HEAD_TO_HEAD), here.publish(Format.BRACKET, last=arena.FRIDAY + WEEK)
        pairing.seat(pairs)
        pairing.seat(knock_out)
        here.scene.earn(500, source_id=3, candidate_id=3, person_id=bram)
        db.session.commit()
    html = asked(browser, here)
    assert "doen mee; aan kop: Bram Jansen" in html
    assert "Sanne" not in html
    with browser.app.app_context():
        db.session.get_one(Competition, pairs.id).cancelled_at = TODAY
        db.session.commit()
    html = asked(browser, here)
    assert "Halve finales" in html
    assert "Aan kop: Bram Jansen" in html


def test_who_won_is_celebrated_where_it_was_for_everybody(browser: Browser, here: Arena) -> None:
    with browser.app.app_context():
        people = here.scene.people
        here.finish(here.publish(Format.MOST, name="Sprint"))
        here.finish(here.publish(name="Onder ons", audience=Audience.PEOPLE, audience_ids=[people.sanne.id]))
        db.session.commit()
        url = hang(browser, here.scene)
    with time_machine.travel(arena.FINAL, tick=False):
        html = browser.get(url, budget=BUDGET).text
    assert "Sprint: gewonnen door een collega" in html
    assert "De uitslag van een wedstrijd is definitief." in html
    assert "Onder ons" not in html


def test_sides_with_a_score_race(browser: Browser, here: Arena) -> None:
    html = shown(browser, here, Format.TEAMS, sides=("Oost", "West"))
    assert "Team tegen team" in html
    assert html.count("<li>") <= 2


def test_without_one_there_is_no_slide(browser: Browser, here: Arena) -> None:
    assert "slide" not in asked(browser, here)


def test_it_is_answered_again_only_when_something_changed(browser: Browser, here: Arena) -> None:
    shown(browser, here, Format.MOST)
    url = f"{hang(browser, here.scene)}/contest"
    first = browser.get(url, part=True)
    again = {"HX-Request": "true", "HX-PTag": first.headers["HX-PTag"]}
    assert browser.client.get(url, headers=again).status_code == 304


def test_without_javascript_it_is_a_page(browser: Browser, here: Arena) -> None:
    shown(browser, here, Format.TEAM_GOAL, goal=900, name="Samen naar 900")
    url = hang(browser, here.scene)
    assert f'<noscript><a href="{url}/contest">' in browser.get(url).text
    assert "<h1>Samen naar 900</h1>" in browser.get(f"{url}/contest").text
    assert browser.get("/tv/never-was/contest").status_code == 404
