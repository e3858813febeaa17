"""Is it alive, is it ready for work, and the figures for whoever watches it."""

from flask import Blueprint, Response, current_app, make_response, request

from app import clock
from app.blueprints.health import readiness
from app.config import Settings
from app.web import metrics
from app.web.errors import found

bp = Blueprint("health", __name__)


@bp.get("/health/live")
def live() -> Response:
    return make_response({"status": "live"})


@bp.get("/health/ready")
def ready() -> Response:
    """Whether it can do its work; an installation that just began is ready."""
    settings: Settings = current_app.config["SETTINGS"]
    missing = readiness.missing(settings.instance, clock.now())
    return make_response(
        {"status": "not ready", "missing": missing} if missing else {"status": "ready"}, 503 if missing else 200
    )


@bp.get("/metrics")
def figures() -> Response:
    """For Prometheus, with the token; without it there is no such page."""
    found(metrics.allows(request.authorization) or None)
    return Response(metrics.exposition(clock.now()), content_type=metrics.CONTENT_TYPE)
