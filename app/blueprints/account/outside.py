"""Signing in with the agency's own account: there one proves who one is, and the browser brings back the answer."""

import hmac

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from app import clock
from app.blueprints.account import ended, outside_end
from app.blueprints.account.entering import LONGEST_PATH
from app.blueprints.account.outside_end import Purpose
from app.blueprints.account.outside_refusal import Why, provider_name, refuse
from app.config import Settings
from app.db import db, write
from app.domain.agency import invitation, outside_account, sign_in_step, token
from app.domain.agency.second_factor import OutsideAccount, SignInStep, StepKind
from app.domain.notices import safety
from app.language import gettext as _
from app.web import auth, steps, toast
from app.web.distrust import Distrusted
from app.web.errors import found
from app.web.htmx import go
from app.web.identity_provider import Away, Known, Provider, Secrets, the_provider

LONGEST_CODE = 4_000


def go_outside() -> Response:
    """Off to sign in."""
    then = auth.local(request.args.get("next"), "")
    return _leave(Purpose.SIGN_IN, then=then if len(then) <= LONGEST_PATH else "")


@auth.setting_up
@auth.proved
def go_to_link() -> Response:
    """Off to fetch the account with which one wants to sign in from now on."""
    return _leave(Purpose.LINK, auth.person().id)


def go_to_accept(token: str) -> Response:
    """Off to accept an invitation without choosing a password."""
    invitee = invitation.invitee(token, clock.now())
    if invitee is None:
        return ended.invitation()
    return _leave(Purpose.INVITATION, invitee.id, mark=invitation.mark_of(token))


def outside_back() -> Response:
    """The answer; whoever did not set out from here, in this browser, gets nothing by it."""
    there, step = the_provider(), _under_way()
    if there is None or step is None:
        return _too_late()
    try:
        answer = outside_end.of(step, _known(there, step))
    except Away:
        answer = refuse(Why.AWAY)
    except Distrusted as distrusted:
        answer = refuse(Why.STOPPED if distrusted.reason == "access_denied" else Why.DISTRUSTED, distrusted.reason)
    return steps.drop(answer, StepKind.OUTSIDE)


@auth.setting_up
@auth.proved
def unlink(account_id: int) -> Response:
    """It signs nobody in any more."""
    write()
    found(outside_account.unlink(auth.person().id, account_id) or None)
    safety.tell(auth.person(), safety.Change.OUTSIDE_ENDED, _settings().public_host, clock.now())
    db.session.commit()
    toast.say(_("You no longer sign in with that account, but with your password or a link by mail."))
    return go(url_for("account.safety"))


def _leave(purpose: Purpose, person_id: int | None = None, **kept: str) -> Response:
    """A page that leads there at once: a form may not, because forms are sent to us and to nobody else."""
    there, secrets = found(the_provider()), Secrets(token.fresh(), token.fresh(), token.fresh())
    db.session.rollback()
    try:
        address = there.address(_back_url(), secrets)
    except Away:
        return refuse(Why.AWAY)
    known = {"state": token.hashed(secrets.state), "nonce": secrets.nonce, "verifier": secrets.verifier}
    write()
    value = sign_in_step.begin(StepKind.OUTSIDE, clock.now(), person_id, purpose=purpose, **known, **kept)
    db.session.commit()
    page = render_template("account/leaving.html", address=address, name=provider_name())
    return steps.keep(make_response(page), StepKind.OUTSIDE, value)


def _under_way() -> SignInStep | None:
    """The step that this answer belongs to, for the first who brings it; kept, and over, before anybody is asked."""
    value, at = steps.token(StepKind.OUTSIDE), clock.now()
    step = sign_in_step.find(value, StepKind.OUTSIDE, at)
    state = token.hashed(request.args.get("state", ""))
    if step is None or not hmac.compare_digest(step.payload["state"], state):
        return None
    write()
    mine = sign_in_step.use_up(value, StepKind.OUTSIDE, at)
    db.session.commit()
    return mine


def _known(there: Provider, step: SignInStep) -> Known:
    """Whom the provider means.

    Raises:
        Away: it does not answer.
        Distrusted: it does not say so, or somebody else says it.
    """
    code, issuer = request.args.get("code", ""), request.args.get("iss")
    if issuer != there.issuer and (issuer is not None or there.names_itself()):
        raise Distrusted("iss")
    if error := request.args.get("error"):
        raise Distrusted(error if error == "access_denied" else "error")
    if not 0 < len(code) <= LONGEST_CODE:
        raise Distrusted("code")
    secrets = Secrets("", step.payload["nonce"], step.payload["verifier"])
    wants_email = step.payload["purpose"] == Purpose.INVITATION
    return there.who(code, _back_url(), secrets, clock.now(), wants_email=wants_email)


def _too_late() -> Response:
    toast.say(_("That took too long, or you began once more in another window. Try again."), category="hot")
    page = "account.safety" if auth.person_or_none() else "account.sign_in"
    return make_response(redirect(url_for(page), 303))


def _back_url() -> str:
    return _settings().public_url + url_for("account.outside_back")


def _own_account() -> OutsideAccount | None:
    there = the_provider()
    return outside_account.of_person(auth.person().id, there.issuer) if there else None


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def add_to(bp: Blueprint) -> None:
    """Where these are, and what pages about signing in know of it."""
    bp.post("/outside")(go_outside)
    bp.post("/outside/link")(go_to_link)
    bp.post("/invitation/<token>/outside")(go_to_accept)
    bp.get("/outside/back")(outside_back)
    bp.post("/outside/<int:account_id>/end")(unlink)
    bp.context_processor(lambda: {"outside_name": provider_name(), "outside_account": _own_account})
