"""What comes of having proved oneself at the agency's provider: signed in, linked, or an invitation accepted."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from flask import Response, current_app, url_for

from app import clock
from app.blueprints.account import ended
from app.blueprints.account.letting_in import let_in
from app.blueprints.account.outside_refusal import Why, provider_name, refuse
from app.config import Settings
from app.db import db, write
from app.domain.agency import invitation, outside_account, password, token
from app.domain.agency.person import Person, normal_email
from app.domain.agency.second_factor import SignInStep
from app.domain.agency.sign_in import How
from app.domain.notices import safety
from app.language import current
from app.language import gettext as _
from app.web import auth, toast
from app.web.htmx import go
from app.web.identity_provider import Known


class Purpose(StrEnum):
    """Why somebody set out."""

    SIGN_IN = "sign_in"
    LINK = "link"
    INVITATION = "invitation"


def of(step: SignInStep, known: Known) -> Response:
    """What they set out for."""
    return ENDS[Purpose(step.payload["purpose"])](step, known)


def _sign_in(step: SignInStep, known: Known) -> Response:
    """Whoever linked the account before; a mail address that looks like somebody's is nobody's."""
    write()
    person = outside_account.enter(_settings().oidc_issuer, known.subject, clock.now())
    if person is None:
        db.session.rollback()
        return refuse(Why.UNLINKED, "unlinked")
    return let_in(person, How.OUTSIDE, step.payload.get("then"), whole=_is_whole(known))


def _link(step: SignInStep, known: Known) -> Response:
    """Only whoever set out, while they are signed in."""
    person = auth.person_or_none()
    if person is None or person.id != step.person_id:
        return refuse(Why.ANOTHER, "another person")
    write()
    if not _linked(auth.person(), known):
        db.session.rollback()
        return refuse(Why.TAKEN, "taken")
    db.session.commit()
    toast.say(_("From now on you can sign in with %(name)s.", name=provider_name()))
    return go(url_for("account.safety"))


def _accept(step: SignInStep, known: Known) -> Response:
    """Whoever was invited, if the provider says that the address is theirs.

    They get a password that nobody knows, so that they can have another one mailed when the provider is gone.
    """
    kept = password.hashed(token.fresh())
    write()
    person = invitation.accept_marked(step.payload["mark"], kept, current(), clock.now())
    if person is None:
        return ended.invitation()
    if not known.email or normal_email(known.email) != person.email:
        db.session.rollback()
        return refuse(Why.OTHER_ADDRESS, "other address")
    if not _linked(person, known):
        db.session.rollback()
        return refuse(Why.TAKEN, "taken")
    return let_in(person, How.INVITATION, None, whole=_is_whole(known))


def _linked(person: Person, known: Known) -> bool:
    at, settings = clock.now(), _settings()
    if not outside_account.link(person, settings.oidc_issuer, known.subject, at):
        return False
    safety.tell(person, safety.Change.OUTSIDE_LINKED, settings.public_host, at)
    return True


def _is_whole(known: Known) -> bool:
    """How many proofs are asked is the provider's own business, unless the settings say that it is ours."""
    return known.strong or _settings().oidc_second_factor == "provider"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


ENDS: Mapping[Purpose, Callable[[SignInStep, Known], Response]] = {
    Purpose.SIGN_IN: _sign_in,
    Purpose.LINK: _link,
    Purpose.INVITATION: _accept,
}
