"""The check of the scores runs once a night, and says aloud what differs."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from structlog.testing import capture_logs

from app.db import db
from app.domain.candidates.contact_state import ContactState
from jobs import reconciliation
from tests.domain.scoring.scene import NOW, make_candidate, take


@pytest.fixture
def candidate_id(real_app: Flask) -> int:
    with real_app.app_context():
        them = make_candidate()
        take(them, ("form", 0))
        db.session.commit()
        return them


def test_once_a_night(real_app: Flask, candidate_id: int) -> None:
    with real_app.app_context():
        assert [reconciliation.run_due("", NOW + timedelta(hours=hour)) for hour in (0, 1, 24)] == [1, 0, 1]


def test_what_differs_is_an_alarm(real_app: Flask, candidate_id: int) -> None:
    with real_app.app_context(), capture_logs() as logs:
        db.session.execute(update(ContactState).values(tau=1.0))
        db.session.commit()
        reconciliation.run_due("", NOW)
    assert [(line["log_level"], line["event"], line["candidate_id"]) for line in logs] == [
        ("error", "scores_differ", candidate_id)
    ]


def test_nothing_to_check_before_there_is_an_agency(real_app: Flask) -> None:
    with real_app.app_context():
        assert reconciliation.run_due("", NOW) == 0
