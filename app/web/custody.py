"""What pages, commands and jobs share of custody: a night of the retention clock, and erasures down to the files."""

from collections import Counter
from datetime import datetime
from functools import partial

import structlog
from flask import current_app

from app.config import Settings
from app.db import db, vacuum, wipe, write
from app.domain.agency import audit
from app.domain.candidates.candidate_mail import Sender
from app.domain.custody import erasure, erasure_log, retention_run
from app.domain.custody.erasure import Reason
from app.web.deadlock import outlast

log = structlog.get_logger()


def run_night(now: datetime, sender: Sender) -> Counter[str]:
    """Set every clock, warn and anonymise, in portions of one transaction each; then the files are cleaned."""
    counts = Counter[str]()
    for ids in retention_run.portions():
        counts += outlast(partial(retention_run.carry_out, ids, now, sender))
    write()
    retention_run.record(counts, now)
    db.session.commit()
    clean()
    return counts


def rehearse_night(now: datetime) -> Counter[str]:
    """What a night would do, with how many would be told, of whom some cannot be mailed."""
    counts = Counter[str]()
    for ids in retention_run.portions():
        night = retention_run.look(ids, now)
        counts += night.counts()
        counts["mailed"] += len(retention_run.to_warn(night.near, now))
    return counts


def erase(candidate_id: int, *, by_id: int, reason: Reason, now: datetime) -> None:
    """Forget a candidate for good: in the database, in its files, and in the log for restored copies.

    Call it after `write()`; it commits, because only then the files can be cleaned. The log has the line before, so
    that no erasure is missing from it.
    """
    settings = _settings()
    row = erasure.erase(candidate_id, by_id=by_id, reason=reason, key=settings.key.encode(), now=now)
    erasure_log.append(settings.instance, row)
    audit.record("candidate.erased", by_id, now, audit.About("candidate", candidate_id), reason=str(reason))
    db.session.commit()
    _wipe()


def replay_erasures(lines: list[str], now: datetime) -> list[int]:
    """Forget anew whom a restored backup brought back.

    Raises:
        ValueError: a line is not one of the log's.
    """
    write()
    again = erasure.replay(lines, key=_settings().key.encode(), now=now)
    db.session.commit()
    clean()
    return again


def clean() -> None:
    """Take what was deleted out of the files; a reader may keep that until the next night."""
    _wipe()
    vacuum()


def _wipe() -> None:
    if not wipe():
        log.warning("wipe_waits")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
