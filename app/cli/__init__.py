"""The commands: each says what it did and exits non-zero on failure."""

from flask import Flask
from flask_migrate import Migrate

from app.cli import import_log, scores
from app.db import db


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    Migrate(app, db, directory=str(app.root_path) + "/../migrations", compare_type=True)
    import_log.register(app)
    scores.register(app)
