"""The addresses of SCIM 2.0: for the agency's identity provider alone, with the token that was made for it."""

from importlib import import_module
from typing import Any

import orjson
from flask import Blueprint, Response, abort, request

from app import clock
from app.db import db, write
from app.domain.agency import provisioning_token
from app.language import gettext as _
from app.web import by_token, extras
from app.web.form_guard import csrf

bp = Blueprint("scim", __name__, url_prefix="/scim/v2")
csrf.exempt(bp)  # a token in a header proves who asks: no browser sends it by itself
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LARGEST = 64 * 1024
"""Characters of a request: a user has some hundreds."""
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
SCIM, PROBLEM = "application/scim+json", "application/problem+json"


@bp.route("/<place>", methods=METHODS)
def collection(place: str) -> Response:
    """All of a kind: looking for colleagues, adding one, and what the service says of itself."""
    return _answered(f"/{place}")


@bp.route("/<place>/<name>", methods=METHODS)
def single(place: str, name: str) -> Response:
    """One of a kind."""
    return _answered(f"/{place}/{name}")


def _answered(path: str) -> Response:
    """What the service answers, to whoever has the token."""
    if not extras.has(extras.SCIM):
        abort(404)
    refused = _refused()
    if refused:
        return refused
    if len(request.get_data()) > LARGEST:
        abort(413)
    serving = import_module("app.blueprints.scim.serving")  # heavy, and many installations do without
    response: Response = serving.answer(path)
    return response


def _refused() -> Response | None:
    """Why whoever asks gets no answer, if there is a reason; with the token every request counts."""
    now = clock.now()
    known = provisioning_token.find(by_token.sent(), now)
    if known is None:
        said = _("Send the token that an administrator made for this: Authorization: Bearer <token>.")
        return _error(401, said, {"WWW-Authenticate": 'Bearer realm="Fanfare"'})
    write()
    within = provisioning_token.count(known.id, now)
    db.session.commit()
    if within:
        return None
    wait = {"Retry-After": str(60 - now.second)}
    return _error(429, _("These are too many requests in a minute. Wait until the next one."), wait)


def _error(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """An error as SCIM has it."""
    body: dict[str, Any] = {"schemas": [ERROR], "status": str(status), "detail": detail}
    return Response(orjson.dumps(body), status, headers, content_type=SCIM)


@bp.after_request
def _in_its_own_form(response: Response) -> Response:
    """What is answered for all of Fanfare, as that it is busy, in the form that a provider reads."""
    if response.content_type == PROBLEM:
        told = response.get_json()
        response.set_data(_error(response.status_code, told["detail"]).get_data())
        response.content_type = SCIM
    return response
