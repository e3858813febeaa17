"""Is it alive, and is it ready for work."""

from collections.abc import Iterator
from datetime import datetime

from flask import Blueprint, Response, make_response
from sqlalchemy import text

from app import clock
from app.db import db
from app.domain.notices import delivery, heartbeat

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> Response:
    return make_response({"status": "live"})


@bp.get("/ready")
def ready() -> Response:
    """Whether the database answers, the jobs live and the mail goes out; an installation that just began is ready."""
    db.session.execute(text("SELECT version_num FROM alembic_version"))
    missing = list(_missing(clock.now()))
    return make_response(
        {"status": "not ready", "missing": missing} if missing else {"status": "ready"}, 503 if missing else 200
    )


def _missing(now: datetime) -> Iterator[str]:
    beat, oldest = heartbeat.last_beat(), delivery.oldest_due(now)
    if beat is not None and heartbeat.is_silent(beat, now):
        yield "jobs"
    if oldest is not None and oldest < now - delivery.OVERDUE:
        yield "mail"
