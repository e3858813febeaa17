"""`flask tune-half-life`: what it found and what speaks for it, or that there is too little."""

import pytest
from click.testing import Result
from flask import Flask

from app import clock
from app.cli import half_life
from app.db import db
from app.domain.lab.half_life import Proposal
from app.domain.scoring.tuning import Found, Quality
from tests.domain.lab.past import make_past
from tests.domain.scoring.scene import NOW

GOOD, POOR = Quality(0.8, 0.6), Quality(0.7, 0.5)


def run(app: Flask) -> Result:
    return app.test_cli_runner().invoke(half_life.tune_half_life)


def test_too_little_is_said(app: Flask) -> None:
    result = run(app)
    assert result.exit_code == 0
    assert "not enough data: needs 200 contacts" in result.output


def test_what_was_found_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with app.app_context():
        make_past()
        db.session.commit()
    first, second, third = run(app).output.splitlines()
    assert first.startswith("360 contacts, ")
    assert "(in use: 21), chosen on the older 288" in second
    assert third.endswith("better: publish it under Program, Score if you agree")


@pytest.mark.parametrize(
    ("days", "chance", "told"),
    [(30.0, 0.6, "no better: keep what is in use"), (21.0, 0.6, "the same"), (30.0, 0.9, "no better than chance")],
)
def test_what_is_no_better_is_said(days: float, chance: float, told: str) -> None:
    found = Found(days, GOOD, 21.0, POOR, 8, 100, 300, ())
    lines = half_life._lines(Proposal(400, 150, found, 100, POOR, POOR, chance), found)
    assert told in lines[2]
