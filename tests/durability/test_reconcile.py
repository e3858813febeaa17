"""What each suite asks at its end finds nothing where all is well, and every place where something is not."""

import random
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from app.db import db, write
from tests.torture import points, reconcile

SPOILED = (
    ("standings: person", "UPDATE standing SET points = points + 1"),
    ("page of person", "UPDATE standing SET points = points + 1"),
    ("board of person", "UPDATE standing SET points = points + 1"),
    ("API, person", "UPDATE standing SET points = points + 1"),
    ("API, week: nobody is at", "UPDATE standing SET sort_key = sort_key + 100"),
    ("the screen: 200", "UPDATE standing SET points = points + 1"),
    ("the screen: nobody is at", "UPDATE standing SET sort_key = sort_key + 100"),
    ("the sponsor's week of 2026-03-02 as csv", "UPDATE engagement_action SET undone_at = recorded_at"),
    ("the sponsor's week of 2026-03-02 as xlsx", "UPDATE engagement_action SET undone_at = recorded_at"),
    ("file of 2026-03-04", "UPDATE engagement_action SET points = points + 1"),
    ("coins: person", "UPDATE coin_balance SET balance = balance + 1"),
)


@pytest.fixture
def worked(real_app: Flask) -> Iterator[Flask]:
    """Four logged and took back, all at once."""
    with time_machine.travel(points.NOW, tick=False):
        assert points.one_round(real_app, 4, random.Random(1), 6) == []
        yield real_app


def test_all_is_well_or_is_found(worked: Flask) -> None:
    assert reconcile.differences(worked) == []
    for named, statement in SPOILED:
        with worked.app_context():
            write()
            db.session.execute(text(statement))
            db.session.commit()
        assert any(each.startswith(named) for each in reconcile.differences(worked)), named
