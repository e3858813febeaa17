"""The intake that official clients send to, the clients themselves, and a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.clients.live import Live
from tests.clients.live import live as serving
from tests.clients.modules import installed


@pytest.fixture
def live(real_app: Flask) -> Iterator[Live]:
    with serving(real_app) as found:
        yield found


@pytest.fixture(scope="session")
def modules() -> Path:
    return installed()
