"""Some hundred requests made from the API's own description; `make fuzz-api` sends ten thousand on each engine."""

from collections import Counter

import pytest
from flask import Flask

from app.domain.agency import api_token
from tests.torture.api import attack


@pytest.mark.slow
def test_no_request_is_a_fault_of_ours(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("A_MINUTE", "OF_ALL"):
        monkeypatch.setattr(api_token, bound, 10**9)
    statuses: Counter[int] = Counter()
    faults = attack(real_app, 300, statuses)
    assert faults == []
    assert {200, 201, 404, 422} <= set(statuses)
    assert statuses.total() >= 200
