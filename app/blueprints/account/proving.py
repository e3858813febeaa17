"""Showing once more who one is, before anything about signing in is changed."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from app import clock
from app.blueprints.account import attempts, party, passkeys
from app.blueprints.account.forms import ProofForm
from app.blueprints.account.waiting import slow_down, too_many_codes
from app.db import db, write
from app.domain.agency import authenticator, passkey, second_step, sign_in
from app.domain.notices import safety
from app.language import gettext as _
from app.web import auth, known


@auth.setting_up
def proof() -> Response:
    """Asks for the password, a code, or a passkey."""
    return _page(ProofForm())


@auth.setting_up
def prove() -> Response:
    """A password, or six digits of the app."""
    form = ProofForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        right = _is_right(form.proof.data or "")
    except sign_in.TooMany as limit:
        db.session.rollback()
        form.proof.errors = [too_many_codes(limit.wait)]
        return slow_down(limit.wait, _page(form).get_data(as_text=True))
    if not right:
        form.proof.errors = [_("This is neither your password nor a code of now.")]
        return _page(form, 422)
    return _go_on()


@auth.setting_up
def prove_self_by_passkey() -> Response:
    """One's own passkey."""
    write()
    found = passkeys.used()
    db.session.commit()
    if found is None or found.id != auth.person().id:
        return _page(ProofForm(), 422, passkeys.refusal())
    return _go_on()


def _is_right(typed: str) -> bool:
    """Six digits are a code, all else is a password: nobody's has so few characters.

    Raises:
        TooMany: too many wrong ones.
    """
    if len("".join(typed.split())) != authenticator.DIGITS:
        return attempts.is_password(typed)
    settings, person, at = current_app.config["SETTINGS"], auth.person(), clock.now()
    write()
    browser = known.browser(person.email or "")
    who = second_step.attempt(person.id, request.remote_addr or "", settings.key, browser)
    right = second_step.prove(person.id, typed, who, settings.key, at)
    if right is None:
        safety.refuse_code(person, who, settings.public_host, at, person)
    db.session.commit()
    return right is not None


def _go_on() -> Response:
    write()
    auth.prove_again()
    db.session.commit()
    return make_response(redirect(auth.local(request.args.get("next"), url_for("account.safety")), 303))


def _page(form: ProofForm, status: int = 200, refusal: str = "") -> Response:
    person = auth.person()
    facts = {
        "has_app": authenticator.of(person.id) is not None,
        "has_passkey": party.possible() and bool(passkey.of(person.id)),
        "then": auth.local(request.args.get("next"), "") or None,
    }
    return make_response(
        render_template("account/proof.html", form=form, person=person, refusal=refusal, **facts), status
    )


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/proof")(proof)
    bp.post("/proof")(prove)
    bp.post("/proof/passkey")(prove_self_by_passkey)
