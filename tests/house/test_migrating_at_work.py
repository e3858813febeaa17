"""A migration may run while people work: it waits its turn, and loses nothing that they wrote."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.db import Busy, db, write
from app.domain.agency.session import SignInFailure

FAILED = text("INSERT INTO sign_in_failure (account_hash, address_hash, at) VALUES ('x', 'x', '2026-01-05 09:00:00')")


@dataclass
class Writer:
    """How often somebody wrote, and what they were told instead but that it is busy just now."""

    done: int = 0
    errors: list[str] = field(default_factory=list)


@contextmanager
def somebody_writes(app: Flask) -> Iterator[Writer]:
    """All the while."""
    stop, began, writer = threading.Event(), threading.Event(), Writer()

    def go() -> None:
        with app.app_context():
            while not stop.is_set():
                try:
                    write()
                    db.session.execute(FAILED)
                    db.session.commit()
                    writer.done += 1
                except Busy:
                    db.session.rollback()
                except DBAPIError as error:
                    writer.errors.append(type(error.orig).__name__)
                    db.session.rollback()
                began.set()
            db.session.remove()

    thread = threading.Thread(target=go)
    thread.start()
    began.wait(20)
    try:
        yield writer
    finally:
        stop.set()
        thread.join()


def test_the_newest_migration_goes_down_and_up_beside_somebody_who_writes(real_app: Flask) -> None:
    with somebody_writes(real_app) as writer:
        for _ in range(3):
            with real_app.app_context():
                downgrade()
                upgrade()
                db.session.remove()
    with real_app.app_context():
        there = db.session.scalar(select(func.count()).select_from(SignInFailure))
        db.session.remove()
    assert writer.done > 3
    assert (there, writer.errors) == (writer.done, [])
