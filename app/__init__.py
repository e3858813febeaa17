"""Fanfare: the only module that may import everything, to put the parts together."""

from importlib import import_module

from flask import Flask

from app import tables
from app.config import Settings
from app.db import db as database  # the name db is the module's
from app.engine import engine_options, prepare
from app.web import (
    address,
    auditing,
    auth,
    bounds,
    deadlock,
    errors,
    filters,
    form_guard,
    headers,
    htmx,
    language,
    logs,
    metrics,
    often,
    plain_text,
    reports,
    server,
    shell,
    signing,
    templates,
)

PLACES = (
    "health",
    "today",
    "block",
    "setup",
    "program",
    "public",
    "account",
    "people",
    "candidates",
    "privacy",
    "board",
    "intake",
    "hooks",
    "webhooks",
    "library",
    "sponsor",
    "team",
    "journey",
    "timetable",
    "approvals",
    "budget",
    "tv",
    "feed",
    "kudos",
    "contests",
    "contest_desk",
    "rewards",
    "operations",
    "audit",
    "notices",
    "lab",
    "api",
    "scim",
)
PARTS = (
    signing,
    server,
    bounds,
    metrics,
    address,
    htmx,
    language,
    auth,
    form_guard,
    deadlock,
    errors,
    plain_text,
    headers,
    filters,
    shell,
    reports,
)
"""What every page goes through, in this order on the way in."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application: config, database, languages, headers, places."""
    settings = settings or Settings()
    app = Flask(__name__, static_folder=None)
    templates.register(app)
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.update(server.cookies(settings))
    settings.instance.mkdir(parents=True, exist_ok=True)
    logs.prepare(settings)
    database.init_app(app)
    with app.app_context():
        prepare(database.engine, settings.sqlite_synchronous)
    for part in PARTS:
        part.register(app)
    for place in PLACES:
        app.register_blueprint(import_module(f"app.blueprints.{place}.routes").bp)
    auditing.register(app)
    often.register(app)
    import_module("app.cli").register(app)
    return app


__all__ = ["create_app", "tables"]
