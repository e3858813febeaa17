"""The job that keeps the figures of days, on a database that commits."""

from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.oversight.day_figures import ActivityDay, FigureDay
from app.domain.oversight.day_mark import known
from jobs import figures
from tests.domain.oversight.scene import NOW, scene


def test_it_counts_everything_and_then_nothing(real_app: Flask) -> None:
    with real_app.app_context():
        assert figures.keep_up("me", NOW) == 0, "before there is an agency"
        scene()
        db.session.commit()
        assert figures.keep_up("me", NOW) > 100
        assert figures.keep_up("me", NOW) == 0
        assert known(NOW).holds(NOW.date().replace(year=2020))
        counts = [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in (ActivityDay, FigureDay)]
        assert min(counts) > 100
