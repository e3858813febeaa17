"""Tests of `flask board`."""

import json

import pytest
from flask import Flask

from app.db import db
from tests.domain.game.scene import start


@pytest.fixture
def played(app: Flask) -> Flask:
    with app.app_context():
        scene = start()
        scene.earn(30, hour=10)
        scene.earn(30, hour=12, person_id=scene.colleague_id, candidate_id=2)
        scene.earn(0, hour=12, person_id=scene.people.tess.id, candidate_id=3)
        db.session.commit()
    return app


def _run(app: Flask, *words: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["board", *words])
    return result.exit_code, result.stdout, result.stderr


def test_it_lists_who_stands_where(played: Flask) -> None:
    code, out, _ = _run(played, "--at", "2026-11-18T13:00+01:00")
    assert code == 0
    assert out.splitlines() == [
        "   1=      30     1     1  Sanne de Vries",
        "   1=      30     1     1  Bram Jansen",
        "    -       0     1     0  Tess Bakker",
        "Vaste Band: 3 people in the week of 2026-11-18 12:00 UTC",
    ]


def test_it_answers_as_of_a_moment(played: Flask) -> None:
    _, out, _ = _run(played, "--period", "month", "--at", "2026-11-18T11:00+01:00", "--json")
    answer = json.loads(out)
    assert (answer["period"], answer["start"]) == ("month", "2026-11-01")
    assert answer["rows"] == [
        {"place": 1, "shared": False, "name": "Sanne de Vries", "points": 30, "actions": 1, "helped": 1}
    ]


def test_it_says_that_no_page_shows_it(played: Flask) -> None:
    with played.app_context():
        db.session.execute(db.text("UPDATE works_council_consent SET withdrawn_at = recorded_at"))
        db.session.commit()
    assert "no page shows this board" in _run(played)[2]


def test_a_broken_moment_is_refused(played: Flask) -> None:
    code, _, err = _run(played, "--at", "soon")
    assert code == 2
    assert "soon is no ISO 8601 moment" in err


def test_without_a_program_there_is_no_board(app: Flask) -> None:
    code, _, err = _run(app)
    assert (code, "no program yet" in err) == (1, True)
