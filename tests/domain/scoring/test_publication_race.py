"""A touchpoint that comes in while its candidate is being counted anew waits, and is counted under both versions."""

import threading
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db, write
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import engagement, publication, rules
from app.domain.scoring.ruleset import PRESET
from tests import make
from tests.domain.scoring.scene import NOW, make_candidate, take


def _prepare() -> int:
    candidate_id = make_candidate()
    take(candidate_id, ("form", 0))
    by = make.person("Ada Bos").id
    publication.publish(replace(PRESET, half_life_days=9.0), since=None, note="", by_id=by, now=NOW)
    db.session.commit()
    return candidate_id


def _take_in(app: Flask, candidate_id: int) -> None:
    with app.app_context():
        write()
        take(candidate_id, ("job_view", 3), ("form", 9))
        db.session.commit()


def test_what_comes_in_meanwhile_is_counted_under_both(real_app: Flask) -> None:
    with real_app.app_context():
        candidate_id = _prepare()
        write()
        publication.advance(NOW)
        other = threading.Thread(target=_take_in, args=(real_app, candidate_id))
        other.start()
        other.join(0.3)
        assert other.is_alive()  # it waits for us
        db.session.commit()
        other.join()
        write()
        publication.advance(NOW)
        db.session.commit()
        tau = db.session.scalar(select(ContactState.tau).where(ContactState.candidate_id == candidate_id))
        assert rules.live().ruleset.half_life_days == 9.0
        assert engagement.replay(candidate_id, NOW) == pytest.approx(tau, abs=0.01)
