"""On Today: the competitions that run and that one takes part in, and how they stand for oneself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.game.competing import glance, taking_part
from app.domain.game.competing.competition import Format
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import Arena
from tests.people import Browser

TODAY = arena.GRACE_OVER - timedelta(days=5)


@pytest.fixture
def here(app: Flask) -> Iterator[Arena]:
    glance.counted.cache_clear()
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            found = arena.start()
            found.scene.earn(300, source_id=1)
            db.session.commit()
        yield found
    glance.counted.cache_clear()


def seen(browser: Browser, here: Arena) -> str:
    return browser.sign_in(here.scene.people.sanne).get("/today/contests", part=True).text


def publish(browser: Browser, here: Arena, format_: Format, **facts: object) -> int:
    with browser.app.app_context():
        row = here.publish(format_, **facts)
        db.session.commit()
        return row.id


@pytest.mark.parametrize(
    ("format_", "facts", "sentence"),
    [
        (Format.TEAM_GOAL, {"goal": 400}, "Samen 300 van 400 punten"),
        (Format.TEAMS, {"sides": ("Oost", "West")}, "Jouw team ("),
        (Format.THRESHOLD, {"goal": 5000, "step": 50}, "tot je meedoet aan de loting"),
        (Format.THRESHOLD, {"goal": 100, "step": 5000}, "1 lot in de loting"),
        (Format.MOST, {}, "Plaats 1"),
        (Format.FIRST, {"goal": 5000}, "Nog niet bij het doel"),
        (Format.FIRST, {"goal": 10}, "Je hebt het doel gehaald"),
        (Format.IMPROVEMENT, {}, "Nog geen punten"),
    ],
)
def test_it_says_how_it_stands(
    browser: Browser, here: Arena, format_: Format, facts: dict[str, object], sentence: str
) -> None:
    row_id = publish(browser, here, format_, name="Sprint", **facts)
    html = seen(browser, here)
    assert sentence in html
    assert f'href="/contests/{row_id}"' in html
    assert "nog 3 dagen" in html.lower()


def test_a_common_goal_is_a_bar(browser: Browser, here: Arena) -> None:
    publish(browser, here, Format.TEAM_GOAL, goal=400)
    assert '<progress class="" value="75"' in " ".join(seen(browser, here).split())


def test_who_declined_sees_nothing_of_it(browser: Browser, here: Arena) -> None:
    with browser.app.app_context():
        taking_part.decline(here.publish(), here.scene.people.sanne, TODAY)
        db.session.commit()
    assert "card" not in seen(browser, here)


def test_today_asks_for_it_and_by_hand_it_is_the_page_of_competitions(browser: Browser, here: Arena) -> None:
    mine = browser.sign_in(here.scene.people.sanne)
    assert 'hx-get="/today/contests"' in mine.get("/").text
    assert mine.get("/today/contests").location == "/contests"
