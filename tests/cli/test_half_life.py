"""`flask tune-half-life`: what it found and what speaks for it, or that there is too little."""

from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask

from app import clock
from app.cli import half_life
from app.db import db
from app.domain.lab.proposal import Learned, Proposal
from app.domain.scoring.ruleset import PRESET, Ruleset
from app.domain.scoring.tuning import Quality
from tests.domain.lab.past import make_past
from tests.domain.scoring.scene import NOW

GOOD, POOR = Quality(0.8, 0.6), Quality(0.7, 0.5)


def run(app: Flask) -> Result:
    return app.test_cli_runner().invoke(args=["tune-half-life"])


def test_too_little_is_said(real_app: Flask) -> None:
    result = run(real_app)
    assert result.exit_code == 0
    assert "not enough data: needs 200 contacts" in result.output


def test_what_was_found_is_told(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with real_app.app_context():
        make_past()
        db.session.commit()
    first, second, *_, older, newest = run(real_app).output.splitlines()
    assert first.startswith("360 contacts, ")
    assert second.endswith("(in use: 21)")
    assert older.startswith("on the older: AUC ")
    assert newest.endswith("better: look for a proposal in the lab, and accept it if you agree")


def lines(rules: Ruleset, *changed: str, chance: float = 0.6) -> list[str]:
    learned = Learned(rules, GOOD, POOR, changed)
    return half_life._lines(Proposal(400, 150, learned, 100, POOR, POOR, chance), learned, PRESET)


@pytest.mark.parametrize(
    ("days", "chance", "told"),
    [(30.0, 0.6, "no better: keep what is in use"), (21.0, 0.6, "the same"), (30.0, 0.9, "no better than chance")],
)
def test_what_is_no_better_is_said(days: float, chance: float, told: str) -> None:
    assert told in lines(replace(PRESET, half_life_days=days), chance=chance)[-1]


def test_a_kind_that_is_worth_something_else_is_told() -> None:
    was = PRESET.rule("site_visit")
    told = lines(replace(PRESET, kinds={**PRESET.kinds, "site_visit": replace(was, points=12.0)}), "site_visit")
    assert f"site_visit 12 points (in use: {was.points:g})" in told
    assert told[-1].endswith("no better: keep what is in use")
