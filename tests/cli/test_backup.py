"""`flask backup` and `flask restore`: all of it comes back, on either engine from either, or nothing does."""

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import orjson
import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import MetaData, event, text
from sqlalchemy.exc import DatabaseError

from app import clock, schema
from app.backup import container, taking
from app.backup.shape import shapes
from app.db import db, is_sqlite, write
from app.domain.agency import picture
from app.domain.candidates.candidate import Candidate
from app.domain.custody import erasure_log
from app.domain.custody.erasure import Reason
from app.domain.notices.heartbeat import ran
from app.web import custody
from tests import make
from tests.conftest import ENGINES, _app_on_its_own, _dispose, make_app
from tests.domain.game.scene import start

NAME = "Zoë 'Kanarie' van \"Dijk\"\n→ x"
POINTS = (b"\xff" + bytes(255)) * 800 + b"\x00"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00" + b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02" + POINTS + b";"
"""A picture of 200 kB that is points throughout: nothing in it is left out when it is kept."""


@pytest.fixture
def lived_in(real_app: Flask) -> Flask:
    """An installation with rows of every kind of column."""
    live_in(real_app)
    return real_app


def live_in(app: Flask) -> None:
    with app.app_context():
        scene = start()
        now = clock.now()
        scene.earn(30, recorded_at=now)
        make.candidate(NAME, at=now)
        make.candidate("Wordt Vergeten", at=now)
        picture.store(GIF, now)
        ran("outbox", now, now, None)
        db.session.commit()


@pytest.fixture(params=ENGINES, ids=[f"to-{name}" for name in ENGINES])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An empty installation elsewhere, of either engine."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with _app_on_its_own(request.param, request, folder) as app:
        yield app


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Flask]:
    """An empty folder without any table."""
    app = make_app(tmp_path / "nothing")
    yield app
    _dispose(app)


def run(app: Flask, *args: object) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=[str(each) for each in args])
    return result.exit_code, result.output


@pytest.fixture
def file(lived_in: Flask, tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "all.zip"
    path.parent.mkdir()
    code, said = run(lived_in, "backup", path)
    assert code == 0, said
    return path


@pytest.fixture(scope="module")
def made_once(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A backup, for what is found out before any database is asked."""
    folder = tmp_path_factory.mktemp("made-once")
    shutil.copy(sqlite_template, folder / "fanfare.sqlite")
    app = make_app(folder)
    live_in(app)
    assert run(app, "backup", folder / "all.zip")[0] == 0
    _dispose(app)
    return (folder / "all.zip").read_bytes()


@pytest.fixture
def whole(made_once: bytes, tmp_path: Path) -> Path:
    """That backup as a file of one's own."""
    path = tmp_path / "whole.zip"
    path.write_bytes(made_once)
    return path


def count(app: Flask, table: str) -> int:
    with app.app_context():
        return int(db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_all_of_it_comes_back_on_either_engine(file: Path, place: Flask) -> None:
    code, said = run(place, "restore", file)
    assert code == 0, said
    assert "tables are back" in said
    with place.app_context():
        assert NAME in db.session.query(Candidate.name).filter(Candidate.name == NAME).one()
        assert db.session.query(picture.Picture.content).one()[0] == GIF


def test_a_backup_of_what_came_back_is_the_same(file: Path, place: Flask, tmp_path: Path) -> None:
    run(place, "restore", file)
    assert run(place, "backup", tmp_path / "again.zip")[0] == 0
    with container.opened(file) as (_, first), container.opened(tmp_path / "again.zip") as (_, second):
        assert {name: part for name, part in first.parts.items() if part != second.parts[name]} == {}


def test_the_next_row_has_a_number_of_its_own(file: Path, place: Flask) -> None:
    with container.opened(file) as (_, manifest):
        used = manifest.parts["tables/candidate.jsonl"].rows
    run(place, "restore", file)
    with place.app_context():
        assert make.candidate("Nieuw", at=clock.now()).id > used
        db.session.rollback()


def test_what_may_only_be_added_to_stays_so(file: Path, place: Flask) -> None:
    run(place, "restore", file)
    with place.app_context(), pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text("UPDATE ledger_entry SET points = 0"))


def test_what_points_nowhere_is_refused_as_before(file: Path, place: Flask) -> None:
    run(place, "restore", file)
    with place.app_context(), pytest.raises(DatabaseError, match=r"(?i)foreign key"):
        db.session.execute(text("UPDATE candidate SET owner_id = 999999"))


def test_a_place_without_tables_gets_them(whole: Path, here: Flask) -> None:
    assert run(here, "restore", whole)[0] == 0
    assert count(here, "ledger_entry") == 1


def test_a_place_in_use_is_left_alone(file: Path, place: Flask) -> None:
    with place.app_context():
        make.agency()
        db.session.commit()
    code, said = run(place, "restore", file)
    assert (code, count(place, "candidate")) == (1, 0)
    assert "this place is in use, there are rows in agency" in said
    assert "FANFARE_DATABASE_URL" in said


def test_who_was_erased_since_stays_erased(lived_in: Flask, file: Path, place: Flask) -> None:
    erase(lived_in)
    log = Path(lived_in.config["SETTINGS"].instance) / erasure_log.NAME
    code, said = run(place, "restore", file, "--erasures", log)
    assert (code, "1 candidates forgotten again, of 1 erasures" in said) == (0, True)
    assert "Wordt Vergeten" not in names(place)
    assert (Path(place.config["SETTINGS"].instance) / erasure_log.NAME).read_text() == log.read_text()


def test_the_log_beside_the_backup_is_found(lived_in: Flask, file: Path, place: Flask) -> None:
    erase(lived_in)
    log = Path(lived_in.config["SETTINGS"].instance) / erasure_log.NAME
    (file.parent / erasure_log.NAME).write_text(log.read_text())
    run(place, "restore", file)
    assert "Wordt Vergeten" not in names(place)


def test_without_any_log_they_come_back(lived_in: Flask, file: Path, place: Flask) -> None:
    erase(lived_in)
    run(place, "restore", file)
    assert "Wordt Vergeten" in names(place)


def test_a_log_that_makes_no_sense_is_told(file: Path, place: Flask, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("nonsense\n")
    code, said = run(place, "restore", file, "--erasures", log)
    assert (code, "Mend the log" in said) == (1, True)


def erase(app: Flask) -> None:
    with app.app_context():
        row = db.session.query(Candidate).filter_by(name="Wordt Vergeten").one()
        admin_id = db.session.scalar(text("SELECT min(id) FROM person WHERE role = 'admin'"))
        candidate_id = row.id
        db.session.rollback()
        write()
        custody.erase(candidate_id, by_id=int(admin_id or 0), reason=Reason.ASKED, now=clock.now())


def names(app: Flask) -> list[str]:
    with app.app_context():
        return [name for (name,) in db.session.query(Candidate.name).order_by(Candidate.id)]


@pytest.mark.parametrize("part", [0.001, 0.3, 0.6, 0.9, 0.9999])
def test_a_byte_that_changed_is_found(whole: Path, here: Flask, part: float) -> None:
    content = bytearray(whole.read_bytes())
    content[int(len(content) * part)] ^= 1
    whole.write_bytes(content)
    code, said = run(here, "restore", whole)
    assert (code, "Nothing was restored; use another backup" in said) == (1, True)
    assert run(here, "backup", "--verify", whole)[0] == 1


@pytest.mark.parametrize("size", [0, 10, 5000, -1])
def test_a_file_that_is_not_whole_is_refused(whole: Path, here: Flask, size: int) -> None:
    whole.write_bytes(whole.read_bytes()[:size])
    code, said = run(here, "restore", whole)
    assert (code, "not a whole backup" in said) == (1, True)


def changed(file: Path, tmp_path: Path, change: Callable[[dict[str, object]], object]) -> Path:
    """The same backup with another manifest, sealed as if we had made it so."""
    path = tmp_path / "changed.zip"
    with ZipFile(file) as old, container.written(path) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == container.MANIFEST:
                told = orjson.loads(content)
                change(told)
                content = orjson.dumps(told)
            new.writestr(member, content)
    return path


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"format": 2}, "has format 2, this version of Fanfare reads 1"),
        ({"head": "0999"}, "newer version of Fanfare, at migration 0999"),
        ({"key": "other"}, "another FANFARE_SECRET_KEY"),
        ({"tables": [{"name": "x"}]}, "makes no sense"),
        ({"tables": [{"name": 'person" (', "columns": [], "key": [], "rows": 0, "sha256": ""}]}, "no table of ours"),
    ],
)
def test_a_backup_that_does_not_suit_is_refused(
    whole: Path, here: Flask, tmp_path: Path, facts: dict[str, object], word: str
) -> None:
    code, said = run(here, "restore", changed(whole, tmp_path, lambda told: told.update(facts)))
    assert (code, word in said) == (1, True), said


def test_another_key_is_taken_when_somebody_says_so(whole: Path, here: Flask, tmp_path: Path) -> None:
    path = changed(whole, tmp_path, lambda told: told.update(key="other"))
    assert run(here, "restore", path, "--other-key")[0] == 0


def test_a_row_that_is_missing_undoes_all(file: Path, place: Flask, tmp_path: Path) -> None:
    def forget_one(told: dict[str, object]) -> None:
        tables = told["tables"]
        assert isinstance(tables, list)
        next(each for each in tables if each["name"] == "person")["rows"] += 1

    code, said = run(place, "restore", changed(file, tmp_path, forget_one))
    assert (code, "Nothing was restored" in said) == (1, True)
    assert [count(place, name) for name in ("agency", "person", "candidate")] == [0, 0, 0]


def test_rows_that_come_out_otherwise_undo_all(file: Path, place: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = text("UPDATE person SET name = 'x' WHERE id = (SELECT min(id) FROM person)")
    monkeypatch.setattr("app.backup.restoring.go_on", lambda connection, _last: connection.execute(statement))
    code, said = run(place, "restore", file)
    assert (code, "person came back with" in said) == (1, True)
    assert count(place, "person") == 0


def test_no_room_for_the_file_leaves_none(lived_in: Flask, tmp_path: Path) -> None:
    with at_most(8192):
        code, said = run(lived_in, "backup", tmp_path / "full.zip")
    assert (code, "could not be written" in said) == (1, True)
    assert list(tmp_path.glob("full*")) == []


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_room_for_the_rows_leaves_none(file: Path, place: Flask) -> None:
    with place.app_context():
        if not is_sqlite():
            pytest.skip("a full disk of a database server is for the server's own tests")
        pages = db.session.scalar(text("PRAGMA page_count"))
        event.listen(db.engine, "connect", lambda found, _: found.execute(f"PRAGMA max_page_count={pages}"))
        db.engine.dispose()
    code, said = run(place, "restore", file)
    assert (code, "disk is full" in said) == (1, True), said
    assert count(place, "agency") == 0


def test_a_file_that_is_there_is_not_written_over(lived_in: Flask, file: Path) -> None:
    before = file.read_bytes()
    code, said = run(lived_in, "backup", file)
    assert (code, "exists already" in said, file.read_bytes() == before) == (1, True, True)


def test_nobody_else_may_read_it(file: Path) -> None:
    assert file.stat().st_mode & 0o077 == 0


def test_a_folder_keeps_the_newest(lived_in: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "nights"
    folder.mkdir()
    for day in range(1, 4):
        (folder / f"fanfare-2026010{day}T000000Z.zip").touch()
    (folder / "fanfare-before-upgrade.zip").touch()
    code, _ = run(lived_in, "backup", folder, "--keep", "2")
    left = sorted(path.name for path in folder.iterdir())
    assert (code, left[0], left[2:]) == (0, "fanfare-20260103T000000Z.zip", ["fanfare-before-upgrade.zip"])


def test_keeping_needs_a_folder(lived_in: Flask, tmp_path: Path) -> None:
    assert run(lived_in, "backup", tmp_path / "one.zip", "--keep", "2")[0] == 2


def test_a_database_of_another_version_is_not_backed_up(lived_in: Flask, tmp_path: Path) -> None:
    with lived_in.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0013'"))
        db.session.commit()
    code, said = run(lived_in, "backup", tmp_path / "old.zip")
    assert (code, "flask db upgrade" in said, list(tmp_path.glob("old*"))) == (1, True, [])


def test_an_older_backup_is_brought_up_to_date(
    lived_in: Flask, here: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "older.zip"
    older(lived_in, path, monkeypatch)
    with container.opened(path) as (_, manifest):
        assert (manifest.head, "audit_entry" in {shape.name for shape in manifest.shapes}) == ("0013", False)
    code, said = run(here, "restore", path)
    assert code == 0, said
    assert (count(here, "ledger_entry"), count(here, "audit_entry")) == (1, 0)


def older(app: Flask, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup as the version before the last migration would have made it."""
    with app.app_context():
        db.session.remove()
        downgrade(revision="0013")
        there = MetaData()
        with db.engine.connect() as connection:
            there.reflect(connection)
        told = [shape for shape in shapes(db.metadata) if shape.name in there.tables]
        known = {name: set(found.columns.keys()) for name, found in there.tables.items()}
        fewer = [
            shape._replace(columns=tuple(pair for pair in shape.columns if pair[0] in known[shape.name]))
            for shape in told
        ]
        monkeypatch.setattr(taking, "shapes", lambda _metadata: fewer)
        key = app.config["SETTINGS"].key
        facts = {"head": "0013", "key": key, "erasures": [], "now": clock.now()}
        taking.take(db.engine, db.metadata, path, tell=lambda *_: None, **facts)


def test_one_moment_is_in_it_while_others_write(lived_in: Flask, tmp_path: Path) -> None:
    path = tmp_path / "moment.zip"

    def write_between(table: str, _rows: int) -> None:
        if table == "agency":
            with lived_in.app_context():
                write()
                make.candidate("Kwam Tussendoor", at=clock.now() + timedelta(seconds=1))
                db.session.commit()

    with lived_in.app_context():
        taking.take(
            db.engine, db.metadata, path, head=schema.head(), key="k", erasures=[], now=clock.now(), tell=write_between
        )
    with container.opened(path) as (found, manifest):
        part = manifest.parts["tables/candidate.jsonl"]
        assert not any(b"Kwam Tussendoor" in line for line in container.read(found, "tables/candidate.jsonl", part))
    assert "Kwam Tussendoor" in names(lived_in)


def test_endless_numbers_and_empty_values_stay_what_they_are(lived_in: Flask, place: Flask, tmp_path: Path) -> None:
    with lived_in.app_context():
        db.session.execute(text("UPDATE contact_state SET tau = :endless, reach = NULL"), {"endless": float("inf")})
        db.session.commit()
    assert run(lived_in, "backup", tmp_path / "odd.zip")[0] == 0
    assert run(place, "restore", tmp_path / "odd.zip")[0] == 0
    with place.app_context():
        found = db.session.execute(text("SELECT tau, reach FROM contact_state")).all()
    assert {tuple(row) for row in found} == {(float("inf"), None)}
