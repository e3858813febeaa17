"""A thousand strange requests on either engine; `make fuzz-intake` sends ten thousand."""

from typing import Any

import pytest
from flask import Flask

from tests.torture.intake import attack


@pytest.mark.slow
def test_no_request_is_a_fault_of_ours(real_app: Flask) -> None:
    answered: dict[int, dict[str, Any]] = {}
    attack(real_app, 1_000, 20261122, answered.setdefault)
    assert {200, 400, 401, 403, 404} <= set(answered)
    assert {status: asked for status, asked in answered.items() if status >= 500} == {}
