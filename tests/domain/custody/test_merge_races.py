"""Two merges at the same moment: one happens, the other is refused, and nothing is between them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db, write
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.custody import merge, reference
from app.domain.custody.merge import Merge, Refused, Why
from app.domain.journey.touchpoint import Touchpoint
from tests import make
from tests.domain.actions.test_action import NOW, Desk
from tests.domain.custody.lives import Life

Three = tuple[int, int, int]


@pytest.fixture
def three(real_app: Flask) -> Three:
    """Three records of one person, each with a touchpoint."""
    with real_app.app_context():
        desk = Desk()
        rows = [make.candidate() for _ in range(3)]
        for row in rows:
            Life(desk, row, NOW).touchpoint(0)
        db.session.commit()
        return rows[0].id, rows[1].id, rows[2].id


def attempt(app: Flask, kept_id: int, other_id: int) -> Why | None:
    with app.app_context():
        kept, other = (db.session.get_one(Candidate, each) for each in (kept_id, other_id))
        by = db.session.scalars(select(Person)).first()
        assert by
        write()
        try:
            merge.merge(kept, other, {}, by, NOW)
        except Refused as refused:
            db.session.rollback()
            return refused.why
        db.session.commit()
        return None


def take_back(app: Flask) -> Why | None:
    with app.app_context():
        row = db.session.scalars(select(Merge)).one()
        write()
        try:
            merge.undo(row, NOW)
        except Refused as refused:
            db.session.rollback()
            return refused.why
        db.session.commit()
        return None


def at_once(*calls: Callable[[], Why | None]) -> list[Why | None]:
    start = Barrier(len(calls))

    def run(call: Callable[[], Why | None]) -> Why | None:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def merged(app: Flask) -> tuple[int, int]:
    """How many merges there are, and with how many candidates the touchpoints stand."""
    with app.app_context():
        assert reference.astray(10) == {}
        merges = db.session.scalar(select(func.count()).select_from(Merge))
        holders = db.session.scalar(select(func.count(Touchpoint.candidate_id.distinct())))
        return merges or 0, holders or 0


def test_the_same_merge_twice(real_app: Flask, three: Three) -> None:
    one, two, _ = three
    found = at_once(*[lambda: attempt(real_app, one, two)] * 4)
    assert sorted(map(str, found)) == ["None", "gone", "gone", "gone"]
    assert merged(real_app) == (1, 2)


def test_each_into_the_other(real_app: Flask, three: Three) -> None:
    one, two, _ = three
    found = at_once(lambda: attempt(real_app, one, two), lambda: attempt(real_app, two, one))
    assert sorted(map(str, found)) == ["None", "gone"]
    assert merged(real_app) == (1, 2)


def test_one_into_two_others(real_app: Flask, three: Three) -> None:
    one, two, third = three
    found = at_once(lambda: attempt(real_app, one, two), lambda: attempt(real_app, third, two))
    assert sorted(map(str, found)) == ["None", "gone"]
    assert merged(real_app) == (1, 2)


def test_a_circle_is_not_closed(real_app: Flask, three: Three) -> None:
    one, two, third = three
    found = at_once(
        lambda: attempt(real_app, one, two),
        lambda: attempt(real_app, two, third),
        lambda: attempt(real_app, third, one),
    )
    assert Why.GONE in found
    merges, holders = merged(real_app)
    assert holders == 3 - merges


def test_the_same_undo_twice(real_app: Flask, three: Three) -> None:
    one, two, _ = three
    attempt(real_app, one, two)
    found = at_once(*[lambda: take_back(real_app)] * 3)
    assert sorted(map(str, found)) == ["None", "undone", "undone"]
    assert merged(real_app) == (1, 3)
