"""The health pages answer on both engines, and say when jobs or mail stand still."""

from datetime import timedelta

from app import clock
from app.db import db
from app.domain.notices import heartbeat, outbox
from tests.people import Browser

SECOND = timedelta(seconds=1)


def test_live(browser: Browser) -> None:
    assert browser.get("/health/live").json == {"status": "live"}


def test_ready(browser: Browser) -> None:
    assert browser.get("/health/ready").json == {"status": "ready"}


def beat(browser: Browser, seconds: int) -> None:
    with browser.app.app_context():
        at = clock.now() - seconds * SECOND
        heartbeat.ran("outbox", at, at, None)
        db.session.commit()


def wait(browser: Browser, seconds: int) -> None:
    with browser.app.app_context():
        at = clock.now() - seconds * SECOND
        when = {"due_at": at, "not_after": at + timedelta(days=1), "now": at}
        outbox.plan(kind="x", recipient="person:1", period="x", payload={}, host="voorbeeld.nl", **when)
        db.session.commit()


def test_ready_while_the_jobs_live_and_the_mail_goes_out(browser: Browser) -> None:
    beat(browser, 80)
    wait(browser, 590)
    assert browser.get("/health/ready").status_code == 200


def test_not_ready_when_the_jobs_are_silent_or_mail_waits_long(browser: Browser) -> None:
    beat(browser, 95)
    wait(browser, 610)
    answer = browser.get("/health/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "missing": ["jobs", "mail"]})
