"""Every error a person can meet: what happened, what to do, in their language, with a reference."""

import secrets
from collections.abc import Mapping
from typing import TypeVar

import structlog
from flask import Flask, Response, abort, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.db import Busy, db
from app.domain.candidates.gone import Gone
from app.language import current, in_language
from app.language import gettext as _
from app.web import by_token
from app.web.auth import nobody
from app.web.htmx import part, wants_part
from app.web.keeping import kept
from app.web.language import LANGUAGES

Found = TypeVar("Found")
log = structlog.get_logger()
MAY_PASS = (429, 500, 503)
NOT_SAVED = (429, 500, 503)
PASSING = ("locked", "busy", "lock timeout", "deadlock", "statement timeout", "connection")
NO_ROOM = ("disk is full", "no space left", "disk i/o error")


def register(app: Flask) -> None:
    """Answer errors with a page, a part or problem+json, whatever the asker understands."""
    app.register_error_handler(CSRFError, lambda _error: answer(400, _stale_form()))
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(Gone, _gone)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _stale_form() -> str:
    return _("This form was too old or came from elsewhere. Go back, reload the page and send it again.")


def sentence(status: int) -> str:
    """What happened and what to do, for a status code."""
    sentences = {
        400: _("The request could not be read. Go back and try again."),
        401: _("Your session has ended. Sign in again; after that you can go on where you were."),
        404: _("This page does not exist, or it is not yours to see."),
        405: _("That is not possible here. Go back and use the buttons on the page."),
        413: _("The file or text is too large. Make it smaller or split it, and try again."),
        429: _("Too many tries. Wait a while and try again."),
        503: _("It is busy right now. Nothing was lost; try again in a few seconds."),
    }
    return sentences.get(status, _("Something went wrong on our side. Try again; if it stays, pass on the reference."))


def _no_room() -> str:
    """A full disk does not pass by itself."""
    return _(
        "The machine has no room left, so nothing can be saved now. Pass that on to whoever looks after Fanfare, and"
        " try again once there is room."
    )


def heading(status: int) -> str:
    """What happened, in two words."""
    headings = {
        400: _("Not possible"),
        401: _("Signed out"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("Not possible"),
        409: _("Not possible"),
        412: _("Changed since"),
        413: _("Too large"),
        415: _("Not possible"),
        422: _("Not usable"),
        429: _("One moment"),
        503: _("One moment"),
    }
    return headings.get(status, _("Something went wrong"))


def wants_json() -> bool:
    """Whether a machine is asking."""
    for_machines = request.path.startswith(("/v1/", "/scim/", by_token.PATH))
    return for_machines or request.accept_mimetypes.best == "application/json"


def answer(status: int, detail: str, reference: str = "") -> Response:
    """The error as problem+json for machines, a page for people."""
    if wants_json():
        return problem(status, detail, {"reference": reference} if reference else {})
    if wants_part() and status < 500:  # noqa: PLR2004 - above, the page's own script says what is the matter
        return part(detail, status=status, trigger={"toast": {"message": detail, "kind": "error"}}, swap="none")
    return make_response(_page("error", status, detail, reference), status)


def problem(status: int, detail: str, more: Mapping[str, object]) -> Response:
    """An error for machines (RFC 9457): what it is called, what happened and what to do, and what else there is."""
    body = {"type": "about:blank", "title": heading(status), "status": status, "detail": detail, **more}
    response = make_response(body, status)
    response.content_type = "application/problem+json"
    return response


def _page(name: str, status: int, detail: str, reference: str) -> str:
    url = request.full_path.rstrip("?")
    return render_template(
        f"errors/{name}.html",
        status=status,
        heading=heading(status),
        detail=detail,
        reference=reference,
        retry_url=url if request.method == "GET" and status in MAY_PASS else None,
        kept=kept() if status in NOT_SAVED else [],
        url=url,
        language=current(),
    )


def _safely(status: int, reference: str = "", detail: str = "") -> Response:
    try:
        return answer(status, detail or sentence(status), reference)
    except (SQLAlchemyError, Busy):
        return _without_database(status, reference)


def _without_database(status: int, reference: str = "") -> Response:
    """The database does not answer, so nobody can be known: the browser's language, and a page that asks nothing."""
    db.session.rollback()
    nobody()
    with in_language(request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]):
        if wants_json():
            return answer(status, sentence(status), reference)
        return make_response(_page("plain", status, sentence(status), reference), status)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 - below 400 nothing went wrong
        return error.get_response()  # type: ignore[return-value] # werkzeug's own response
    response = answer(status, sentence(status))
    response.headers.extend({k: v for k, v in error.get_headers() if k in {"Allow", "Retry-After"}})
    return response


def _gone(_error: Gone) -> Response:
    """Somebody was forgotten while this waited to write of them."""
    db.session.rollback()
    return answer(404, sentence(404))


def _busy(error: Exception, detail: str = "") -> Response:
    db.session.rollback()
    log.warning("busy", error=type(error).__name__, path=request.url_rule.rule if request.url_rule else "")
    response = _safely(503, detail=detail)
    response.headers["Retry-After"] = "5"
    return response


def _database(error: DBAPIError) -> Response:
    """What passes by itself is no fault of ours; a disk without room is somebody's to see to."""
    said = str(error.orig).lower()
    if any(word in said for word in NO_ROOM):
        log.error("no_room", error=said)
        return _busy(error, _no_room())
    passes = isinstance(error, OperationalError) and any(word in said for word in PASSING)
    return _busy(error) if passes or error.connection_invalidated else _unexpected(error)


def _unexpected(error: Exception) -> Response:
    db.session.rollback()
    reference = secrets.token_hex(4)
    log.error("unexpected", reference=reference, exc_info=error)
    return _safely(500, reference)


def found(value: Found | None) -> Found:
    """The value that was asked for; absent or not allowed is the same 404."""
    if value is None:
        abort(404)
    return value
