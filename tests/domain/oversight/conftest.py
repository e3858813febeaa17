"""Three months of an agency, laid once for a module of which every test begins with them."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import laid
from tests.domain.oversight.journeys import with_journeys
from tests.domain.oversight.scene import Scene, scene


@pytest.fixture(scope="module")
def three_months(shared_app: Flask) -> Iterator[Scene]:
    with laid(shared_app, scene) as found:
        yield found


@pytest.fixture(scope="module")
def journeys(shared_app: Flask) -> Iterator[Scene]:
    with laid(shared_app, with_journeys) as found:
        yield found
