"""Tests of the leaderboard's pages: what is on them, what they cost, and who may open them."""

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.game import ledger
from app.domain.game.risen import places_then
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.domain.game.scene import ZONE, Scene, show_names, start
from tests.page import counted
from tests.people import Browser

TODAY = datetime(2026, 11, 18, 15, tzinfo=ZONE)
BUDGET = 12


@pytest.fixture(autouse=True)
def _then() -> None:
    places_then.cache_clear()


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            scene = start()
            show_names(scene)
            scene.earn(40, person_id=scene.colleague_id, candidate_id=2)
            scene.earn(30)
            db.session.commit()
        yield scene


@pytest.fixture
def sanne(browser: Browser, scene: Scene) -> Browser:
    return browser.sign_in(scene.people.sanne)


def _crowd(browser: Browser, scene: Scene, size: int) -> None:
    with browser.app.app_context():
        for number in range(size):
            somebody = make.person(f"Persoon{number} Zus")
            show_names(scene, somebody)
            scene.earn(1000 - 10 * number, person_id=somebody.id, team_id=None, candidate_id=3)
        db.session.commit()


def test_the_board_shows_places_and_the_way_up(sanne: Browser) -> None:
    html = sanne.get("/board").text
    assert html.index("Bram Jansen") < html.index("Sanne de Vries (jij)")
    assert "Nog 10 punten tot plaats 1" in html
    assert "Week 47 · nog 5 dagen" in html


def test_the_board_leads_to_why_the_number_is_what_it_is(sanne: Browser) -> None:
    href = re.search(r'<a href="([^"]+)">Hoe kom ik aan mijn punten', sanne.get("/board").text)
    assert href
    assert "Punten van Sanne" in sanne.get(href[1]).text
    assert "Hoe kom ik" not in sanne.get("/board?scope=teams").text, "a team's row opens to its people"


def test_it_speaks_english_too(browser: Browser, scene: Scene) -> None:
    with browser.app.app_context():
        db.session.get_one(type(scene.people.sanne), scene.person_id).language = "en"
        db.session.commit()
    assert "10 points to go to place 1" in browser.sign_in(scene.people.sanne).get("/board").text


def test_fifty_rows_stay_within_the_budget(sanne: Browser, scene: Scene) -> None:
    _crowd(sanne, scene, 100)
    for address in ("/board", "/board?period=month", "/board?show=everyone", "/board?scope=teams"):
        places_then.cache_clear()
        with counted() as asked:
            assert sanne.get(address).status_code == 200
        assert 0 < len(asked) <= BUDGET, address


def test_everybody_ends_at_the_median(sanne: Browser, scene: Scene) -> None:
    _crowd(sanne, scene, 10)
    html = sanne.get("/board?show=everyone").text
    assert html.count("Zus") == 6
    assert "Bovenste helft: vanaf 1.030" in html
    assert "5 anderen" in html
    assert "Sanne de Vries (jij)" in html


def test_an_unchanged_board_is_not_sent_again(sanne: Browser, scene: Scene) -> None:
    first = sanne.get("/board", part=True)
    again = sanne.client.get("/board", headers={"HX-Request": "true", "HX-PTag": first.headers["HX-PTag"]})
    assert (again.status_code, again.text) == (304, "")
    with sanne.app.app_context():
        scene.earn(20, candidate_id=5)
        db.session.commit()
    changed = sanne.client.get("/board", headers={"HX-Request": "true", "HX-PTag": first.headers["HX-PTag"]})
    assert changed.status_code == 200


def test_a_part_is_the_board_alone(sanne: Browser) -> None:
    html = sanne.get("/board", part=True).text
    assert html.lstrip().startswith('<div id="board"')
    assert 'hx-trigger="every 20s, acted from:document"' in html


def test_a_board_of_the_past_rests(sanne: Browser) -> None:
    html = sanne.get("/board?day=2026-11-11").text
    assert "every 20s" not in html
    assert "afgesloten" in html
    assert "Later" in html


@pytest.mark.parametrize("query", ["day=2027-01-01", "day=soon", "day=1066-10-14", "period=year", "show=all"])
def test_what_is_no_board_is_this_week_s(sanne: Browser, query: str) -> None:
    assert "Week 47" in sanne.get(f"/board?{query}").text


def test_movement_is_said_in_words(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        scene.earn(10, on=date(2026, 11, 16), candidate_id=7, person_id=scene.people.tess.id)
        scene.earn(5, on=date(2026, 11, 16), candidate_id=8)
        db.session.commit()
    html = sanne.get("/board").text
    assert "Sinds maandag" in html
    assert "1 plaats gestegen" not in html
    with sanne.app.app_context():
        scene.earn(500, candidate_id=9)
        db.session.commit()
    assert "1 plaats gestegen" in sanne.get("/board").text


def test_equals_share_a_place(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        scene.earn(10, candidate_id=None, kind="adjust")
        db.session.commit()
    assert sanne.get("/board").text.count("gedeeld") == 2


def test_teams_open_to_their_people(sanne: Browser, scene: Scene) -> None:
    html = sanne.get("/board?scope=teams").text
    assert "Zwolle (jouw team)" in html
    assert f"team={scene.team_id}" in html
    people = sanne.get(f"/board?team={scene.team_id}").text
    assert "Alleen de mensen van Zwolle." in people
    assert "Bram Jansen" in people


@pytest.mark.parametrize("team", ["9999", "99999999999999"])
def test_a_team_that_is_none(sanne: Browser, team: str) -> None:
    assert sanne.get(f"/board?team={team}").status_code == (404 if team == "9999" else 200)


def test_without_consent_only_teams_are_compared(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        program = the_program()
        assert program
        withdraw_consent(program.id, scene.now)
        db.session.commit()
    html = sanne.get("/board").text
    assert "Bram" not in html
    assert "Sanne de Vries (jij)" in html
    assert "ondernemingsraad" in html
    assert "Zwolle" in sanne.get("/board?scope=teams").text
    assert sanne.get(f"/board/people/{scene.colleague_id}").status_code == 404
    assert sanne.get(f"/board/people/{scene.person_id}").status_code == 200


def test_an_empty_board_says_how_it_begins(sanne: Browser, browser: Browser, scene: Scene) -> None:
    empty = browser.sign_in(scene.people.ines).get("/board?day=2026-11-02").text
    assert "Nog geen punten" in empty


def test_visitors_are_asked_to_sign_in(browser: Browser, scene: Scene) -> None:
    assert browser.get("/board").status_code == 303


def test_rows_explain_a_total(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        mine = make.candidate("Aisha Bennani", owner=scene.people.sanne)
        scene.earn(15, candidate_id=mine.id, reason="half")
        scene.earn(50, candidate_id=mine.id, source_id=77)
        ledger.reverse("action", 77, by_id=scene.person_id, now=scene.now)
        db.session.commit()
    html = sanne.get(f"/board/people/{scene.person_id}").text
    assert "Gesprek: vanaf de 21e op een dag de helft" in html
    assert "Ongedaan gemaakt: Gesprek" in html
    assert "Aisha Bennani" in html
    assert ">45<" in html


def test_candidates_of_others_stay_without_a_name(browser: Browser, scene: Scene) -> None:
    with browser.app.app_context():
        hers = make.candidate("Aisha Bennani", owner=scene.people.sanne, branch_id=make.branch("Oost").id)
        scene.earn(15, candidate_id=hers.id, person_id=scene.people.otto.id)
        db.session.commit()
    html = browser.sign_in(scene.people.otto).get(f"/board/people/{scene.people.otto.id}").text
    assert "een kandidaat van anderen" in html
    assert "Aisha" not in html


def test_nobody_has_no_rows(sanne: Browser) -> None:
    assert sanne.get("/board/people/9999").status_code == 404


def test_many_rows_come_in_pages(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        for number in range(51):
            scene.earn(1, candidate_id=number + 10)
        db.session.commit()
    first = sanne.get(f"/board/people/{scene.person_id}").text
    assert "Pagina 1 van 2" in first
    assert "page=2" in first
    assert "Pagina 2 van 2" in sanne.get(f"/board/people/{scene.person_id}?page=2").text


def test_nothing_earned_is_said(browser: Browser, scene: Scene) -> None:
    tess = browser.sign_in(scene.people.tess)
    assert "In deze periode is niets verdiend." in tess.get(f"/board/people/{scene.people.tess.id}").text


def test_every_page_shows_my_place(sanne: Browser) -> None:
    html = sanne.get("/board?day=2026-11-02").text
    assert "Plaats 2" in html


def test_a_sponsor_has_no_place(browser: Browser, scene: Scene) -> None:
    assert "place-strip" not in browser.sign_in(scene.people.ines).get("/board").text
