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
    settings: Settings = current_app.config["SETTINGS"]
    secret = found(vendors.secret_of(vendor, settings) or None)
    name, now = Vendor(vendor), clock.now()
    manners = MANNERS[name]
    try:
        told = manners.take(_posted(name, settings, manners.most_bytes), secret, now)
    except Refused as refused:
        return Response(refusal_sentence(refused.status), refused.status, mimetype=TEXT)
    except NotInstalled:
        log.error("vendor_not_installed", vendor=vendor, install="requirements-extras.txt")  # noqa: TRY400 - said in one line
        return Response(refusal_sentence(503), 503, mimetype=TEXT)
    write()
    provider_event.keep(name, told, now)
    db.session.commit()
    answer, mimetype = manners.answer
    return Response(answer, 200, mimetype=mimetype)


def _posted(vendor: Vendor, settings: Settings, most_bytes: int) -> Posted:
    """The bytes as they came, before anything reads them by their label; the address that we gave has no query."""
    if request.query_string:
        raise Refused(400)
    request.max_content_length = most_bytes
    body = request.get_data(cache=False)
    return Posted(body, request.headers, url=vendors.address_of(vendor, settings))  # type: ignore[arg-type] # headers are a mapping in all but name


def greet() -> Response:
    """Meta asks whether the address is ours before it tells anything."""
    settings: Settings = current_app.config["SETTINGS"]
    token = found(settings.whatsapp_verify_token or None)
    challenge = whatsapp.greet(request.args, token)
    if challenge is None:
        return Response(refusal_sentence(403), 403, mimetype=TEXT)
    return Response(challenge, 200, mimetype=TEXT)
