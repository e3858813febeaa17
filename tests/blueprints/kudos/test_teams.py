"""The sponsor's compliment for a whole team, from the form to the bell, without a script."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.db import db
from app.domain.agency.person import Person
from app.domain.agency.team import Team
from app.domain.game.recognition.surprise import Surprise
from tests.people import Browser, People, make_people

URL = "/kudos/team"
OF_THE_TEAM = 4
WORDS = "Alle blokken gehaald, en dat in een drukke week."


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        db.session.commit()
        return people


def praise(browser: Browser, by: Person, people: People, **facts: object) -> TestResponse:
    sent = {"team_id": people.sanne.team_id, "text": WORDS, "key": uuid4().hex}
    return browser.sign_in(by).post(URL, sent | facts, at="/account")


def said(browser: Browser) -> int:
    with browser.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Surprise)) or 0


def test_one_press_and_everybody_of_the_team_hears_it(browser: Browser, people: People) -> None:
    answer = praise(browser, people.ines, people)
    assert answer.headers["Location"] == "/sponsor"
    html = browser.sign_in(people.bram).get("/notices").text
    assert "De sponsor heeft een compliment voor je" in html
    assert WORDS in html
    assert said(browser) == OF_THE_TEAM


def test_the_team_that_one_came_for_is_chosen(browser: Browser, people: People) -> None:
    with browser.app.app_context():
        name = db.session.get_one(Team, people.sanne.team_id).name
    html = browser.sign_in(people.ines).get(f"{URL}?team={people.sanne.team_id}").text
    assert f'<option selected value="{people.sanne.team_id}">{name}, {OF_THE_TEAM} medewerkers</option>' in html


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [({"team_id": 0}, "Kies een team."), ({"text": " "}, "Vul dit in."), ({"team_id": 9_999}, "aria-invalid")],
)
def test_what_is_missing_is_said_and_nothing_is_sent(
    browser: Browser, people: People, facts: dict[str, object], sentence: str
) -> None:
    answer = praise(browser, people.ines, people, **facts)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert said(browser) == 0


def test_under_one_key_something_else_is_not_sent(browser: Browser, people: People) -> None:
    key = uuid4().hex
    praise(browser, people.ines, people, key=key)
    answer = praise(browser, people.ines, people, key=key, text="Iets anders.")
    assert answer.status_code == 422
    assert "Iets anders." in answer.text
    assert said(browser) == OF_THE_TEAM


def test_an_administrator_is_told_who_may(browser: Browser, people: People) -> None:
    assert "van de sponsor" in browser.sign_in(people.ada).get(URL).text
    assert praise(browser, people.ada, people).status_code == 404
    assert said(browser) == 0
