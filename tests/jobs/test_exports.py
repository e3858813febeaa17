"""The job that makes large files: whole, in the asker's language, told of on the way, and given up when it must."""

from datetime import timedelta

import pytest
from flask import Flask

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import exporting
from app.domain.candidates.exporting import CandidateExport, Format, State
from jobs import exports
from tests import make
from tests.people import make_people

NOW = make.START


@pytest.fixture
def ada(real_app: Flask) -> Person:
    with real_app.app_context():
        found = make_people().ada
        db.session.commit()
    return found


def asked(person: Person, names: str, language: str = "nl") -> int:
    ids = [make.candidate(f"Kandidaat {name}").id for name in names]
    row = exporting.ask(person, ids, Format.CSV, language, NOW)
    db.session.commit()
    return row.id


def export(export_id: int) -> CandidateExport:
    return db.session.get_one(CandidateExport, export_id, populate_existing=True)


def test_what_waits_is_made(real_app: Flask, ada: Person) -> None:
    with real_app.app_context():
        first, second = asked(ada, "AB"), asked(ada, "C", "en")
        assert exports.make_due("x", clock.now()) == 2
        dutch, english = (str((export(each).content or b"").decode("utf-8-sig")) for each in (first, second))
        assert "volledige naam" in dutch
        assert "full name" in english
        assert ("Kandidaat B" in dutch, "Kandidaat B" in english) == (True, False)
        assert (export(first).state, export(first).query) == (State.READY, {})
        assert exports.make_due("x", clock.now()) == 0


def test_progress_is_kept(real_app: Flask, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "EVERY", 2)
    monkeypatch.setattr("app.domain.candidates.exporting_pool.PORTION", 1)
    with real_app.app_context():
        export_id = asked(ada, "ABCDE")
        exports.make_due("x", clock.now())
        assert (export(export_id).made, export(export_id).rows) == (4, 5)


def test_one_that_fails_does_not_keep_the_others(real_app: Flask, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = exports._content
    with real_app.app_context():
        broken, good = asked(ada, "A"), asked(ada, "B")
        monkeypatch.setattr(exports, "_content", lambda row: 1 / 0 if row.id == broken else whole(row))
        assert exports.make_due("x", clock.now()) == 1
        assert (export(broken).state, export(broken).tries) == (State.FAILED, exporting.TRIES + 1)
        assert export(good).state == State.READY


def test_files_go_after_their_day(real_app: Flask, ada: Person) -> None:
    with real_app.app_context():
        export_id = asked(ada, "A")
        exports.make_due("x", clock.now())
        assert exports.make_due("x", clock.now() + exporting.KEPT + timedelta(seconds=1)) == 0
        assert (export(export_id).state, export(export_id).content) == (State.GONE, None)
