"""Is it alive, and is it ready for work."""

from flask import Blueprint, Response, make_response
from sqlalchemy import text

from app.db import db

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> Response:
    return make_response({"status": "live"})


@bp.get("/ready")
def ready() -> Response:
    db.session.execute(text("SELECT version_num FROM alembic_version"))
    return make_response({"status": "ready"})
