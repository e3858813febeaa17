"""The script that an agency puts on its website: one address that stays, and nothing kept or sent before a yes."""

import hashlib

from flask import Response, request

from app.web.assets import STATIC, Asset, pack

BODY = b"\n".join(line.strip() for line in (STATIC / "js/s.js").read_bytes().splitlines())
SCRIPT = Asset("/s.js", "text/javascript", BODY, pack(BODY))
MARK = hashlib.sha256(BODY).hexdigest()[:16]


def serve() -> Response:
    """The script; a browser asks once an hour whether it is still the same."""
    response = SCRIPT.answer()
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.set_etag(MARK, weak=True)
    response.make_conditional(request)
    return response
