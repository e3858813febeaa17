"""`flask sponsor`: zeros before there is anything, the page's figures after."""

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app.db import db
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.window import OF_PEOPLE
from app.domain.program.program import the_program, withdraw_consent
from tests.domain.oversight.scene import NOW, scene


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["sponsor", *arguments])


def answer(app: Flask, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(app, "--json", "--at", NOW.isoformat(), *arguments).output)
    return found


@pytest.fixture
def filled(app: Flask) -> Flask:
    with app.app_context():
        scene()
        db.session.commit()
    return app


def test_nothing_is_there_yet(app: Flask) -> None:
    result = run(app, "--json")
    found = json.loads(result.output)
    assert result.exit_code == 0
    assert found["verdict"]["sentence"] == "Not yet, there are no recruiters here; there are no candidates yet."
    assert {(week["answered"], week["other"]) for week in found["weeks"]} == {(0, 0)}
    assert [(stage["candidates"], stage["late"]) for stage in found["funnel"]] == [(0, 0)] * 5
    counts = ("late", "waiting", "rescued", "placements", "redeployments", "referrals")
    assert [found["figures"][code]["value"] for code in counts] == [0] * 6
    assert (found["waiting_for_word"], found["gone_quiet"]) == (
        {"candidates": 0, "since": None},
        {"candidates": 0, "longest": []},
    )
    assert (found["blocks"], found["attention"], found["budget"]) == ([], None, None)


def test_in_words(filled: Flask) -> None:
    result = run(filled, "--at", NOW.isoformat())
    assert result.exit_code == 0
    assert result.output.startswith("Yes, 6 of 8 take part; 16 candidates wait too long for us.")
    assert "Waiting too long for us   16 (before: " in result.output


def test_in_json(filled: Flask) -> None:
    found = answer(filled)
    verdict = found["verdict"]
    assert (verdict["use"], verdict["active"], verdict["expected"], verdict["late"]) == ("yes", 6, 8, 16)
    assert set(found["figures"]) == set(MEASURES)
    assert found["figures"]["late"]["value"] == found["gone_quiet"]["candidates"] == 16
    week = found["weeks"][-1]
    assert (week["monday"], week["answered"], week["other"]) == ("2026-10-26", 9, 7)
    assert week["taking_part"] == 75
    assert week["coverage"] == found["figures"]["coverage"]["value"]
    assert len(found["gone_quiet"]["longest"]) == 10


def test_a_part_of_it(filled: Flask) -> None:
    found = answer(filled, "--period", "12", "--team", "1")
    assert (found["scope"]["period"], found["scope"]["team"]) == ("12", 1)
    assert found["scope"]["days"] == {"first": "2026-08-07", "last": "2026-10-29"}


def test_nobody_is_named(filled: Flask) -> None:
    assert "Persoon" not in json.dumps(answer(filled))


def test_few_people_are_not_counted_without_consent(app: Flask) -> None:
    with app.app_context():
        for each in scene(consent=False).people[4:]:
            each.deactivated_at = NOW
        db.session.commit()
    found = answer(app)
    assert found["scope"]["people_counted"] is False
    assert (found["verdict"]["active"], found["verdict"]["expected"]) == (None, None)
    assert {found["figures"][code]["hidden"] for code in OF_PEOPLE} == {True}
    assert {week[name] for week in found["weeks"] for name in ("answered", "other", "taking_part")} == {None}
    assert "Taking part               hidden" in run(app, "--at", NOW.isoformat()).output


def test_consent_is_not_needed_for_many(filled: Flask) -> None:
    with filled.app_context():
        program = the_program()
        assert program is not None
        withdraw_consent(program.id, NOW)
        db.session.commit()
    assert answer(filled)["verdict"]["expected"] == 8


def test_no_moment(app: Flask) -> None:
    assert run(app, "--at", "gisteren").exit_code == 2
