"""A recruiter asks how it went, reads what was said, and sees what is to be put right until somebody spoke."""

import pytest
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import recovering, response
from app.domain.actions.recovery import Cause
from app.domain.journey import feedback
from app.domain.journey.feedback import Feedback
from app.domain.journey.touchpoint import Hit
from tests import make
from tests.people import Browser, People, make_people


class Asked:
    """Sanne's browser, and the page of Pieter."""

    def __init__(self, browser: Browser) -> None:
        with browser.app.app_context():
            self.people: People = make_people()
            self.id = make.candidate("Pieter Post", owner=self.people.sanne, at=clock.now()).id
            db.session.commit()
        self.sanne, self.url = browser.sign_in(self.people.sanne), f"/candidates/{self.id}"

    def go_wrong(self) -> None:
        with self.sanne.app.app_context():
            recovering.begin(self.id, Cause.COMPLAINT, "feedback:1", clock.now())
            db.session.commit()

    def hand(self) -> int:
        data = {"purpose": "feedback", "how": "show"}
        return self.sanne.post(f"{self.url}/links", data, at=f"{self.url}/links").status_code


@pytest.fixture
def asked(browser: Browser) -> Asked:
    return Asked(browser)


def test_a_link_to_pass_on_asks_once_in_sixty_days(asked: Asked) -> None:
    assert asked.hand() == 200
    with asked.sanne.app.app_context():
        assert db.session.scalars(select(Feedback.stage)).all() == ["engage"]
    assert asked.hand() == 422


def test_what_is_to_be_put_right_is_said_on_both_pages(asked: Asked) -> None:
    asked.go_wrong()
    assert "heeft een klacht" in asked.sanne.get(asked.url, budget=17).text
    assert "heeft een klacht" in asked.sanne.get("/").text


def test_a_conversation_takes_it_off(asked: Asked) -> None:
    asked.go_wrong()
    data = {"candidate": asked.id, "outcome": "spoke"}
    asked.sanne.post("/actions", data, at="/account")
    assert "heeft een klacht" not in asked.sanne.get(asked.url, budget=17).text


def test_what_they_added_is_read(asked: Asked) -> None:
    with asked.sanne.app.app_context():
        now = clock.now()
        row = feedback.ask(asked.id, "engage", at_the_end=False, team_id=None, person_id=None, now=now)
        row.said = "Niemand belde terug."
        payload = {"score": "2", "stage": "engage"}
        response.take_in(Hit(asked.id, "survey_answered", now, "own-page", "1", payload=payload), now)
        db.session.commit()
    assert "Niemand belde terug." in asked.sanne.get(asked.url, budget=17).text
