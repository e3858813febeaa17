"""Files are taken in by portions, and what a portion means is found out before anybody has to wait for it."""

import pytest
from flask import Flask

from app.cli import steps
from app.web import deadlock


def test_a_portion_is_decided_before_it_is_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(deadlock, "write", lambda: said.append("write"))
    monkeypatch.setattr(steps, "AT_ONCE", 2)

    def decide(part: object) -> int:
        said.append(f"decide {part}")
        return 7

    def take(decided: int) -> int:
        said.append("take")
        return decided

    with app.app_context():
        assert steps.decided_steps("rows", [1, 2, 3], (decide, take), quiet=True) == 14
    assert said == ["decide [1, 2]", "write", "take", "decide [3]", "write", "take"]
