"""Migrations: one head, from empty equal to the models, up and down and up, with the ledger's guards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from app.config import ROOT
from app.db import Base, db

OLD_PERSON = """INSERT INTO person (id, name, sort_name, role, theme, keys_enabled, joined_on, created_at)
VALUES (1, 'Ada', 'ada', 'admin', 'system', true, '2026-01-05', '2026-01-05 09:00:00')"""
OLD_IMPORT = """INSERT INTO candidate_import (id, file_name, content, layout, columns, state, counts, refused,
unknown_owners, rows, written, created_by_id, created_at)
VALUES (:id, 'pool.csv', :content, 'x', '[]', :state, '{}', '[]', '[]', 1, 0, 1, '2026-01-05 09:00:00')"""


@pytest.fixture
def migrated(real_app: Flask) -> Iterator[Flask]:
    with real_app.app_context():
        yield real_app
        db.session.remove()


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


def test_numbers_follow_each_other() -> None:
    names = sorted(path.name for path in Path(ROOT / "migrations" / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]


def test_from_empty_equals_the_models(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again(migrated: Flask) -> None:
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert set(Base.metadata.tables) < set(inspect(db.engine).get_table_names()) | {"x"}
    assert_the_ledgers_refuse()


def assert_the_ledgers_refuse() -> None:
    for statement in (
        "DELETE FROM ledger_entry",
        "DELETE FROM coin_entry",
        "UPDATE ledger_entry SET points = 0",
        "UPDATE coin_entry SET coins = 0",
        "DELETE FROM budget_entry",
        "UPDATE competition_result SET digest = ''",
    ):
        if db.engine.dialect.name == "sqlite":
            names = db.session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
            assert len(names) == 10
            continue
        with pytest.raises(DatabaseError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_old_imports_are_closed_or_go(migrated: Flask) -> None:
    downgrade(revision="0002")
    with db.engine.begin() as connection:
        connection.execute(text(OLD_PERSON))
        for number, state in enumerate(("columns", "rehearsed", "writing", "done"), 1):
            connection.execute(text(OLD_IMPORT), {"id": number, "state": state, "content": b"Naam"})
    upgrade()
    rows = db.session.execute(text("SELECT id, state, content FROM candidate_import ORDER BY id")).all()
    assert [(row.id, row.state, bytes(row.content)) for row in rows] == [(3, "closed", b""), (4, "closed", b"")]
