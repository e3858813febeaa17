"""Erasure: what was known of somebody is found nowhere afterwards, and points, figures and others are as they were."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, select, text

from app.db import Base, db, vacuum, wipe
from app.domain.actions import action
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.importing import candidate_import, headers, pace, steps
from app.domain.candidates.importing.candidate_import import CandidateImport, State
from app.domain.candidates.importing.pace import Pace
from app.domain.candidates.importing.trace import ImportRefusal
from app.domain.custody import erasure, erasure_log
from app.domain.custody.access import personal, refers
from app.domain.custody.anonymise import STAYS, _nothing
from app.domain.custody.erasure import Erasure, Reason
from tests import importing, make
from tests.domain.custody.canary import NOW, found, ledger, plant
from tests.people import People, make_people

KEY = b"k" * 40


@pytest.fixture
def people(real_app: Flask) -> Iterator[People]:
    """A database that commits: bytes in its files are what is looked for."""
    with real_app.app_context(), real_app.test_request_context():
        yield make_people()
        db.session.remove()


def erase(candidate_id: int, by_id: int | None = None) -> Erasure:
    row = erasure.erase(candidate_id, by_id=by_id, reason=Reason.ASKED, key=KEY, now=NOW)
    db.session.commit()
    return row


def test_nothing_is_found_afterwards(people: People, capfd: pytest.CaptureFixture[str]) -> None:
    kept, _merged = plant(people.sanne)
    assert sum(found().values()) > 20
    erase(kept.id, people.ada.id)
    assert wipe()
    vacuum()
    assert found() == {}
    assert "zq7xw9" not in "".join(capfd.readouterr())


def test_without_the_wipe_the_bytes_would_still_be_there(people: People) -> None:
    kept, _merged = plant(people.sanne)
    erase(kept.id)
    if db.engine.dialect.name == "sqlite":
        assert found() != {}


def test_what_others_brought_stays(people: People) -> None:
    kept, _merged = plant(people.sanne)
    other = make.candidate("Iemand Anders")
    erase(kept.id)
    states = db.session.scalars(select(CandidateImport.state).order_by(CandidateImport.id)).all()
    assert states == [State.DONE, State.COLUMNS, State.DONE]
    assert db.session.scalars(select(ImportRefusal.about)).all() == ["ander@voorbeeld.nl"]
    assert [
        len(problems) for problems in db.session.scalars(select(TouchpointFile.problems).order_by(TouchpointFile.id))
    ] == [1, 2]
    assert db.session.get_one(Candidate, other.id).name == "Iemand Anders"


def test_points_stay_and_the_ledger_is_untouched(people: People) -> None:
    row = make.candidate("Bram Willems", owner=people.sanne, at=NOW)
    logged = action.log(people.sanne, row, Outcome.SPOKE, at=NOW, now=NOW, note="geheim")
    db.session.commit()
    before = ledger()
    erase(row.id)
    assert ledger() == before
    assert len(before) == 1
    kept = db.session.get_one(EngagementAction, logged.action_id)
    assert (kept.note, kept.outcome, kept.candidate_id) == (None, Outcome.SPOKE, row.id)


def test_a_number_is_left_that_nobody_sees(people: People) -> None:
    row = make.candidate("Bram Willems", owner=people.sanne)
    erase(row.id)
    left = db.session.get_one(Candidate, row.id)
    assert (left.name, left.owner_id, left.anonymised_at) == (f"#{row.id}", None, NOW)
    assert db.session.scalars(visible(people.ada)).all() == []


def test_who_was_referred_by_them_stays(people: People) -> None:
    row, friend = make.candidate("Bram Willems"), make.candidate("Vriend")
    friend.referred_by_id = row.id
    db.session.flush()
    erase(row.id)
    assert db.session.get_one(Candidate, friend.id).referred_by_id is None


def test_an_erasure_is_written_down_without_whom(people: People) -> None:
    row = make.candidate("Bram Willems", external_id="B-1")
    identity.add(row, Channel.EMAIL, "bram@voorbeeld.nl", NOW)
    written = erase(row.id, people.ada.id)
    assert (written.candidate_id, written.reason, written.erased_by_id) == (row.id, "asked", people.ada.id)
    assert [len(mark) for mark in written.marks] == [64, 64, 64]
    assert list(erasure.done().rows) == [written]


def test_every_column_that_is_known_goes_or_is_said_to_stay() -> None:
    for table in Base.metadata.sorted_tables:
        tagged = {column.name for column in table.c if personal(column)}
        if table.name in STAYS:
            assert {"outcome", "occurred_at", "due_at", "name", "sort_name", "stage", "registered_at"} >= STAYS[
                table.name
            ]
        else:
            assert not tagged or refers(table), f"{table.name} tells of candidates, and erasure does not find whom"


def again(folder: Path, written: Erasure) -> list[int]:
    """What a restored copy does when it hears the log."""
    erasure_log.append(folder, written)
    return erasure.replay(erasure_log.lines(folder / erasure_log.NAME), key=KEY, now=NOW)


def restored(name: str = "Bram Willems", at: datetime = NOW, external_id: str | None = None) -> Candidate:
    row = make.candidate(name, external_id=external_id, at=at)
    identity.add(row, Channel.PHONE, "0612345678", NOW)
    return row


def test_a_restored_candidate_is_erased_again(people: People, tmp_path: Path) -> None:
    row = restored()
    written = erase(row.id)
    back, other = restored(at=datetime(2026, 1, 1, tzinfo=UTC)), restored("Els Willems")
    assert again(tmp_path, written) == [back.id]
    assert db.session.get_one(Candidate, other.id).anonymised_at is None


def test_the_same_number_in_our_own_system_is_known_again(people: People, tmp_path: Path) -> None:
    row = make.candidate("Bram Willems", external_id="B-1")
    written = erase(row.id)
    back = make.candidate("bram  willems", external_id="B-1")
    assert again(tmp_path, written) == [back.id]


def test_an_erasure_that_the_copy_does_not_know_is_kept(people: People, tmp_path: Path) -> None:
    written = erase(restored().id)
    db.session.delete(written)
    db.session.commit()
    for _ in range(2):
        again(tmp_path, written)
    assert len(erasure.done().rows) == 1


def test_with_another_key_nobody_is_known_again(people: People, tmp_path: Path) -> None:
    written = erase(restored().id)
    restored()
    erasure_log.append(tmp_path, written)
    lines = erasure_log.lines(tmp_path / erasure_log.NAME)
    assert erasure.replay(lines, key=b"x" * 40, now=NOW) == []


def test_without_a_log_nothing_is_repeated(people: People, tmp_path: Path) -> None:
    assert list(erasure_log.lines(tmp_path / erasure_log.NAME)) == []
    assert erasure.replay([], key=KEY, now=NOW) == []


@pytest.mark.parametrize("line", ["x", "[]", "{}", '{"candidate_id": 1, "reason": "asked", "marks": 1}'])
def test_a_line_that_is_not_ours_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="log of erasures"):
        erasure_log.read(line)


def test_a_file_that_cannot_be_read_is_not_kept(people: People) -> None:
    db.session.add(
        CandidateImport(
            file_name="x", content=b"x", layout="x", state=State.DONE, created_by_id=people.ada.id, created_at=NOW
        )
    )
    signals = TouchpointFile(name="x", content=b"%PDF", rows=1, brought_by_id=people.ada.id, brought_at=NOW)
    db.session.add(signals)
    db.session.flush()
    erase(make.candidate().id)
    assert db.session.scalars(select(CandidateImport.content)).all() == [b""]
    assert db.session.scalars(select(TouchpointFile.content)).all() == [b""]


def being_written(people: People, monkeypatch: pytest.MonkeyPatch) -> CandidateImport:
    """An import of three people, one at a time."""
    monkeypatch.setattr(pace, "MOST", 1)
    content = "Naam;Mail\nEls;els@voorbeeld.nl\nJan Bos;jan@voorbeeld.nl\nPiet;piet@voorbeeld.nl\n"
    row = importing.rehearsed(people.ada, content.encode(), [headers.Column.NAME, headers.Column.EMAIL])
    candidate_import.go_on(row.id)
    return db.session.get_one(CandidateImport, row.id, populate_existing=True)


def test_an_import_that_is_being_written_brings_nobody_back(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    jan = make.candidate("Jan Bos")
    row = being_written(people, monkeypatch)
    work = steps.writing(row, people.ada, ZoneInfo("UTC"), Pace())
    next(work)(NOW)
    erase(jan.id)
    importing.taken(row, work)
    assert (row.state, row.written) == (State.WRITING, 1)
    importing.taken(row, steps.writing(row, people.ada, ZoneInfo("UTC"), Pace()))
    assert (row.state, row.written, row.counts["refused"]) == (State.DONE, 3, 1)
    assert set(db.session.scalars(select(Candidate.name).where(Candidate.anonymised_at.is_(None)))) == {"Els", "Piet"}


def test_an_import_that_is_being_written_goes_on_when_it_tells_of_others(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = being_written(people, monkeypatch)
    work = steps.writing(row, people.ada, ZoneInfo("UTC"), Pace())
    next(work)(NOW)
    erase(make.candidate("Kees Ver").id)
    assert importing.taken(row, work).state == State.DONE


def test_what_can_be_neither_emptied_nor_deleted_is_a_fault() -> None:
    with pytest.raises(TypeError, match="in the place of"):
        _nothing(Column("travel_km", Integer, nullable=False))


def test_a_reader_keeps_the_bytes_waiting(people: People) -> None:
    erase(make.candidate().id)
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as reader:
            reader.execute(select(Candidate.id)).all()
            make.candidate()
            db.session.commit()
            db.session.execute(text("PRAGMA busy_timeout=1"))
            assert not wipe()
    assert wipe()
