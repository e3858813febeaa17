"""Passkeys: the challenge that a browser asks for, and signing in with what a device answers to it."""

from flask import Blueprint, Response, current_app, make_response, request

from app import clock
from app.blueprints.account import entrance
from app.blueprints.account.forms import SignInForm
from app.blueprints.account.letting_in import let_in
from app.blueprints.account.party import party
from app.blueprints.account.waiting import slow_down
from app.db import db, write
from app.domain.agency import passkey, passkey_answer, sign_in, sign_in_step
from app.domain.agency.passkey_answer import Answer, Refused
from app.domain.agency.person import Person
from app.domain.agency.second_factor import StepKind
from app.domain.agency.sign_in import How, Limits, TooMany
from app.language import gettext as _
from app.web import auth, steps

ASKED = Limits(per_account=1_500, per_address=1_500)
"""Challenges an hour for one network: an office of three hundred signs in at nine, and presses once more."""


def challenge() -> Response:
    """What the browser needs to ask a device for a passkey: any of ours, or one of whoever is on their way in."""
    write()
    try:
        _count()
    except TooMany as limit:
        db.session.rollback()
        return slow_down(limit.wait, "")
    whose = _whose()
    token = sign_in_step.begin(StepKind.PASSKEY, clock.now(), whose)
    known = [each.credential_id for each in passkey.of(whose)] if whose else []
    db.session.commit()
    return steps.keep(as_json(passkey_answer.to_ask(party(), token, known)), StepKind.PASSKEY, token)


def enter_by_passkey() -> Response:
    """A passkey is both factors at once: no address, no password, no second step."""
    write()
    person = used()
    if person is None:
        db.session.commit()
        return make_response(entrance.page(SignInForm(), refusal()), 422)
    return let_in(person, How.PASSKEY, request.args.get("next"), whole=True)


def used() -> Person | None:
    """Whose passkey answered the challenge of this browser, which is used up with it; None when it does not fit."""
    token, at = steps.token(StepKind.PASSKEY), clock.now()
    if sign_in_step.use_up(token, StepKind.PASSKEY, at) is None:
        return None
    try:
        return passkey.use(Answer(party(), token, request.form.get("credential", "")), at)
    except Refused:
        return None


def refusal() -> str:
    """What is said when a passkey does not fit."""
    return _("This passkey did not work here. Try again, or choose another way.")


def as_json(options: str) -> Response:
    """What a script reads."""
    return Response(options, mimetype="application/json")


def _whose() -> int | None:
    """Whoever gave a first proof, or proves again who they are; nobody in particular on the sign-in page."""
    asked = request.args.get("of")
    if asked == "second":
        step = sign_in_step.find(steps.token(StepKind.SECOND), StepKind.SECOND, clock.now())
        return step.person_id if step else None
    person = auth.person_or_none() if asked == "own" else None
    return person.id if person else None


def _count() -> None:
    address, at = request.remote_addr or "", clock.now()
    who = sign_in.attempt(f"address:{address}", address, current_app.config["SETTINGS"].key, of="passkey:")
    sign_in.one_at_a_time()
    sign_in.within_limits(who, at, ASKED)
    sign_in.count(who, at)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.post("/passkey/challenge")(challenge)
    bp.post("/passkey")(enter_by_passkey)
