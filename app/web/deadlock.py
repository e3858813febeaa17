"""A request that lost a deadlock is answered again: of what it did nothing was written."""

import random
import time

from flask import Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from app.db import db

TRIES = 3
LONGEST_WAIT = 0.05
LOST = frozenset({"40P01", "40001"})
"""PostgreSQL's codes for a deadlock and for a serialization failure; SQLite has one writer at a time."""


def register(app: Flask) -> None:
    """Try a request up to three times more, each after a short wait of its own, before it is an error."""
    once = app.dispatch_request

    def dispatch() -> ResponseReturnValue:
        for tries in range(1, TRIES + 1):
            try:
                return once()
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in LOST:
                    raise
            _begin_anew(tries)
        return once()

    app.dispatch_request = dispatch  # type: ignore[method-assign] # the seam that Flask has for it


def _begin_anew(tries: int) -> None:
    db.session.rollback()
    for upload in request.files.values():
        upload.stream.seek(0)
    time.sleep(random.uniform(0, LONGEST_WAIT * tries))  # noqa: S311 - so that two that met do not meet again
