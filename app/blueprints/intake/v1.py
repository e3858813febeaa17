"""The doors of the Segment format: batches, events by themselves, a picture of one dot, and a client's settings."""

from base64 import b64decode
from collections.abc import Mapping
from types import MappingProxyType

from flask import Response, abort, current_app, jsonify, make_response, request
from sqlalchemy.exc import OperationalError

from app import clock
from app.blueprints.intake import asking, batch, segment, wire
from app.blueprints.intake.wire import Broken
from app.config import Settings
from app.db import Busy, db
from app.web import errors
from app.words.intake import broken_sentence

TYPES: Mapping[str, str] = MappingProxyType(
    {kind: kind for kind in segment.READERS} | {kind[0]: kind for kind in segment.READERS}
)
"""By the whole name, and by its first letter, as the browser's clients write it."""
DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


def take_in() -> Response:
    """A batch of events of candidates, and actions of recruiters, each taken in once."""
    try:
        said = wire.parse(asking.body_of(request))
        asked = asking.asking(request, said)
        return make_response(batch.take_in(asked, wire.events_of(said)).json())
    except Broken as broken:
        return _refuse(broken.status)


def take_in_one(name: str) -> Response:
    """One event; its type is in the address."""
    kind = TYPES.get(name) or abort(404)
    try:
        said = wire.parse(asking.body_of(request))
        asked = asking.asking(request, said)
        item = segment.named({**said, "type": kind}, clock.now())
        return make_response(batch.take_in(asked, [item]).json())
    except Broken as broken:
        return _refuse(broken.status)


def take_in_by_picture(name: str) -> Response:
    """An event in the address of a picture: the picture comes, whatever is to be said of the event."""
    try:
        said = wire.parse(wire.decode(request.args.get("data", "")))
        asked = asking.asking(request, said, public=True)
        item = segment.named({**said, "type": TYPES.get(name, name)}, clock.now())
        batch.take_in(asked, [item])
    except (Broken, Busy, OperationalError):
        db.session.rollback()
    return Response(DOT, mimetype="image/gif")


def client_settings(name: str) -> Response:
    """What Segment's client for browsers asks of the place that it was loaded from: to send everything here."""
    settings: Settings = current_app.config["SETTINGS"]
    scheme, _, host = settings.public_url.partition("://")
    here = {"apiKey": name, "apiHost": f"{host}/v1", "protocol": scheme}
    answer = {"integrations": {"Segment.io": here}, "plan": {}, "edgeFunction": {}, "metrics": {"sampleRate": 0}}
    response = jsonify(answer)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _refuse(status: int) -> Response:
    response = errors.answer(status, broken_sentence(status))
    if status == 401:  # noqa: PLR2004 - unauthorised
        response.headers["WWW-Authenticate"] = 'Basic realm="write key"'
    return response
