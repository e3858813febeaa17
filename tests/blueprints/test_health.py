"""The health pages answer on both engines."""

from tests.people import Browser


def test_live(browser: Browser) -> None:
    assert browser.get("/health/live").json == {"status": "live"}


def test_ready(browser: Browser) -> None:
    assert browser.get("/health/ready").json == {"status": "ready"}
