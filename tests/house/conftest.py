"""An application without a database, for tests that only look at how it is put together."""

import pytest
from flask import Flask

from tests.conftest import make_app


@pytest.fixture(scope="session")
def any_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return make_app(tmp_path_factory.mktemp("any"))
