"""The page of the jobs: what runs, what went wrong, and whether anything runs at all."""

from datetime import datetime, timedelta

import pytest

from app import clock
from app.db import db
from app.domain.notices import heartbeat
from tests.people import Browser, make_people

SECOND = timedelta(seconds=1)
LOCKED = "OperationalError: database is locked"


@pytest.fixture
def ada(browser: Browser) -> Browser:
    with browser.app.app_context():
        people = make_people()
        people.ada.language = "en"
        db.session.commit()
    return browser.sign_in(people.ada)


def ran(browser: Browser, name: str, at: datetime, error: str | None = None, done: int = 0) -> None:
    with browser.app.app_context():
        heartbeat.ran(name, at, at + 3 * SECOND / 2, error, done)
        heartbeat.lead(heartbeat.SCHEDULER, "host:7", at)
        db.session.commit()


def test_before_anything_ran(ada: Browser) -> None:
    page = ada.get("/operations/jobs").text
    assert "No job has ever run" in page
    assert page.count("<tr>") > 30


def test_how_it_goes(ada: Browser) -> None:
    ran(ada, "outbox", clock.now() - 5 * SECOND, done=1234)
    page = ada.get("/operations/jobs").text
    assert "host:7" in page
    assert "took 1.5 s" in page
    assert "1,234" in page
    assert "No job has" not in page


def test_what_went_wrong_is_said_in_words_with_the_error(ada: Browser) -> None:
    ran(ada, "outbox", clock.now() - 5 * SECOND, LOCKED)
    page = ada.get("/operations/jobs").text
    assert "Send what is due: The database was held by others for too long" in page
    assert page.count(LOCKED) == 2


def test_a_fault_of_before_is_remembered_without_alarm(ada: Browser) -> None:
    for ago, error in ((60, "ValueError: no luck"), (5, None)):
        ran(ada, "outbox", clock.now() - ago * SECOND, error)
    page = ada.get("/operations/jobs").text
    assert "1 of 2 runs" in page
    assert page.count("no luck") == 1


def test_silence_is_told(ada: Browser) -> None:
    ran(ada, "outbox", clock.now() - 200 * SECOND)
    page = ada.get("/operations/jobs").text
    assert "No job has run since" in page
    assert ">late<" in page
