"""How safely one signs in: the app with codes, passkeys, and codes on paper for when they are lost."""

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.blueprints.account import party, passkeys
from app.blueprints.account.forms import CodeForm, PasskeyForm
from app.config import Settings
from app.db import db, write
from app.domain.agency import authenticator, passkey, passkey_answer, recovery_code, sign_in_step
from app.domain.agency.authenticator import Confirmed, Pending
from app.domain.agency.passkey_answer import Answer, Refused
from app.domain.agency.second_factor import StepKind
from app.domain.notices import safety as changes
from app.domain.program.program import program_name
from app.language import gettext as _
from app.web import agent, auth, steps, toast
from app.web.errors import found
from app.web.htmx import go

GROUP = 4


@auth.setting_up
def safety() -> Response:
    """What there is."""
    return _page(PasskeyForm(data={"name": agent.family(request.user_agent.string)}))


@auth.setting_up
@auth.proved
def begin_app() -> Response:
    """A new secret for an app; it counts once a first code of it was typed."""
    write()
    try:
        authenticator.begin(auth.person(), _settings().key, clock.now())
    except Confirmed:
        db.session.rollback()
        return go(url_for("account.safety"))
    db.session.commit()
    return go(url_for("account.app_page"))


@auth.setting_up
@auth.proved
def app_page() -> Response:
    """The secret as a picture and as text, while it waits for its first code."""
    return _app_page(CodeForm())


@auth.setting_up
@auth.proved
def confirm_app() -> Response:
    """The first code of the app."""
    form = CodeForm(request.form)
    if not form.validate():
        return _app_page(form, 422)
    write()
    codes = changes.confirm_app(auth.person(), form.code.data or "", _settings().key, _host(), clock.now())
    if codes is None:
        db.session.rollback()
        return _wrong(form)
    db.session.commit()
    return _done(_("The app works."), codes)


@auth.setting_up
@auth.proved
def end_app() -> Response:
    """No codes of the app any more."""
    write()
    ended = changes.end_app(auth.person(), _host(), clock.now())
    db.session.commit()
    return _told(_("The app is asked for no more."), done=ended)


@auth.setting_up
@auth.proved
def ask_passkey() -> Response:
    """What the browser needs to make a passkey."""
    person, at = auth.person(), clock.now()
    write()
    token = sign_in_step.begin(StepKind.NEW_PASSKEY, at, person.id)
    known = [each.credential_id for each in passkey.of(person.id)]
    db.session.commit()
    options = passkey_answer.to_make(person, party.party(), token, known)
    return steps.keep(passkeys.as_json(options), StepKind.NEW_PASSKEY, token)


@auth.setting_up
@auth.proved
def add_passkey() -> Response:
    """A passkey that the device made."""
    form = PasskeyForm(request.form)
    if not form.validate():
        return _page(form, 422)
    write()
    codes = _added(form)
    db.session.commit()
    if codes is None:
        return _page(form, 422, _("No passkey came of it. Try again, or take another device."))
    return _done(_("The passkey works."), codes)


@auth.setting_up
@auth.proved
def end_passkey(passkey_id: int) -> Response:
    """One passkey opens nothing any more."""
    write()
    found(changes.end_passkey(auth.person(), passkey_id, _host(), clock.now()) or None)
    db.session.commit()
    return _told(_("The passkey opens nothing any more here. Remove it from the device as well."))


@auth.setting_up
@auth.proved
def make_codes() -> Response:
    """New codes on paper, shown this once."""
    write()
    codes = changes.make_codes(auth.person(), _host(), clock.now())
    db.session.commit()
    return _done(_("These are your new codes."), codes)


def _wrong(form: CodeForm) -> Response:
    form.code.errors = [
        _("This code is not right. Type the one that the app shows now, and see that the telephone sets its own clock.")
    ]
    return _app_page(form, 422)


def _added(form: PasskeyForm) -> Sequence[str] | None:
    """The codes that come with a passkey; None when it was not made for this challenge of this person."""
    token, at, person = steps.token(StepKind.NEW_PASSKEY), clock.now(), auth.person()
    step = sign_in_step.use_up(token, StepKind.NEW_PASSKEY, at)
    if step is None or step.person_id != person.id:
        return None
    answer = Answer(party.party(), token, form.credential.data or "")
    try:
        return changes.add_passkey(person, form.name.data or "", answer, _host(), at)
    except Refused:
        return None


def _done(sentence: str, codes: Sequence[str]) -> Response:
    """With codes, a page that shows them this once."""
    if not codes:
        return _told(sentence)
    return make_response(render_template("account/codes.html", codes=codes, sentence=sentence, made_on=clock.now()))


def _told(sentence: str, *, done: bool = True) -> Response:
    if done:
        toast.say(sentence)
    return go(url_for("account.safety"))


def _page(form: PasskeyForm, status: int = 200, refusal: str = "") -> Response:
    person = auth.person()
    facts = {
        "app": authenticator.of(person.id),
        "passkeys": passkey.of(person.id),
        "codes": recovery_code.left(person.id),
        "few": recovery_code.FEW,
        "possible": party.possible(),
        "must": auth.must_set_up(),
    }
    return make_response(render_template("account/safety.html", form=form, refusal=refusal, **facts), status)


def _app_page(form: CodeForm, status: int = 200) -> Response:
    pending = authenticator.pending(auth.person(), program_name(), _settings().key, clock.now())
    if pending is None:
        return go(url_for("account.safety"))
    secret = pending.secret
    groups = " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
    return make_response(
        render_template("account/app.html", form=form, secret=groups, picture=_picture(pending)), status
    )


def _picture(pending: Pending) -> str:
    """What a camera reads, as an address that holds the drawing itself."""
    import segno  # noqa: PLC0415 - only this page needs it

    return str(segno.make(pending.uri, error="m").svg_data_uri(scale=5, border=2, light="white", dark="black"))


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _host() -> str:
    return _settings().public_host


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/safety")(safety)
    bp.get("/safety/app")(app_page)
    bp.post("/safety/app")(begin_app)
    bp.post("/safety/app/code")(confirm_app)
    bp.post("/safety/app/end")(end_app)
    bp.post("/safety/passkeys/challenge")(ask_passkey)
    bp.post("/safety/passkeys")(add_passkey)
    bp.post("/safety/passkeys/<int:passkey_id>/end")(end_passkey)
    bp.post("/safety/codes")(make_codes)
