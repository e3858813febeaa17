"""What tests of these pages share."""

import pytest

from tests.hashes import cheap_hashes
from tests.people import Browser, People, make_people

__all__ = ["cheap_hashes"]


@pytest.fixture
def people(browser: Browser) -> People:
    with browser.app.app_context():
        return make_people()


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)
