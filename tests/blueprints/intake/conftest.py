"""Who sends something to the intake: a server with its key, and a website with a key that everybody may read."""

import pytest
from flask import Flask

from tests.blueprints.intake.sender import Sender


@pytest.fixture
def sender(app: Flask) -> Sender:
    return Sender(app)


@pytest.fixture
def website(app: Flask) -> Sender:
    return Sender(app, trusted=False)
