"""A note never holds a log up; what it tells too much is said, and can be changed for a day."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from tests.blueprints.today.scene import NOW, Desk

TELLING = "Is zwanger."


def logged(desk: Desk) -> EngagementAction:
    with desk.sanne.app.app_context():
        return db.session.scalars(select(EngagementAction)).one()


@pytest.fixture
def page(desk: Desk) -> str:
    desk.sanne.post("/actions", desk.form(note=TELLING))
    return f"/actions/{logged(desk).id}/note"


def test_it_is_logged_and_said(desk: Desk, page: str) -> None:
    html = desk.sanne.get("/").text
    assert logged(desk).note == TELLING
    assert "Dit lijkt te gaan over gezondheid." in html
    assert f'<a href="{page}">Notitie aanpassen</a>' in html


@pytest.mark.parametrize("view", ["candidate", "sheet"])
def test_it_is_said_at_once(desk: Desk, view: str) -> None:
    answer = desk.sanne.post("/actions", desk.form(note=TELLING, view=view), part=True)
    assert answer.status_code == 200
    assert f'<a href="/actions/{logged(desk).id}/note">Notitie aanpassen</a>' in answer.text


def test_other_notes_are_not_remarked_on(desk: Desk) -> None:
    desk.sanne.post("/actions", desk.form(note="Wil vier dagen."))
    assert "Notitie aanpassen" not in desk.sanne.get("/").text


def test_the_note_is_changed(desk: Desk, page: str) -> None:
    assert TELLING in desk.sanne.get(page).text
    answer = desk.sanne.post(page, {"note": "Werkt tot juni."}, at=page)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/candidates/{desk.bram}")
    assert logged(desk).note == "Werkt tot juni."


def test_it_is_kept_when_said_a_second_time(desk: Desk, page: str) -> None:
    answer = desk.sanne.post(page, {"note": "Toch zwanger."}, at=page)
    assert answer.status_code == 422
    assert 'name="save_anyway"' in answer.text
    assert logged(desk).note == TELLING
    assert desk.sanne.post(page, {"note": "Toch zwanger.", "save_anyway": "y"}, at=page).status_code == 303
    assert logged(desk).note == "Toch zwanger."


def test_a_note_may_go(desk: Desk, page: str) -> None:
    desk.sanne.post(page, {"note": " "}, at=page)
    assert logged(desk).note is None


def test_others_do_not_see_it(desk: Desk, page: str) -> None:
    for person in (desk.people.bram, desk.people.ada):
        other = desk.sanne.sign_in(person)
        assert other.get(page).status_code == 404
        assert other.post(page, {"note": ""}).status_code == 404


def test_after_a_day_it_stands(desk: Desk, page: str) -> None:
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        browser = desk.sanne.sign_in(desk.people.sanne)
        assert browser.get(page).status_code == 404
