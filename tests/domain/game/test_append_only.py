"""The ledger stays append-only after its migrations went down and up again."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app.db import db, is_sqlite
from tests.domain.game.scene import start

LEDGERS = ("ledger_entry", "coin_entry")
CHANGES = ("UPDATE ledger_entry SET points = 1", "DELETE FROM ledger_entry")


def _refuses(change: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(change))
    db.session.rollback()


def test_the_triggers_survive_down_and_up(real_app: Flask) -> None:
    with real_app.app_context():
        downgrade(revision="base")
        upgrade()
        start().earn(30)
        db.session.commit()
        for change in CHANGES:
            _refuses(change)


def test_without_its_migration_it_could_be_changed(real_app: Flask) -> None:
    with real_app.app_context():
        start().earn(30)
        db.session.commit()
        downgrade(revision="0001")
        db.session.execute(text(CHANGES[0]))
        assert db.session.scalar(text("SELECT points FROM ledger_entry")) == 1
        db.session.rollback()


def _replace(table: str) -> str:
    """SQLite deletes what it replaces; PostgreSQL has no such word, and its nearest one updates."""
    columns = ", ".join(column["name"] for column in inspect(db.engine).get_columns(table))
    if is_sqlite():
        return f"INSERT OR REPLACE INTO {table} SELECT {columns} FROM {table}"
    return f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET recorded_at = now()"


@pytest.mark.parametrize("table", LEDGERS)
def test_no_row_of_a_ledger_is_changed_replaced_or_deleted(session: None, table: str) -> None:
    start().earn(30)
    for change in (f"UPDATE {table} SET recorded_at = NULL", f"DELETE FROM {table}", _replace(table)):
        with pytest.raises(DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(text(change))
    assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 1
