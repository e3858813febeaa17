"""The shop is open at the moment of its scene."""

import pytest

from app import clock
from tests.blueprints.rewards.counter import Counter, open_counter
from tests.domain.game.scene import Scene
from tests.people import Browser


@pytest.fixture
def counter(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Counter:
    monkeypatch.setattr(clock, "now", lambda: Scene.now)
    return open_counter(browser)
