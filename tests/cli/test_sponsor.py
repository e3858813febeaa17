"""`flask sponsor`: zeros before there is anything, the page's figures after."""

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.db import db
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.domain.oversight.scene import NOW, scene


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["sponsor", *arguments])


def answer(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(app, "--json", "--at", NOW.isoformat()).output)
    return found


@pytest.fixture
def filled(app: Flask) -> Flask:
    with app.app_context():
        scene()
        db.session.commit()
    return app


def test_nothing_is_there_yet(app: Flask) -> None:
    found = answer(app)
    assert found["adoption"] == {"active": 0, "expected": 0, "change": 0}
    assert {(week["answered"], week["other"]) for week in found["weeks"]} == {(0, 0)}
    assert found["coverage"] == {"on_time": 0, "late": 0, "percent": None}
    assert [stage["candidates"] for stage in found["stages"]] == [0] * 5
    assert found["verdict"]["sentence"] == "Not yet, there are no recruiters here; there are no candidates yet."


def test_in_words(filled: Flask) -> None:
    result = run(filled, "--at", NOW.isoformat())
    assert result.exit_code == 0
    assert result.output.startswith("Yes, 6 of 8 take part; 16 candidates wait too long for us.")
    assert "6 of 8 (+1)" in result.output


def test_in_json(filled: Flask) -> None:
    found = answer(filled)
    assert found["adoption"] == {"active": 6, "expected": 8, "change": 1}
    assert found["weeks"][-1] == {"monday": "2026-10-26", "answered": 9, "other": 7}
    assert len(found["gone_quiet"]) == 10


def test_nobody_is_named(filled: Flask) -> None:
    assert "Persoon" not in json.dumps(answer(filled))


def test_few_people_are_not_counted_without_consent(app: Flask) -> None:
    with app.app_context():
        make.person("Sanne de Vries")
        db.session.commit()
    assert "taking part" not in run(app).output
    assert answer(app)["adoption"] is None


def test_consent_is_not_needed_for_many(filled: Flask) -> None:
    with filled.app_context():
        program = the_program()
        assert program is not None
        withdraw_consent(program.id, NOW)
        db.session.commit()
    assert answer(filled)["adoption"]["expected"] == 8


def test_no_moment(app: Flask) -> None:
    assert run(app, "--at", "gisteren").exit_code == 2
