"""What is reserved: within one day, once, and taken up by the program that began."""

from datetime import date

import pytest

from app.db import db
from app.domain.program import block
from app.domain.program.block import Scope
from app.domain.program.program import the_program
from tests import make

MONDAY = date(2026, 11, 16)


@pytest.fixture
def scope(session: None) -> Scope:
    make.agency()
    return Scope(make.program().id)


def reserve(scope: Scope, weekday: int, starts: int, minutes: int) -> block.Block:
    return block.reserve(scope, weekday, starts, minutes, from_week=MONDAY, by_id=None, at=make.START)


@pytest.mark.parametrize(
    ("weekday", "starts", "minutes"), [(7, 0, 30), (-1, 0, 30), (0, -1, 30), (0, 0, 0), (0, 1430, 30)]
)
def test_a_block_outside_one_day_is_refused(scope: Scope, weekday: int, starts: int, minutes: int) -> None:
    with pytest.raises(ValueError, match="within one day"):
        reserve(scope, weekday, starts, minutes)


def test_a_block_may_end_at_midnight(scope: Scope) -> None:
    kept = reserve(scope, 0, 23 * 60, 60)
    assert (kept.weekday, kept.starts, kept.minutes) == (0, 23 * 60, 60)


def test_the_time_that_there_is_already_is_not_written_again(scope: Scope) -> None:
    assert reserve(scope, 1, 600, 30) is reserve(scope, 1, 600, 30)
    assert len(block.history([scope])) == 2


def test_a_program_without_a_block_is_no_program(scope: Scope) -> None:
    for row in block.history([scope]):
        db.session.delete(row)
    db.session.flush()
    program = the_program()
    assert program
    with pytest.raises(LookupError):
        block.of_program(program.id, MONDAY)
