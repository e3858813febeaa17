"""Two transactions on PostgreSQL, of which the second begins before the first is committed, and waits for it."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from flask import Flask
from sqlalchemy import text

from app.db import db, write

Command = Callable[[], object]
PATIENCE = 5.0
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def meanwhile(app: Flask, first: Command, second: Command, then: Command | None = None) -> object:
    """What came of the second, or what it raised; `then` is done by the first while the second waits."""
    with ThreadPoolExecutor(1) as pool, app.app_context():
        try:
            write()
            first()
            db.session.flush()
            begun = pool.submit(carried_out, app, second)
            _until_it_waits(begun)
            if then:
                then()
            db.session.commit()
        finally:
            db.session.remove()
        return begun.exception(PATIENCE) or begun.result()


def carried_out(app: Flask, command: Command) -> object:
    """A command in a transaction of its own."""
    with app.app_context():
        try:
            write()
            found = command()
            db.session.commit()
        finally:
            db.session.remove()
        return found


def _until_it_waits(begun: "Future[object]") -> None:
    """Until it waits for a lock, or is done without."""
    until = time.monotonic() + PATIENCE
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
        while time.monotonic() < until and not begun.done() and not watching.scalar(WAITING):
            time.sleep(0.01)
