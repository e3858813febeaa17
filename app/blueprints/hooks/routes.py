"""Where mail providers tell what became of our mails, and vendors what candidates did: proven, kept, answered."""

from flask import Blueprint, Response, current_app, request

from app import clock
from app.blueprints.hooks import vendors
from app.db import db, write
from app.domain.notices import provider_event
from app.mail_providers import provider as providers
from app.mail_providers.provider import MANNERS, Provider
from app.mail_providers.told import Posted, Refused, Told
from app.web import form_guard
from app.web.errors import found

bp = Blueprint("hooks", __name__, url_prefix="/hooks")
MOST_BYTES = 1024 * 1024
REPLAYED = 406


@bp.post("/mail/<name>")
def take_in(name: str) -> Response:
    """What a provider posts; one that is not set has no address here."""
    secret = found(providers.secret_of(name, current_app.config["SETTINGS"]) or None)
    provider = Provider(name)
    try:
        told = MANNERS[provider].take(_posted(), secret, clock.now())
    except Refused as refused:
        return Response(status=refused.status)
    write()
    new = provider_event.keep(provider, told, clock.now())
    db.session.commit()
    return Response(status=REPLAYED if _is_replayed(provider, told, new) else 200)


bp.add_url_rule("/<vendor>", "take_in_of_vendor", vendors.take_in, methods=["POST"])
bp.add_url_rule("/whatsapp", "greet", vendors.greet)
for door in (take_in, vendors.take_in):
    form_guard.csrf.exempt(
        door
    )  # whoever sends proves it by a signature or a secret: no browser's cookie opens anything here


def _posted() -> Posted:
    """The bytes as they came, before anything reads them by their label."""
    request.max_content_length = MOST_BYTES
    basic = request.authorization
    password = basic.password if basic and basic.type == "basic" else ""
    return Posted(request.get_data(cache=False), request.headers, password or "")  # type: ignore[arg-type] # headers are a mapping in all but name


def _is_replayed(provider: Provider, told: list[Told], new: int) -> bool:
    """Its token was used before; a provider whose events have names may tell them twice, and is answered well."""
    return MANNERS[provider].once and new < len(told)
