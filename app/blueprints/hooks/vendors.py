"""Where vendors tell what candidates did and wrote: proven, kept, answered at once, and understood later."""

import structlog
from flask import Response, current_app, request

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.notices import provider_event
from app.mail_providers.told import Posted, Refused
from app.vendors import vendor as vendors
from app.vendors import whatsapp
from app.vendors.twilio import NotInstalled
from app.vendors.vendor import MANNERS, Vendor
from app.web.errors import found
from app.words.vendors import refusal_sentence

TEXT = "text/plain"
log = structlog.get_logger()


def take_in(vendor: str) -> Response:
    """What a vendor posts; one that is not set has no address here."""
    secret = found(vendors.secret_of(vendor, _settings()) or None)
    name, now = Vendor(vendor), clock.now()
    try:
        told = MANNERS[name].take(_posted(name), secret, now)
    except Refused as refused:
        return _refuse(refused.status)
    except NotInstalled:
        log.error("vendor_not_installed", vendor=vendor, install="requirements-extras.txt")  # noqa: TRY400 - one line
        return _refuse(503)
    write()
    provider_event.keep(name, told, now)
    db.session.commit()
    return _answer(*MANNERS[name].answer)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _refuse(status: int) -> Response:
    return _answer(refusal_sentence(status), TEXT, status)


def _answer(text: str, mimetype: str, status: int = 200) -> Response:
    return Response(text, status, mimetype=mimetype)


def _posted(vendor: Vendor) -> Posted:
    """The bytes as they came, before anything reads them by their label; the address that we gave has no query."""
    if request.query_string:
        raise Refused(400)
    request.max_content_length = MANNERS[vendor].most_bytes
    body = request.get_data(cache=False)
    return Posted(body, request.headers, url=vendors.address_of(vendor, _settings()))  # type: ignore[arg-type] # headers are a mapping in all but name


def greet() -> Response:
    """Meta asks whether the address is ours before it tells anything."""
    token = found(_settings().whatsapp_verify_token or None)
    challenge = whatsapp.greet(request.args, token)
    if challenge is None:
        return _refuse(403)
    return _answer(challenge, TEXT)
