"""Visits join late and go after a month."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.journey import source, visit, visitor
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.visit import Visit, Waiting
from jobs import visits
from tests import make

NOW = clock.now()


def waiting(source_id: int, name: str, anonymous_id: str) -> Waiting:
    return Waiting(source_id, name, anonymous_id, "job_view", NOW - timedelta(days=40))


def test_old_visits_go_and_those_left_behind_join(app: Flask) -> None:
    with app.app_context():
        make.agency()
        row, _ = source.make("Website", None, NOW)
        visit.keep(row.id, [waiting(row.id, "1", "nobody")], NOW - timedelta(days=31))
        visit.keep(row.id, [waiting(row.id, "2", "nobody"), waiting(row.id, "3", "somebody")], NOW)
        visitor.join({"somebody": make.candidate().id}, row.id, NOW)
        db.session.commit()
        assert visits.tidy("", NOW) == 2
        assert visits.tidy("", NOW) == 0
        assert db.session.scalars(select(Visit.external_id)).all() == ["2"]
        assert db.session.scalar(select(func.count()).select_from(Touchpoint)) == 1
