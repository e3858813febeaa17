"""Everything on Today happens on one Wednesday."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.blueprints.today.scene import NOW, Desk
from tests.people import Browser


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    with time_machine.travel(NOW, tick=False):
        yield Desk(browser)
