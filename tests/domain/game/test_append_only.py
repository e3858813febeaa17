"""The ledger stays append-only after its migrations went down and up again."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import db
from tests.domain.game.scene import start

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
