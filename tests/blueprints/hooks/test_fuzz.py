"""Some hundred strange requests on either engine; `make fuzz-hooks` sends ten thousand."""

from collections import Counter
from typing import Any

from flask import Flask

from tests.torture.hooks import attack


def test_no_strange_request_is_a_fault_of_ours(real_app: Flask) -> None:
    statuses: Counter[int] = Counter()
    faults: list[dict[str, Any]] = []

    def note(status: int, asked: dict[str, Any]) -> None:
        statuses[status] += 1
        faults.extend([asked] if status >= 500 else [])

    settled = attack(real_app, 300, 4, note)
    assert faults == []
    assert {200, 400, 401, 404} <= set(statuses)
    assert settled > 100
