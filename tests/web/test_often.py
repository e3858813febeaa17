"""What may be done only so often: counted for a person or a link, also by many at once, and said in words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app import clock
from app.db import db
from app.domain.agency import sign_in
from app.domain.agency.person import Person, Role
from app.domain.agency.session import SignInFailure
from app.domain.agency.sign_in import Limits
from app.domain.game.recognition.kudos import Kudos
from app.web import often
from app.web.often import OF_LINK, OF_PERSON, OF_VISITOR
from tests.house.matrix import EVERYBODY, MATRIX, SCOPES
from tests.people import Browser, People, make_people


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        found = make_people()
        found.ada.language = found.sanne.language = "en"
        db.session.commit()
    return found


def used_up(browser: Browser, endpoint: str, who: str, count: int) -> None:
    """As if it was done so often just now."""
    with browser.app.test_request_context():
        for _ in range(count):
            sign_in.count(often._attempt(who, endpoint), clock.now())
        db.session.commit()


def test_a_file_is_had_so_often_and_then_again_later(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    used_up(browser, "audit.file", f"person {people.ada.id}", OF_PERSON["audit.file"] - 1)
    assert ada.get("/audit/file", budget=200).status_code == 200
    answer = ada.get("/audit/file")
    assert answer.status_code == 429
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    with browser.app.app_context():
        db.session.execute(update(Person).where(Person.id == people.bram.id).values(role=Role.ADMIN))
        db.session.commit()
    assert browser.sign_in(people.bram).get("/audit/file", budget=200).status_code == 200


def test_what_was_typed_stays_on_the_page_that_says_to_wait(browser: Browser, people: People) -> None:
    sanne = browser.sign_in(people.sanne)
    used_up(browser, "kudos.give", f"person {people.sanne.id}", OF_PERSON["kudos.give"])
    answer = sanne.post("/kudos", {"text": "Thank you for the call with Fenna"})
    assert answer.status_code == 429
    assert "Do it again in 60 minutes." in answer.text
    assert "Thank you for the call with Fenna" in answer.text
    with browser.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Kudos)) == 0


def test_pages_are_read_without_being_counted(browser: Browser, people: People) -> None:
    ada = browser.sign_in(people.ada)
    ada.get("/people")
    ada.get("/audit")
    with browser.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignInFailure)) == 0


def test_links_of_candidates_are_counted_by_the_link(browser: Browser, people: People) -> None:
    used_up(browser, "public.ask_known", "a", OF_LINK["public.ask_known"])
    assert browser.post("/me/reach/a/known").status_code == 429
    assert browser.post("/me/reach/b/known").status_code != 429


def test_each_limit_is_of_a_place_that_is_there(shared_app: Flask) -> None:
    assert set(OF_PERSON) | set(OF_LINK) | set(OF_VISITOR) <= set(shared_app.view_functions)
    assert not {name for name in OF_PERSON.keys() - SCOPES.keys() if MATRIX[name] is EVERYBODY}
    assert {name for name in OF_LINK if MATRIX[name] is EVERYBODY} == set(OF_LINK)
    assert {name for name in OF_VISITOR if MATRIX[name] is EVERYBODY} == set(OF_VISITOR)


def test_the_count_holds_when_all_come_at_once(real_app: Flask) -> None:
    """Eight at once, four each: ten may."""

    def press(_number: int) -> bool:
        with real_app.test_request_context():
            try:
                often._count(often._attempt("person 1", "kudos.give"), Limits(10, 100))
            except sign_in.TooMany:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(32))) == 10
