"""The answer to whoever was not let in with the agency's account: what is the matter, and what to do."""

from enum import StrEnum
from urllib.parse import urlsplit

import structlog
from flask import Response, current_app, make_response, render_template

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.agency import audit
from app.language import gettext as _
from app.web import auth

log = structlog.get_logger()
RETRY_AFTER = "30"


class Why(StrEnum):
    """What is the matter."""

    AWAY = "away"
    STOPPED = "stopped"
    DISTRUSTED = "distrusted"
    UNLINKED = "unlinked"
    ANOTHER = "another"
    TAKEN = "taken"
    OTHER_ADDRESS = "other_address"


STATUS = {Why.AWAY: 503, Why.TAKEN: 409}


def provider_name() -> str:
    """What people call the provider; empty when there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.outside_accounts:
        return ""
    return settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or ""


def refuse(why: Why, reason: str = "") -> Response:
    """A page that says so; `reason` is a word of ours for who looks after the installation."""
    if reason:
        log.warning("outside account refused", reason=reason)
        write()
        person = auth.person_or_none()
        audit.record("outside.refused", person.id if person else None, clock.now(), None, reason=reason)
        db.session.commit()
    page = render_template("account/outside_refused.html", why=_sentence(why), signed_in=auth.person_or_none())
    response = make_response(page, STATUS.get(why, 403))
    if why is Why.AWAY:
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _sentence(why: Why) -> str:
    name = provider_name()
    return {
        Why.AWAY: _(
            "%(name)s does not answer. Try again in a minute, or sign in with your password or a link by mail.",
            name=name,
        ),
        Why.STOPPED: _(
            "You did not go on at %(name)s. Try again when you want to, or sign in with your password.", name=name
        ),
        Why.DISTRUSTED: _(
            "What %(name)s answered could not be trusted, so nobody was let in. Try again; if it stays, tell an"
            " administrator of your agency.",
            name=name,
        ),
        Why.UNLINKED: _(
            "This account is linked to nobody here. Sign in with your password or a link by mail, and link it on the"
            " page Signing in safely; or accept your invitation with it."
        ),
        Why.ANOTHER: _("Somebody else is signed in here than began this. Begin once more."),
        Why.TAKEN: _(
            "This account belongs to somebody here already, or you have linked another one. End that first, or choose"
            " another account at %(name)s.",
            name=name,
        ),
        Why.OTHER_ADDRESS: _(
            "%(name)s does not say that the invited mail address is yours. Choose a password by the link in the"
            " invitation; after that you can link the account.",
            name=name,
        ),
    }[why]
