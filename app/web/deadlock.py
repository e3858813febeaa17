"""Who lost a deadlock begins anew, a request or a piece of work: of what was done nothing was written."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from app.db import db, write

TRIES = 3
LONGEST_WAIT = 0.05
LOST = frozenset({"40P01", "40001"})
"""PostgreSQL's codes for a deadlock and for a serialization failure; SQLite has one writer at a time."""
IN_VAIN = LOST | {"55P03"}
"""And for a lock that others kept for longer than anybody who looks at a page would wait."""
Result = TypeVar("Result")


def register(app: Flask) -> None:
    """Try a request up to three times more, each after a short wait of its own, before it is an error."""
    once = app.dispatch_request

    def dispatch() -> ResponseReturnValue:
        for tries in range(1, TRIES + 1):
            try:
                return once()
            except DBAPIError as error:
                if not _is_told(error, LOST):
                    raise
            _begin_anew(tries)
        return once()

    app.dispatch_request = dispatch  # type: ignore[method-assign] # the seam that Flask has for it


def outlast(work: Callable[[], Result]) -> Result:
    """Do some work in a transaction of its own, and as often again; it must not count on what it did in vain.

    For portions of what takes long: others write between them, and one that lost a deadlock does not end the whole.
    """
    for tries in range(1, TRIES + 1):
        try:
            return _carry_out(work)
        except DBAPIError as error:
            if not _is_told(error, IN_VAIN):
                raise
        db.session.rollback()
        _wait(tries)
    return _carry_out(work)


def _carry_out(work: Callable[[], Result]) -> Result:
    write()
    done = work()
    db.session.commit()
    return done


def _is_told(error: DBAPIError, codes: frozenset[str]) -> bool:
    return getattr(error.orig, "sqlstate", None) in codes


def _begin_anew(tries: int) -> None:
    db.session.rollback()
    for upload in request.files.values():
        upload.stream.seek(0)
    _wait(tries)


def _wait(tries: int) -> None:
    time.sleep(random.uniform(0, LONGEST_WAIT * tries))  # noqa: S311 - so that two that met do not meet again
