"""Everything in the block happens on Today's Wednesday, at Sanne's desk."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.blueprints.block.scene import Block
from tests.blueprints.today.scene import NOW
from tests.people import Browser


@pytest.fixture
def block(browser: Browser) -> Iterator[Block]:
    with time_machine.travel(NOW, tick=False):
        yield Block(browser)
