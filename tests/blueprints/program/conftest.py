"""The people with a program that began as every program begins."""

import pytest

from app.db import db
from app.domain.program.program import Program, the_program
from tests.people import Browser, People, make_people


def present() -> Program:
    program = the_program()
    assert program
    return program


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        people = make_people()
        db.session.commit()
    return people


@pytest.fixture
def admin(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)
