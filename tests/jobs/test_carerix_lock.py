"""Planning scores for Carerix looks through the whole pool, and meanwhile everybody else can write."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db, write
from app.domain.agency import audit
from app.domain.agency.audit import AuditEntry
from app.domain.scoring import carerix_score
from jobs import carerix
from tests.jobs.desk import make_desk
from tests.jobs.test_carerix import known_as, others, warm

HERE = {"carerix_url": "http://127.0.0.1:9/", "carerix_token_url": "http://127.0.0.1:9/", "carerix_user": "fanfare"}


def writes(app: Flask) -> None:
    """Somebody at work."""
    with app.app_context():
        write()
        audit.record("signed_in", None, clock.now())
        db.session.commit()


def test_nobody_is_held_up_while_it_looks(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    look = carerix_score.due

    def slowly(now: datetime, zone: ZoneInfo) -> Iterator[list[int]]:
        with ThreadPoolExecutor(1) as somebody:
            for portion in look(now, zone):
                somebody.submit(writes, real_app).result()
                yield portion

    monkeypatch.setitem(real_app.config, "SETTINGS", real_app.config["SETTINGS"].model_copy(update=HERE))
    monkeypatch.setattr(carerix_score, "PORTION", 1)
    monkeypatch.setattr(carerix_score, "due", slowly)
    with real_app.app_context():
        desk = make_desk()
        known_as(desk.aisha, "88")
        warm(desk.aisha, clock.now())
        others("1", "2")
        db.session.commit()
        assert carerix.plan_due("me", clock.now()) == 3
        assert len(db.session.scalars(select(AuditEntry)).all()) == 3
