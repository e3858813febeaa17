"""What keeps an installation from doing its work, each in one word; asked by machines every few seconds."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app import disk, schema
from app.db import db, takes_rows
from app.domain.notices import delivery, heartbeat

log = structlog.get_logger()


def missing(instance: Path, now: datetime) -> list[str]:
    """Nothing when all is well. Without a database nothing else can be asked.

    It only reads: a long import, backup or migration makes nobody who is well say otherwise.
    """
    try:
        return [*_database(), *_migrations(), *_disk(instance), *_work(now)]
    except SQLAlchemyError as error:
        db.session.rollback()
        log.warning("not_ready", error=type(error).__name__)
        return ["database", *_disk(instance)]


def _database() -> Iterator[str]:
    if not takes_rows():
        yield "database"


def _migrations() -> Iterator[str]:
    """A database that is behind lacks what this code asks for; one that is ahead serves the code before it too."""
    found = schema.found(db.session.connection())
    if found is None or (found != schema.head() and schema.knows(found)):
        yield "migrations"


def _disk(instance: Path) -> Iterator[str]:
    if disk.free_megabytes(instance) < disk.LEAST_MEGABYTES:
        yield "disk"


def _work(now: datetime) -> Iterator[str]:
    beat, oldest = heartbeat.last_beat(), delivery.oldest_due(now)
    if beat is not None and heartbeat.is_silent(beat, now):
        yield "jobs"
    if oldest is not None and oldest < now - delivery.OVERDUE:
        yield "mail"
