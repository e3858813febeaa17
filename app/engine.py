"""How an engine begins its transactions: SQLite gets pragmas, its own BEGIN, and one writer at a time."""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

LOCK_SECONDS = 5.0
POLL_SECONDS = 0.001
LOCK, HELD = "write_lock", "held_lock"


class Busy(Exception):  # noqa: N818 - it is a state that passes, not a fault
    """The database stayed locked by others for too long; nothing was written."""


class WriteLock:
    """One writer at a time on this host: threads by a lock, processes by `flock` on a descriptor of their own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.threads = threading.Lock()

    def take(self) -> int:
        """Wait for the lock and return the descriptor that holds it.

        Raises:
            Busy: it was not free within five seconds.
        """
        deadline = time.monotonic() + LOCK_SECONDS
        if not self.threads.acquire(timeout=LOCK_SECONDS):
            raise Busy
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    self.give_back(descriptor)
                    raise Busy from None
                time.sleep(POLL_SECONDS)
            else:
                return descriptor

    def give_back(self, descriptor: int) -> None:
        os.close(descriptor)
        self.threads.release()


def prepare(engine: Engine, synchronous: str) -> None:
    """Give an engine its transactions: SQLite gets pragmas, its own BEGIN and the write lock."""
    if engine.dialect.name != "sqlite":
        return
    lock = WriteLock(Path(f"{engine.url.database}.lock"))

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own type
        record.info[LOCK] = lock
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "recursive_triggers=ON",
            "cache_size=-16000",
            "mmap_size=268435456",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            _begin_writing(connection)
        else:
            _say(connection, "BEGIN")

    @event.listens_for(engine, "checkin")
    def _checked_in(_connection: Any, record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own type
        descriptor = record.info.pop(HELD, None)
        if descriptor is not None:
            lock.give_back(descriptor)


def engine_options(url: str) -> dict[str, object]:
    """How the engine connects: waits are bounded on PostgreSQL, threads share a small pool.

    What a statement was given is nobody's to read in a log: errors name it without.
    """
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"check_same_thread": False}}
    waits = "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"
    return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": {"options": waits, "connect_timeout": 5}}


def has_only_read(connection: Connection) -> bool:
    """Whether SQLite's transaction can end underneath the session, because nothing has to be taken back in it."""
    return LOCK in connection.info and HELD not in connection.info and not connection.in_nested_transaction()


def turn_to_writing(connection: Connection) -> None:
    """What `rollback` and the next `begin` do to the driver, without all that stands around them."""
    driver_of(connection).rollback()
    _begin_writing(connection)


def _begin_writing(connection: Connection) -> None:
    """Whoever begins again before they give the connection back, as migrations do, still has their turn."""
    if HELD not in connection.info:
        connection.info[HELD] = connection.info[LOCK].take()
    _say(connection, "BEGIN IMMEDIATE")


def _say(connection: Connection, statement: str) -> None:
    """To the driver itself: every request begins at least once."""
    error_of = connection.dialect.loaded_dbapi.Error
    try:
        driver_of(connection).execute(statement)
    except error_of as error:
        raise DBAPIError.instance(statement, (), error, error_of) from error


def driver_of(connection: Connection) -> Any:  # noqa: ANN401 - the driver's own type
    """The driver's connection underneath SQLAlchemy's."""
    return connection.connection.driver_connection
