"""What an installation stands on, as the doctor sees it: database, room, certificates, and the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import func, make_url, select, text

from app import disk as disk_room
from app import schema
from app.config import Settings
from app.db import db, is_sqlite
from app.domain.game.ledger import LedgerEntry

SYNCHRONOUS = {"NORMAL": 1, "FULL": 2}
AHEAD = timedelta(minutes=5)
RENEWED_BEFORE = timedelta(days=30)


def database(_now: datetime) -> Iterator[str]:
    """The settings without which transactions lose their promises."""
    ask, wanted = ("PRAGMA {}", _pragmas()) if is_sqlite() else ("SHOW {}", TIMEOUTS)
    for name, value in wanted.items():
        found = str(db.session.scalar(text(ask.format(name))))
        if found != value:
            yield f"{name} is {found}, not {value}"


TIMEOUTS = {"statement_timeout": "15s", "lock_timeout": "3s", "idle_in_transaction_session_timeout": "30s"}


def _pragmas() -> dict[str, str]:
    settings: Settings = current_app.config["SETTINGS"]
    return {
        "journal_mode": "wal",
        "synchronous": str(SYNCHRONOUS[settings.sqlite_synchronous]),
        "foreign_keys": "1",
        "busy_timeout": "5000",
        "secure_delete": "1",
        "trusted_schema": "0",
        "recursive_triggers": "1",
    }


def migrations(_now: datetime) -> Iterator[str]:
    """The database is at the newest migration of this code."""
    head, found = schema.head(), schema.found(db.session.connection())
    if found != head:
        yield f"the database is at migration {found}, the code at {head}: run flask db upgrade"


def disk(_now: datetime) -> Iterator[str]:
    """There is room to write."""
    settings: Settings = current_app.config["SETTINGS"]
    free = disk_room.free_megabytes(settings.instance)
    if free < disk_room.LEAST_MEGABYTES:
        yield f"{free} MB are free at {settings.instance}, less than {disk_room.LEAST_MEGABYTES}"


def certificates(now: datetime) -> Iterator[str]:
    """By what the database and the mail server know us holds for another month."""
    from cryptography.x509 import load_pem_x509_certificate  # noqa: PLC0415 - a large library that only this needs

    settings: Settings = current_app.config["SETTINGS"]
    for file in filter(None, (settings.mail_certificate, make_url(settings.database_url).query.get("sslcert"))):
        ends = load_pem_x509_certificate(Path(str(file)).read_bytes()).not_valid_after_utc
        if ends < now + RENEWED_BEFORE:
            yield f"the certificate in {file} ends at {ends:%Y-%m-%d %H:%M} UTC: renew it"


def clock_is_sane(now: datetime) -> Iterator[str]:
    """Nothing was recorded in the future: else this clock, or the one that wrote it, is wrong."""
    newest = db.session.scalar(select(func.max(LedgerEntry.recorded_at)))
    if newest and newest > now + AHEAD:
        yield f"it is {now:%Y-%m-%d %H:%M} UTC here, but a ledger row was recorded at {newest:%Y-%m-%d %H:%M} UTC"
