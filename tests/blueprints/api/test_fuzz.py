"""Some hundred requests made from the API's own description; `make fuzz-api` sends ten thousand on each engine."""

from typing import Any

import pytest
from flask import Flask

from app.blueprints.api import docs
from app.domain.agency import api_token
from tests.house.matrix import SCOPES
from tests.people import Browser, People
from tests.torture import api
from tests.torture.api import attack, operations_of

ASKED = 300


@pytest.mark.slow
def test_no_request_is_a_fault_of_ours(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("A_MINUTE", "OF_ALL"):
        monkeypatch.setattr(api_token, bound, 10**9)
    tried = attack(real_app, ASKED)
    assert tried.faults == []
    assert {200, 201, 404, 422} <= set(tried.statuses)
    assert len(tried) >= ASKED
    assert set(tried.operations) == set(SCOPES)
    assert ASKED / 2 < len(tried.different) <= len(tried)


def test_an_address_that_the_description_leaves_out_is_told(
    browser: Browser, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "SCOPES", SCOPES | {"api.forgotten": (None, frozenset())})
    with pytest.raises(AssertionError, match="not the addresses that there are"):
        operations_of(browser.app)


def test_an_address_that_cannot_be_read_is_told(
    browser: Browser, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: dict[str, Any] = browser.client.get(api.DESCRIPTION).json or {}
    broken["paths"]["/api/v1/me"] = {"$ref": "#/components/pathItems/nowhere"}
    monkeypatch.setattr(docs, "document", lambda: broken)
    with pytest.raises(AssertionError, match="cannot be tried"):
        operations_of(browser.app)
