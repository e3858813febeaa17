"""The ground: the write lock is free again after every way in which a request can end, and moments are UTC."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask, abort
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from app import clock
from app.db import Busy, db, is_sqlite, page_of, write
from app.domain.agency.person import Person
from app.domain.agency.team import Branch
from app.engine import WriteLock
from tests import make


def locked(app: Flask) -> bool:
    """Whether another process would now have to wait for the write lock."""
    with app.app_context():
        path = f"{db.engine.url.database}.lock"
        if not is_sqlite() or not os.path.exists(path):  # noqa: PTH110 - as the lock itself does it
            return False
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def succeeds() -> str:
    write()
    make.branch("A")
    db.session.commit()
    return "done"


def is_refused() -> str:
    write()
    make.branch("A")
    db.session.rollback()
    abort(422)


def forgets() -> str:
    write()
    make.branch("A")
    abort(422)


def raises() -> str:
    write()
    make.branch("A")
    raise RuntimeError("a fault in a command")


def fails_to_commit() -> str:
    write()
    make.branch("A")
    db.session.add(Branch(name="A"))
    db.session.commit()
    return "never"


def uses_a_savepoint() -> str:
    write()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(text("INSERT INTO team (name, branch_id) VALUES (NULL, 0)"))
    make.branch("A")
    db.session.commit()
    return "done"


ENDS: list[tuple[Callable[[], str], int]] = [
    (succeeds, 200),
    (is_refused, 422),
    (forgets, 422),
    (raises, 500),
    (fails_to_commit, 500),
    (uses_a_savepoint, 200),
]


@pytest.fixture
def door(real_app: Flask) -> Iterator[Flask]:
    """The application with a route for each way in which a request can end."""
    for view, _ in ENDS:
        real_app.add_url_rule(f"/{view.__name__}", view.__name__, view)
    real_app.before_request_funcs.clear()
    yield real_app
    assert not locked(real_app)


@pytest.mark.parametrize(("view", "status"), ENDS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_lock_is_free_after(door: Flask, view: Callable[[], str], status: int) -> None:
    client = door.test_client()
    assert client.get(f"/{view.__name__}").status_code == status
    assert not locked(door)


def test_the_lock_is_free_after_a_command(real_app: Flask) -> None:
    @real_app.cli.command("leave-it-open")
    def leave_it_open() -> None:
        write()
        make.branch("A")

    real_app.test_cli_runner().invoke(args=["leave-it-open"])
    assert not locked(real_app)


def test_waiting_too_long_is_busy_and_the_lock_is_free_after(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.engine.LOCK_SECONDS", 0.05)
    with real_app.app_context():
        if not is_sqlite():
            pytest.skip("PostgreSQL has no lock for all writers")
        descriptor = os.open(f"{db.engine.url.database}.lock", os.O_RDWR | os.O_CREAT)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            write()
        db.session.rollback()
        os.close(descriptor)
        write()
        db.session.commit()
    assert not locked(real_app)


def test_an_engine_that_others_lock_says_so_as_every_statement_does(real_app: Flask) -> None:
    with real_app.app_context():
        if not is_sqlite():
            pytest.skip("PostgreSQL has no lock for all writers")
        db.session.execute(text("PRAGMA busy_timeout=1"))
        other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            write()
        other.close()
        db.session.rollback()
        write()
    assert not locked(real_app)


def test_what_was_read_is_read_again_and_what_is_settled_is_not(real_app: Flask) -> None:
    with real_app.app_context():
        write()
        settled, read = make.branch("A"), make.branch("B")
        db.session.commit()
        with db.engine.connect() as other:
            other.execution_options(write=True).execute(update(Branch).values(name=Branch.name + "!"))
            other.commit()
        assert db.session.scalar(select(Branch.name).where(Branch.id == read.id)) == "B!"
        write(settled)
        assert (settled.name, read.name) == ("A", "B!")


def test_what_was_begun_and_not_finished_is_taken_back(real_app: Flask) -> None:
    with real_app.app_context():
        write()
        make.branch("A")
        write()
        db.session.commit()
        assert db.session.scalars(select(Branch)).all() == []
    assert not locked(real_app)


def test_without_giving_back_the_lock_would_stay(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The control: a lock that is taken and not given back is seen as taken."""
    path = tmp_path_factory.mktemp("lock") / "x.lock"
    lock = WriteLock(path)
    descriptor = lock.take()
    other = os.open(path, os.O_RDWR)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    lock.give_back(descriptor)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def test_many_threads_write_one_after_another(real_app: Flask) -> None:
    def add(number: int) -> None:
        with real_app.app_context():
            write()
            make.branch(f"Branch {number}")
            db.session.commit()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with real_app.app_context():
        assert len(db.session.scalars(select(Branch)).all()) == 12


def test_a_change_before_write_is_a_fault(session: None) -> None:
    db.session.add(Branch(name="A"))
    with pytest.raises(RuntimeError, match="before the first change"):
        write()
    db.session.expunge_all()


def test_a_moment_comes_back_in_utc(session: None) -> None:
    row = make.agency()
    db.session.commit()
    db.session.expire(row)
    assert row.created_at == make.START
    assert row.created_at.tzinfo is UTC


def test_a_naive_moment_is_refused(session: None) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        db.session.execute(select(Person).where(Person.created_at > datetime(2026, 1, 1)))  # noqa: DTZ001 - the fault


def test_a_page_outside_the_list_is_the_nearest(session: None) -> None:
    for number in range(7):
        make.branch(f"{number}")
    page = page_of(select(Branch).order_by(Branch.name), 9, size=3)
    assert (page.number, page.last, page.total) == (3, 3, 7)
    assert [row.name for row in page.rows] == ["6"]


def test_the_clock_is_utc() -> None:
    assert clock.now().tzinfo is UTC
