"""A zero character is refused before a database sees it."""

import pytest

from tests.people import Browser, make_people


@pytest.fixture
def visitor(browser: Browser) -> Browser:
    with browser.app.app_context():
        make_people()
    return browser


def test_in_an_address(visitor: Browser) -> None:
    assert visitor.get("/account/sign-in?next=%00").status_code == 400


@pytest.mark.parametrize("facts", [{"email": "a\0@b.nl"}, {"a\0": "b"}])
def test_in_a_form(visitor: Browser, facts: dict[str, str]) -> None:
    assert visitor.post("/account/sign-in", facts).status_code == 400


def test_other_text_is_taken(visitor: Browser) -> None:
    assert visitor.post("/account/sign-in", {"email": "\u00e9\t@x", "password": "\x01"}).status_code == 422
