"""The night's job runs once a night where the agency is, and makes up for a night that was missed."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app import clock
from app.db import db
from app.domain.candidates.candidate import Candidate
from app.domain.custody import retention_run
from jobs.retention import is_due, run_due
from tests import make
from tests.lost import loses_once

NIGHT = datetime(2026, 3, 4, 2, tzinfo=UTC)  # three o'clock in Amsterdam
HOUR = timedelta(hours=1)


def test_before_the_agency_is_founded_there_is_no_night(session: None) -> None:
    assert not is_due(NIGHT)


@pytest.mark.parametrize(
    ("hours", "due"), [(-24, False), (-1, False), (0, True), (1, True), (20, True), (23, True), (48, True)]
)
def test_a_night_begins_at_three(session: None, hours: int, due: bool) -> None:
    make.agency()
    retention_run.record(Counter(), NIGHT - 20 * HOUR)
    assert is_due(NIGHT + hours * HOUR) is due


def test_the_first_night_is_at_once(session: None) -> None:
    make.agency()
    assert is_due(NIGHT)


def test_a_night_is_done_once(real_app: Flask) -> None:
    with real_app.app_context():
        make.agency()
        row = make.candidate(at=NIGHT - 800 * clock.DAY)
        row.keep_until = NIGHT
        db.session.commit()
        assert [run_due("me", NIGHT), run_due("me", NIGHT + HOUR)] == [1, 0]
        assert db.session.get_one(Candidate, row.id).anonymised_at == NIGHT


def test_a_night_outlasts_a_deadlock(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with real_app.app_context():
        make.agency()
        row = make.candidate(at=NIGHT - 800 * clock.DAY)
        row.keep_until = NIGHT
        db.session.commit()
        faults = loses_once(monkeypatch, retention_run, "carry_out")
        assert (run_due("me", NIGHT), faults) == (1, [])
        assert retention_run.latest(1)[0].counts["anonymised"] == 1
