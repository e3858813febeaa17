"""Who asks us to take something in: the source by its key, and whether that key is where it belongs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import Request

from app import clock
from app.blueprints.intake import reading
from app.blueprints.intake.agent import LONGEST_AGENT, Judge
from app.blueprints.intake.segment import Told
from app.blueprints.intake.wire import MOST_BYTES, Broken
from app.db import db, write
from app.domain.actions.event import Refusal, Sender
from app.domain.journey import intake_log, source
from app.domain.journey.intake_log import Line

ONLY_BROWSERS = ("Origin", "Sec-Fetch-Site")
"""Headers that programs on servers do not send; Sec-Fetch-Mode is no such sign, because Node sends it as well."""


class Asking(NamedTuple):
    sender: Sender
    told: Told


def body_of(request: Request) -> bytes:
    """The bytes as they came, before anything reads them by their label."""
    request.max_content_length = MOST_BYTES
    return request.get_data(cache=False)


def asking(request: Request, said: Mapping[str, Any], *, public: bool = False) -> Asking:
    """By the key in the request or in its body; `public`: it is in an address, which anybody may read.

    Raises:
        Broken: the key is not known, or it is a server's and a browser sent it; that is logged.
    """
    found = _source(request, said.get("writeKey"))
    sender = Sender(found.id, found.name, found.trusted)
    if sender.trusted and (public or any(name in request.headers for name in ONLY_BROWSERS)):
        _log_misplaced(sender)
        raise Broken(403)
    agent = None if sender.trusted else request.headers.get("User-Agent", "")[:LONGEST_AGENT]
    return Asking(sender, Told(clock.now(), reading.moment(said.get("sentAt")), Judge(request.method, agent)))


def _source(request: Request, in_body: object) -> source.Source:
    basic = request.authorization
    key = basic.username if basic and basic.type == "basic" else in_body
    found = source.by_key(key, clock.now()) if isinstance(key, str) else None
    if found is None:
        raise Broken(401)
    return found


def _log_misplaced(sender: Sender) -> None:
    write()
    intake_log.write(sender.source_id, [Line("", "", "", Refusal.KEY_IN_BROWSER)], clock.now())
    db.session.commit()
