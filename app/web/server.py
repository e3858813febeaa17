"""Between the server and the application: trusted proxies, a clean environ, a cookie, compressed answers."""

import gc
from collections.abc import Iterable

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings

TYPES = ["text/html", "text/css", "text/csv", "application/json", "application/problem+json"]
WSGI_KEYS = frozenset(
    (
        "CONTENT_LENGTH",
        "CONTENT_TYPE",
        "PATH_INFO",
        "QUERY_STRING",
        "REMOTE_ADDR",
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "SERVER_NAME",
        "SERVER_PORT",
        "SERVER_PROTOCOL",
    )
)


def register(app: Flask) -> None:
    """Wrap the application; only as many proxies are trusted as the setting says."""
    settings: Settings = app.config["SETTINGS"]
    app.config.update(COMPRESS_MIMETYPES=TYPES, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=5)
    Compress(app)
    hops = settings.proxy_hops
    inner = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)

    def clean(environ: dict[str, object], start_response: object) -> Iterable[bytes]:
        """Granian puts the whole process environment into every environ: secrets have no business there."""
        kept = {key: value for key, value in environ.items() if keep(key)}
        return inner(kept, start_response)  # type: ignore[arg-type] # WSGI's own types are looser than werkzeug's

    app.wsgi_app = clean  # type: ignore[method-assign] # as Flask's documentation wraps it


def cookies(settings: Settings) -> dict[str, str | bool]:
    """The cookie's settings; the __Host- name needs https, so development has an ordinary one."""
    return {
        "SESSION_COOKIE_NAME": "__Host-fanfare" if settings.production else "fanfare",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def keep(key: str) -> bool:
    """Whether a key of the environ belongs to the request."""
    return key in WSGI_KEYS or key.startswith(("HTTP_", "wsgi.", "werkzeug.", "flask."))


def keep_for_good() -> None:
    """What the application is made of stays: no request waits while all of it is searched for what could go."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
