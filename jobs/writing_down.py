"""Writes down what became of something that went out: again, while others hold the database."""

from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from app.db import Busy, db, write

PATIENCE = 3
"""How often it is tried; each waits some seconds for the database."""


def write_down(command: Callable[[], object]) -> None:
    """What another server took must not go to it twice because the database was held for a moment.

    Raises:
        Busy: SQLite was held by others each time.
        sqlalchemy.exc.OperationalError: so was PostgreSQL, or it was away.
    """
    for patience in reversed(range(PATIENCE)):
        try:
            write()
            command()
            db.session.commit()
        except (Busy, OperationalError):
            db.session.rollback()
            if not patience:
                raise
        else:
            return
