"""The job counts the history anew until the published rules are live, and removes what the old ones counted."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.scoring import publication, rules
from app.domain.scoring.cell import EngagementScore
from app.domain.scoring.ruleset import PRESET
from jobs import publication as job
from tests import make
from tests.domain.scoring.scene import NOW, make_candidate, take


def test_it_works_until_there_is_nothing_left(real_app: Flask) -> None:
    with real_app.app_context():
        take(make_candidate(), ("form", 0))
        by = make.person("Ada Bos").id
        publication.publish(replace(PRESET, half_life_days=9.0), since=None, note="", by_id=by, now=NOW)
        db.session.commit()
        assert job.work("", NOW) == 3  # a portion, the flip, and what is cleared
        assert (job.work("", NOW), rules.live().ruleset.half_life_days) == (0, 9.0)
        assert db.session.scalar(select(func.count()).select_from(EngagementScore)) == 1
