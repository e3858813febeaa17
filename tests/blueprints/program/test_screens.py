"""The screens among the settings: made with a link that is shown once, switched off, and on again."""

import re

import pytest
from flask import Flask

from app.db import db
from app.domain.game import screen
from app.domain.program.program import the_program
from tests.people import Browser, make_people


@pytest.fixture
def ada(browser: Browser, app: Flask) -> Browser:
    with app.app_context():
        people = make_people()
    return browser.sign_in(people.ada)


def make(ada: Browser, **typed: object) -> str:
    said = {"name": "Kantine", "team": "0", "seconds": "15"} | typed
    return ada.post("/program/screens", said, at="/program/screens").text


def number(ada: Browser) -> int:
    with ada.app.app_context():
        program = the_program()
        assert program
        return screen.of_program(program.id)[0].id


def test_its_link_is_shown_once_and_opens_it(ada: Browser) -> None:
    found = re.search(r'value="[^"]*(/tv/[\w-]+)"', make(ada))
    assert found
    assert ada.get(found[1]).status_code == 200
    again = ada.get("/program/screens").text
    assert "Kantine" in again
    assert "nog nooit" in again
    assert "/tv/" not in again


def test_what_was_typed_is_not_lost(ada: Browser) -> None:
    html = make(ada, name="", sound="y")
    assert "Dit mag niet leeg zijn." in html or 'aria-invalid="true"' in html
    assert re.search(r'name="sound"[^>]*checked|checked[^>]*name="sound"', html)


def test_it_is_switched_off_and_on_again(ada: Browser) -> None:
    url = re.search(r"/tv/[\w-]+", make(ada))
    assert url
    at = f"/program/screens/{number(ada)}"
    assert ada.post(f"{at}/revocation", at="/program/screens").status_code == 303
    assert f"{at}/return" in ada.get("/program/screens").text
    assert ada.get(url[0]).status_code == 404
    ada.post(f"{at}/return", at="/program/screens")
    assert ada.get(url[0]).status_code == 200


def test_a_screen_that_is_not_there(ada: Browser) -> None:
    assert ada.post("/program/screens/9/revocation", at="/program/screens").status_code == 404
    with ada.app.app_context():
        assert db.session.get(screen.Screen, 9) is None
