"""The sponsor of the agency that a module lays once, in a browser at the moment of the scene."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from app.domain.agency.person import Person
from tests.conftest import laid
from tests.domain.oversight.scene import NOW
from tests.people import Browser


@pytest.fixture(scope="module")
def ines(shared_app: Flask, request: pytest.FixtureRequest) -> Iterator[Person]:
    """Whom the module's own `lay` made."""
    with laid(shared_app, request.module.lay) as found:
        yield found


@pytest.fixture
def sponsor(ines: Person, browser: Browser) -> Iterator[Browser]:
    with time_machine.travel(NOW, tick=False):
        yield browser.sign_in(ines)
