"""Runs migrations on the application's own engine; SQLite's foreign keys are off while tables are remade."""

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from app import tables
from app.db import Base

__all__ = ["tables"]  # imported, so that the metadata is complete


def run() -> None:
    """Migrate in one transaction; on SQLite check every foreign key before it is committed.

    It waits its turn to write like everybody else, so that it may run while people work. On PostgreSQL it may take
    longer than any page may: others wait for it at most as long as they wait for any lock, and are told so.
    """
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _foreign_keys(connection, on=False)
        context.configure(
            connection=connection.execution_options(write=True),
            target_metadata=Base.metadata,
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            if not sqlite:
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            context.run_migrations()
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("a migration left rows that point nowhere")
        connection.commit()
        if sqlite:
            _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """The pragma is ignored inside a transaction, so it goes to the driver's connection."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


run()
