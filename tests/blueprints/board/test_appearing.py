"""Choosing how one appears, seasons and all of time, other measures, and what a total says of itself."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.domain.actions import verification
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.team import Team
from app.domain.game import appearance
from app.domain.game.adjustment import Adjustment
from app.domain.game.pseudonym import pseudonym
from app.domain.program import season
from app.domain.program.program import Program, the_program
from tests import make
from tests.blueprints.board.test_board import TODAY
from tests.domain.game.scene import Scene, start
from tests.people import Browser

QUESTION = "Wil je met je naam op de ranglijst?"


@pytest.fixture
def scene(app: Flask) -> Iterator[Scene]:
    with time_machine.travel(TODAY, tick=False):
        with app.app_context():
            scene = start()
            scene.earn(40, person_id=scene.colleague_id, candidate_id=2)
            scene.earn(30)
            db.session.commit()
        yield scene


@pytest.fixture
def sanne(browser: Browser, scene: Scene) -> Browser:
    return browser.sign_in(scene.people.sanne)


def _program() -> Program:
    program = the_program()
    assert program
    return program


def _mode(browser: Browser, mode: str, *, all_time: bool = False) -> str:
    with browser.app.app_context():
        appearance.set_mode(_program(), mode, all_time=all_time)
        db.session.commit()
        return _program().mask_seed or ""


@pytest.mark.parametrize(
    ("choice", "said", "shown"),
    [("named", "Je staat op de ranglijst.", True), ("hidden", "Je team houdt je punten.", False)],
)
def test_one_is_asked_until_one_chose(sanne: Browser, scene: Scene, choice: str, said: str, shown: bool) -> None:
    assert QUESTION in sanne.get("/board").text
    assert sanne.post("/board/appearance", {"choice": choice}, at="/board").status_code == 303
    page = sanne.get("/board").text
    assert said in page
    assert QUESTION not in page
    bram = sanne.sign_in(scene.people.bram)
    assert ("Sanne de Vries" in bram.get("/board").text) == shown


def test_who_has_not_chosen_stands_there_as_a_colleague(sanne: Browser) -> None:
    html = sanne.get("/board").text
    assert "Een collega" in html
    assert "Bram" not in html


def test_what_is_no_choice_is_not_there(sanne: Browser) -> None:
    assert sanne.post("/board/appearance", {"choice": "last"}, at="/board").status_code == 404


def test_the_own_page_says_how_one_appears_and_changes_it(sanne: Browser) -> None:
    assert "Je hebt nog niet gekozen" in sanne.get("/account").text
    answer = sanne.post("/board/appearance", {"choice": "named", "next": "/account"}, at="/account")
    assert answer.headers["Location"] == "/account"
    assert "Je staat met je naam op de ranglijst." in sanne.get("/account").text


def test_under_pseudonyms_nobody_has_a_name_but_oneself(sanne: Browser, scene: Scene) -> None:
    seed = _mode(sanne, "pseudonym")
    html = sanne.get("/board").text
    assert pseudonym(seed, scene.colleague_id, "nl") in html
    assert "Sanne de Vries (jij)" in html
    assert f"person-{scene.colleague_id}" not in html
    assert pseudonym(seed, scene.person_id, "nl") in sanne.get("/account").text


@pytest.mark.parametrize(("mode", "said"), [("team", "alleen teams vergeleken"), ("off", "Hier is geen ranglijst")])
def test_where_people_are_not_compared_it_says_so(sanne: Browser, mode: str, said: str) -> None:
    _mode(sanne, mode)
    html = sanne.get("/board").text
    assert said in html
    assert QUESTION not in html
    assert "Jij op de ranglijst" not in sanne.get("/account").text


def test_the_board_of_all_time_is_there_only_when_switched_on(sanne: Browser) -> None:
    assert "Alle tijd" not in sanne.get("/board?period=all").text
    _mode(sanne, "names", all_time=True)
    html = sanne.get("/board?period=all").text
    assert "Sinds het begin" in html
    assert "Eerder" not in html


def test_a_season_has_a_name_a_past_and_a_pause(sanne: Browser, scene: Scene) -> None:
    assert "Seizoen" not in sanne.get("/board").text
    monday = date(2026, 11, 16)
    with sanne.app.app_context():
        for name, weeks in (("Herfst", -8), ("Winter", -2)):
            first = monday + timedelta(weeks=weeks)
            last = first + timedelta(weeks=3, days=-1)
            season.add(_program().id, name, first, last, by_id=None, now=TODAY)
        db.session.commit()
    now = sanne.get("/board?period=season").text
    assert "Winter · nog 5 dagen" in now
    assert "Sanne de Vries (jij)" in now
    before = sanne.get("/board?period=season&day=2026-11-01").text
    assert "Herfst · afgesloten" in before
    assert "Later" in before


@pytest.mark.parametrize("metric", ["helped", "answered", "kept"])
def test_other_measures_say_what_they_are(sanne: Browser, metric: str) -> None:
    assert 'aria-label="Waarop de ranglijst geordend is"' in sanne.get(f"/board?by={metric}").text


def test_improvement_says_that_the_base_line_grows(sanne: Browser) -> None:
    assert "Je basislijn groeit nog: ze heeft 0 afgesloten periodes" in sanne.get("/board?by=improvement").text


def test_a_branch_has_its_people(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        branch_id = db.session.get_one(Team, scene.team_id).branch_id
    assert "Alleen de mensen van Noord." in sanne.get(f"/board?branch={branch_id}").text
    assert sanne.get("/board?branch=999999").status_code == 404


def test_the_score_is_explained_with_its_numbers_and_the_way_up(sanne: Browser, scene: Scene) -> None:
    html = sanne.get(f"/board/people/{scene.person_id}").text
    assert "(30 + 80,00) \u00d7 (5 + 2) ÷ (5 + 2) = 110,00" in html
    assert "Nog 10 punten tot plaats 1. Bijvoorbeeld 1 \u00d7 " in html


def test_rows_say_what_else_there_is_to_say(sanne: Browser, scene: Scene) -> None:
    with sanne.app.app_context():
        row = Adjustment(
            person_id=scene.person_id, points=5, reason="Beurs", made_by_id=scene.people.ada.id, made_at=TODAY
        )
        action = EngagementAction(
            person_id=scene.person_id,
            candidate_id=make.candidate("Aisha Bennani").id,
            kind_id=scene.kind_id,
            outcome="spoke",
            occurred_at=TODAY,
            local_date=TODAY.date(),
            recorded_at=TODAY,
        )
        db.session.add_all([row, action])
        db.session.flush()
        scene.earn(5, kind="adjust", source_kind="adjustment", source_id=row.id, action_kind_id=None, candidate_id=None)
        scene.earn(10, source_id=action.id, candidate_id=7, rule_version=2)
        verification.expect([(action.id, action.candidate_id, scene.person_id, 40)])
        scene.earn(10, kind="bonus", reason="in_block", candidate_id=7, recorded_at=TODAY + timedelta(days=2))
        db.session.commit()
    html = sanne.get(f"/board/people/{scene.person_id}").text
    for said in ("Beurs", "nog 40 bij bewijs", "binnen het opvolgmoment", "vastgelegd op 20 november", "versie 2"):
        assert said in html
