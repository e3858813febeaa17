"""Tests of `flask contact-next`."""

import json

import pytest
from flask import Flask

from app.db import db
from tests.domain.scoring.pool_scene import DAY, NOW, Pool

AT = NOW.isoformat()


@pytest.fixture
def pool(app: Flask) -> Flask:
    with app.app_context():
        pool = Pool()
        pool.add("Chantal de Groot")
        pool.add(promise_due_at=NOW - DAY, promise_id=1)
        pool.people.gone.name = "Bram Jansen"
        db.session.commit()
    return app


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["contact-next", *words])
    return result.exit_code, result.output


@pytest.mark.parametrize("who", ["sanne@voorbeeld.nl", "Sanne de Vries"])
def test_it_says_whom_and_why(pool: Flask, who: str) -> None:
    code, out = run(pool, who, "--at", AT)
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "Sanne de Vries: 2 candidates, 1 waiting")
    assert "Benader Bram: je zou gisteren weer contact opnemen." in lines[1]


def test_it_answers_in_json(pool: Flask) -> None:
    code, out = run(pool, "Sanne de Vries", "--at", AT, "--json", "--count", "1")
    found = json.loads(out)
    row = found["candidates"][0]
    assert (code, found["pool"], found["waiting"], len(found["candidates"])) == (0, 2, 1, 1)
    assert row["priority"] == pytest.approx(sum(row["components"].values()))


def test_outside_working_hours_it_says_for_when_it_is(pool: Flask) -> None:
    _, out = run(pool, "Sanne de Vries", "--at", "2026-03-07T12:00+01:00", "--json")
    assert json.loads(out)["list_is_for"] == "2026-03-09T08:00:00+00:00"


def test_without_a_moment_it_is_now(pool: Flask) -> None:
    assert run(pool, "Otto van der Berg")[0] == 0


@pytest.mark.parametrize(
    "words", [("Niemand",), ("niemand@voorbeeld.nl",), ("Bram Jansen",), ("Sanne de Vries", "--at", "gisteren")]
)
def test_what_cannot_be_answered_fails(pool: Flask, words: tuple[str, ...]) -> None:
    code, out = run(pool, *words)
    assert code != 0
    assert "Error" in out
