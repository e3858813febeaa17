"""The commands: each says what it did and exits non-zero on failure."""

from flask import Flask
from flask_migrate import Migrate

from app.cli import (
    backup,
    badges,
    board,
    bullhorn,
    contact_next,
    demo,
    doctor,
    duplicates,
    explain,
    half_life,
    import_bullhorn,
    import_candidates,
    import_log,
    jobs,
    mail,
    openapi,
    raffle,
    rank_pool,
    reseal,
    restore,
    retention,
    scores,
    sponsor,
    streaks,
)
from app.db import db


def register(app: Flask) -> None:
    """Add the commands to `flask`."""
    Migrate(app, db, directory=str(app.root_path) + "/../migrations", compare_type=True)
    backup.register(app)
    badges.register(app)
    board.register(app)
    bullhorn.register(app)
    contact_next.register(app)
    demo.register(app)
    doctor.register(app)
    duplicates.register(app)
    explain.register(app)
    half_life.register(app)
    import_bullhorn.register(app)
    import_candidates.register(app)
    import_log.register(app)
    jobs.register(app)
    mail.register(app)
    openapi.register(app)
    raffle.register(app)
    rank_pool.register(app)
    reseal.register(app)
    restore.register(app)
    retention.register(app)
    scores.register(app)
    sponsor.register(app)
    streaks.register(app)
