"""What would refuse rows that come in by table instead of by sense: foreign keys wait until all are there."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from app.engine import driver_of

FOREIGN_KEYS = """
SELECT conrelid::regclass::text AS source, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
"""
KEPT = "foreign_keys"


@contextmanager
def loading(engine: Engine) -> Iterator[Connection]:
    """A transaction in which rows may point at those that are still to come, until they `stand_again`."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            yield from _sqlite(connection)
            return
        for name in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            connection.execute(text(f"SET LOCAL {name} = 0"))
        kept = [tuple(row) for row in connection.execute(text(FOREIGN_KEYS)).all()]
        for source, name, _ in kept:
            connection.execute(text(f"ALTER TABLE {source} DROP CONSTRAINT {name}"))
        connection.info[KEPT] = kept
        yield connection


def _sqlite(connection: Connection) -> Iterator[Connection]:
    """The pragma is ignored inside a transaction, so it goes to the driver's connection, before and after."""
    driver_of(connection).execute("PRAGMA foreign_keys=OFF")
    try:
        writing = connection.execution_options(write=True)
        yield writing
        writing.rollback()
    finally:
        connection.rollback()
        driver_of(connection).execute("PRAGMA foreign_keys=ON")


def stand_again(connection: Connection) -> None:
    """Every row points at one that exists from here on.

    Raises:
        DanglingRow: one does not.
        sqlalchemy.exc.IntegrityError: the same, as PostgreSQL says it.
    """
    if connection.dialect.name == "sqlite":
        astray = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if astray:
            raise DanglingRow(f"row {astray[1]} of {astray[0]} points at a row of {astray[2]} that is not there")
        return
    for source, name, definition in connection.info.pop(KEPT):
        connection.execute(text(f"ALTER TABLE {source} ADD CONSTRAINT {name} {definition}"))


class DanglingRow(Exception):  # noqa: N818 - what was found
    """A row of a backup points at one that is not in it."""
