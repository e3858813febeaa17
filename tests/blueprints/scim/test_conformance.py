"""scim2-tester finds nothing; `make check-scim` asks it on each engine with a planted fault beside it."""

import pytest
from flask import Flask

from tests.torture.scim import bad, checks


@pytest.mark.slow
def test_every_check_of_the_standard_is_met(real_app: Flask) -> None:
    results = checks(real_app)
    assert bad(results) == []
    assert len(results) > 40
