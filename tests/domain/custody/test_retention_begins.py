"""The migration that starts the clocks: of an older database nobody is anonymised before the first warning."""

from datetime import timedelta

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from app import clock
from app.db import db
from app.domain.candidates.candidate import Candidate
from tests import make

DAY = timedelta(days=1)


def test_everybody_gets_a_clock_and_time_for_a_warning(real_app: Flask) -> None:
    with real_app.app_context():
        now = clock.now()
        old, new = make.candidate(at=now - 4000 * DAY).id, make.candidate(at=now - DAY).id
        db.session.commit()
        downgrade(revision="0004")
        assert db.session.scalar(text("SELECT count(*) FROM candidate WHERE keep_until IS NOT NULL")) == 0
        db.session.rollback()
        upgrade()
        ends = {row.id: row.keep_until for row in db.session.scalars(select(Candidate))}
        assert timedelta() < (ends[old] or now) - (now + 61 * DAY) < DAY
        assert ends[new] == now + 729 * DAY
        db.session.remove()
