"""What the database says of the state of an installation, in a few quick questions; names of jobs, never of people."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import Select, TextClause, func, select, text

from app import disk
from app.config import Settings
from app.db import db
from app.domain.agency.audit import AuditEntry
from app.domain.notices import delivery, heartbeat
from app.domain.notices.heartbeat import JobRun
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import NO_MAIL
from app.domain.scoring import versions

HOUR = timedelta(hours=1)
REFUSED = ("sign_in.refused", "sign_in.limit", "second.refused")
SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
STANDINGS = {
    "sqlite": "SELECT coalesce(max(rowid), 0) FROM standing",
    "postgresql": "SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'standing'::regclass",
}
"""About how many there are, without counting them."""


class Figure(NamedTuple):
    """A figure and what it is; its values by `label`, or one value when there is none."""

    name: str
    said: str
    label: str
    values: Mapping[str, float]


def figures(now: datetime) -> Iterator[Figure]:
    """Every figure; moments are seconds since 1970, as Prometheus wants them."""
    yield from _jobs(heartbeat.runs())
    yield from _mail(now)
    yield from _database(now)


def _jobs(runs: Iterable[JobRun]) -> Iterator[Figure]:
    seen = list(runs)
    began = {run.name: run.started_at.timestamp() for run in seen}
    took = {run.name: (run.finished_at - run.started_at).total_seconds() for run in seen if run.finished_at}
    yield Figure("job_last_run_timestamp_seconds", "When a job ran last.", "job", began)
    yield Figure("job_last_run_seconds", "How long that took.", "job", took)
    yield Figure("job_last_run_failed", "1 when it failed.", "job", {run.name: float(bool(run.error)) for run in seen})
    yield Figure("job_runs", "How often it ran.", "job", {run.name: run.runs for run in seen})
    yield Figure("job_failures", "How often it failed.", "job", {run.name: run.failures for run in seen})


def _mail(now: datetime) -> Iterator[Figure]:
    counted = select(OutboxRow.state, func.count()).where(OutboxRow.state.in_(("pending", "sending")))
    waiting = {state: float(count) for state, count in db.session.execute(counted.group_by(OutboxRow.state))}
    others = {sort: _late(now, sort) for sort in NO_MAIL}
    yield Figure("outbox_messages", "Messages that wait or are being sent.", "state", waiting)
    yield Figure("outbox_oldest_due_seconds", "How long the oldest mail has been due.", "", {"": _late(now)})
    yield Figure("outbox_elsewhere_oldest_due_seconds", "The same of what goes to other systems.", "to", others)


def _late(now: datetime, sort: str = "") -> float:
    oldest = delivery.oldest_due(now, sort=sort)
    return (now - oldest).total_seconds() if oldest else 0.0


def _database(now: datetime) -> Iterator[Figure]:
    engine, settings = db.engine.dialect.name, _settings()
    refused = (
        select(func.count()).select_from(AuditEntry).where(AuditEntry.what.in_(REFUSED), AuditEntry.at > now - HOUR)
    )
    yield Figure("sign_in_refusals_last_hour", "Tries to sign in that failed.", "", {"": _number(refused)})
    yield Figure("database_bytes", "The size of the database.", "", {"": _number(text(SIZE[engine]))})
    yield Figure("standings", "About so many rows of boards.", "", {"": _number(text(STANDINGS[engine]))})
    yield Figure("disk_free_megabytes", "Room beside it.", "", {"": disk.free_megabytes(settings.instance)})
    checked = versions.newest_check()
    if checked:
        age = (now - checked.at).total_seconds()
        yield Figure("score_check_age_seconds", "Since a sample of scores was counted anew.", "", {"": age})
        yield Figure("score_check_differing", "How many of it differed.", "", {"": checked.differing})


def _number(question: Select[Any] | TextClause) -> float:
    return float(db.session.scalar(question) or 0)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
