"""`flask duplicates` and the nightly look: what they say, write and remember."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.custody import duplicate, merge
from app.domain.custody.merge import Merge
from app.domain.notices import heartbeat
from app.web import duplicates as night
from jobs import duplicates as job
from tests import make
from tests.people import make_people


@pytest.fixture
def twins(real_app: Flask) -> tuple[int, int]:
    with real_app.app_context():
        people = make_people()
        rows = [make.candidate("Jan de Vries", owner=people.sanne) for _ in range(2)]
        for row in rows:
            identity.add(row, Channel.EMAIL, "jan@voorbeeld.nl", make.START)
        db.session.commit()
        return rows[0].id, rows[1].id


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["duplicates", *args])
    return result.exit_code, result.output


def test_it_says_what_it_found(real_app: Flask, twins: tuple[int, int]) -> None:
    assert run(real_app, "--dry-run") == (0, "1 pairs may be one person; 0 of them are new\n")
    assert json.loads(run(real_app, "--json")[1]) == {"found": 1, "new": 1, "dry_run": False}
    assert run(real_app) == (0, "1 pairs may be one person; 0 of them are new\n")


def test_since_looks_at_what_changed(real_app: Flask, twins: tuple[int, int]) -> None:
    assert "0 pairs" in run(real_app, "--since", "2026-02-01")[1]
    assert "1 pairs" in run(real_app, "--since", "2026-01-01")[1]
    assert run(real_app, "--since", "yesterday")[0] == 2


def test_a_night_is_done_once(real_app: Flask, twins: tuple[int, int]) -> None:
    at = clock.parse("2026-03-04T03:00:00+00:00")
    with real_app.app_context():
        assert job.run_due("me", at) == 1
        assert not job.is_due(at + timedelta(hours=20))
        assert job.is_due(at + timedelta(days=1))
        assert job.run_due("me", at + timedelta(hours=1)) == 0
        last = heartbeat.last_run(night.LOOK)
        assert last
        assert last.started_at == at


def test_a_night_without_an_agency_waits(real_app: Flask) -> None:
    with real_app.app_context():
        assert not job.is_due(clock.now())


def test_a_night_gathers_and_forgets(real_app: Flask, twins: tuple[int, int]) -> None:
    at = clock.parse("2026-03-04T03:00:00+00:00")
    with real_app.app_context():
        kept, other = (db.session.get_one(Candidate, each) for each in twins)
        by = make.person("Kim Bos")
        merge.merge(kept, other, {}, by, at - 31 * clock.DAY)
        identity.add(db.session.get_one(Candidate, twins[0]), Channel.PHONE, "0612345678", at)
        make.candidate().referred_by_id = twins[1]
        db.session.commit()
        assert real_app.test_cli_runner().invoke(args=["doctor"]).output.count("was merged into") == 1
        night.look_at_night(at)
        assert real_app.test_cli_runner().invoke(args=["doctor"]).output.count("was merged into") == 0
        assert db.session.scalars(select(Merge.before)).all() == [{}]
        assert duplicate.listed(by).total == 0
