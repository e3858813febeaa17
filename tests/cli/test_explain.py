"""Tests of `flask explain`."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.db import db
from app.domain.actions import action
from app.domain.actions.outcome import Outcome
from app.domain.custody.anonymise import anonymise_many
from app.domain.scoring import contact_next, list_log
from app.domain.scoring.list_log import ShownList, ShownRow
from tests.domain.scoring.pool_scene import DAY, HOUR, NOW, Pool


@pytest.fixture
def listed(app: Flask) -> Flask:
    """A list of Bram, whom sanne then spoke, and Chantal."""
    with app.app_context():
        pool = Pool()
        sanne = pool.people.sanne
        bram = pool.add("Bram Willems", promise_due_at=NOW - DAY, promise_id=1)
        pool.add("Chantal de Groot")
        list_log.note(sanne, contact_next.for_person(sanne, NOW), "today", NOW)
        action.log(sanne, bram, Outcome.SPOKE, at=NOW + HOUR, now=NOW + HOUR)
        db.session.commit()
    return app


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["explain", *words])
    return result.exit_code, result.output


def list_id(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalars(select(ShownList.id)).one())


def test_every_row_is_told_with_what_was_done(listed: Flask) -> None:
    code, out = run(listed, list_id(listed))
    lines = out.splitlines()
    assert (code, lines[-1]) == (0, "reproduced exactly: 2 rows")
    assert "Sanne de Vries, a pool of 2" in lines[0]
    assert "Bram Willems" in lines[1]
    assert lines[2].strip().startswith("promise 54.00")
    assert lines[3].strip() == "2026-03-04 11:00: spoke by Sanne de Vries"


def test_a_row_that_was_erased_is_blank(listed: Flask) -> None:
    with listed.app_context():
        anonymise_many(db.session.scalars(select(ShownRow.candidate_id).limit(1)).all(), NOW)
        db.session.commit()
    code, out = run(listed, list_id(listed))
    assert (code, out.splitlines()[-1]) == (0, "reproduced exactly: 2 rows, 1 of them erased")
    assert "Bram" not in out


def test_a_difference_is_named(listed: Flask) -> None:
    with listed.app_context():
        db.session.execute(update(ShownRow).where(ShownRow.position == 1).values(priority=-1))
        db.session.commit()
    code, out = run(listed, list_id(listed))
    assert code == 1
    assert "row 1: priority was -0.01 and comes out as 54.00; the order is not that of the rules" in out
    assert "0 of 1 lists reproduced exactly" in run(listed, "--newest", "9")[1]


def test_the_newest_lists_are_checked_at_once(listed: Flask) -> None:
    assert run(listed, "--newest", "1000") == (0, "1 of 1 lists reproduced exactly\n")


@pytest.mark.parametrize("words", [(), ("4711",)])
def test_there_has_to_be_a_list(app: Flask, words: tuple[str, ...]) -> None:
    assert run(app, *words)[0] != 0
