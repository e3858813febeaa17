"""A command that software may send again: under the same Idempotency-Key it is done once."""

import hashlib
import re
from collections.abc import Callable

from flask import request
from sqlalchemy.exc import IntegrityError

from app import clock
from app.blueprints.api.refusal import BAD_REQUEST, CONFLICT, UNPROCESSABLE, Refusal
from app.db import db, write
from app.domain.agency import idempotency_key
from app.domain.agency.idempotency_key import LONGEST, Differs, IdempotencyKey
from app.domain.agency.person import Person
from app.language import gettext as _
from app.web import auth

KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST}}}")


def once(command: Callable[[], int], status: int = 201, *, again: Callable[[int], object] | None = None) -> int:
    """Do it in a write transaction of its own and commit; the id of the row that came of it, now or before.

    `again` is asked for the row when it was done before, and stops whoever may not see it any more.

    Raises:
        Refusal: the key is none, something else was asked under it before, or another was faster.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise Refusal(BAD_REQUEST, _("An Idempotency-Key is 1 to 64 characters without spaces, such as a UUID."))
    write()
    try:
        done = _done(command, key, status, again)
        db.session.commit()
    except IntegrityError:
        raise Refusal(CONFLICT, _("Somebody saved the same at that moment. Read it again before you go on.")) from None
    return done


def _done(command: Callable[[], int], key: str | None, status: int, again: Callable[[int], object] | None) -> int:
    """What came of the command, or of the same one before."""
    person_id, at = auth.person().id, clock.now()
    if key is None:
        done = command()
    else:
        asked = _asked()
        try:
            before = idempotency_key.before(person_id, key, asked, at)
        except Differs:
            raise Refusal(UNPROCESSABLE, _("Under this Idempotency-Key something else was asked before.")) from None
        done = before.resource_id if before else command()
        if before and again:
            again(before.resource_id)
        if before is None:
            db.session.add(
                IdempotencyKey(person_id=person_id, key=key, request_hash=asked, status=status, resource_id=done, at=at)
            )
    return done


def ones_own(person: Person, external_id: str) -> str:
    """An id of somebody's own system: colleagues number theirs from one as well."""
    return f"{person.id}:{external_id}"


def own_id(external_id: str) -> str:
    """The same as it was sent."""
    return external_id.partition(":")[2]


def _asked() -> str:
    what = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    return hashlib.sha256(what).hexdigest()
