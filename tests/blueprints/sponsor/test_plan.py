"""The plan's page: making goals, giving them up, the checklist, and what an outsider meets."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from app import clock
from app.db import db
from app.domain.oversight import goal
from app.domain.oversight.goal import Goal, Wish
from app.domain.oversight.launch import LaunchStep
from app.domain.program.program import the_program, withdraw_consent
from tests.domain.oversight.scene import NOW
from tests.people import Browser, People, make_people

GOAL = {"measure": "coverage", "target": "80", "due_on": "2027-03-31", "why": "Niemand vergeten."}


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        with browser.app.app_context():
            made = make_people()
        yield made


@pytest.fixture
def ines(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ines)


def goals(browser: Browser) -> list[Goal]:
    with browser.app.app_context():
        return db.session.query(Goal).order_by(Goal.id).all()


def test_without_goals_the_page_asks_for_them(ines: Browser) -> None:
    assert "Nog geen doelen" in ines.get("/sponsor/plan").text


def test_a_goal_begins_where_its_figure_is(ines: Browser) -> None:
    assert ines.post("/sponsor/plan/goals", GOAL).status_code == 303
    (row,) = goals(ines)
    assert (row.measure, row.target, row.baseline, row.why) == ("coverage", 80, None, "Niemand vergeten.")
    page = ines.get("/sponsor/plan").text
    assert "nog geen cijfer" in page
    assert "Kies er nog 2" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"target": "101"}, "van 0 tot 100"),
        ({"measure": "satisfaction", "target": "5,5"}, "van 0 tot 5"),
        ({"target": "nan"}, "van 0 tot 100"),
        ({"target": ""}, "target-error-1"),
        ({"due_on": "2026-10-29"}, "na vandaag"),
        ({"measure": "anything"}, "measure-error-1"),
    ],
)
def test_what_cannot_be_a_goal_is_said_beside_it(ines: Browser, typed: dict[str, str], said: str) -> None:
    answer = ines.post("/sponsor/plan/goals", GOAL | typed)
    assert answer.status_code == 422
    assert "Niemand vergeten." in answer.text
    assert said in answer.text
    assert goals(ines) == []


def test_where_taking_part_began_is_not_told_once_consent_is_withdrawn(
    ines: Browser, people: People, browser: Browser
) -> None:
    with browser.app.app_context():
        program = the_program()
        assert program
        goal.make(program.id, Wish("adoption", 90, date(2026, 12, 31)), 52, by_id=people.ines.id, now=clock.now())
        db.session.commit()
    assert "Van 52%" in ines.get("/sponsor/plan").text
    with browser.app.app_context():
        withdraw_consent(program.id, clock.now())
        db.session.commit()
    for page in ("/sponsor/plan", "/sponsor", "/sponsor/meeting"):
        assert "52%" not in ines.get(page).text


def test_a_second_goal_for_the_same_figure_is_refused(ines: Browser) -> None:
    ines.post("/sponsor/plan/goals", GOAL)
    answer = ines.post("/sponsor/plan/goals", GOAL)
    assert answer.status_code == 422
    assert "is er al een doel" in answer.text


def test_giving_up_takes_a_reason(ines: Browser) -> None:
    ines.post("/sponsor/plan/goals", GOAL)
    url = f"/sponsor/plan/goals/{goals(ines)[0].id}/giving-up"
    assert ines.post(url, {"why": " "}).status_code == 422
    assert ines.post(url, {"why": "Een ander cijfer past beter."}).status_code == 303
    assert "Een ander cijfer past beter." in ines.get("/sponsor/plan").text
    assert goals(ines)[0].ended_at == NOW


def test_steps_are_ticked_and_unticked_by_hand_only(ines: Browser) -> None:
    assert ines.post("/sponsor/plan/steps/kick_off").status_code == 303
    with ines.app.app_context():
        assert db.session.query(LaunchStep).count() == 1
    ines.post("/sponsor/plan/steps/kick_off/undoing")
    assert ines.post("/sponsor/plan/steps/council").status_code == 404
    with ines.app.app_context():
        assert db.session.query(LaunchStep).count() == 0


def test_an_administrator_is_led_to_where_a_step_is_done(browser: Browser, people: People) -> None:
    assert 'href="/program/sponsor"' in browser.sign_in(people.ada).get("/sponsor/plan").text
    assert 'href="/program/sponsor"' not in browser.sign_in(people.ines).get("/sponsor/plan").text


def test_a_recruiter_has_no_plan(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    assert sanne.post("/sponsor/plan/goals", GOAL).status_code == 404
    assert sanne.client.get("/sponsor/plan").status_code == 404
