"""Why the API did not do what was asked, as problem+json (RFC 9457) in the language of whoever asks."""

from collections.abc import Mapping

from flask import Response

from app.db import db
from app.web import errors

BAD_REQUEST, NOT_KNOWN, NOT_ALLOWED, CONFLICT, CHANGED, UNPROCESSABLE, TOO_MANY = 400, 401, 403, 409, 412, 422, 429


class Refusal(Exception):  # noqa: N818 - it names what is the case
    """Nothing was done; `errors` says of each field what is wrong with it."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.detail = status, detail
        self.errors, self.headers = errors or {}, headers or {}


def answer(refusal: Refusal) -> Response:
    """What software gets to read; whatever was begun is taken back."""
    db.session.rollback()
    response = errors.problem(refusal.status, refusal.detail, {"errors": refusal.errors} if refusal.errors else {})
    response.headers.update(refusal.headers)
    return response
