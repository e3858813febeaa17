"""One's own account: signing in and out, accepting an invitation, profile, password and sessions."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.account import (
    attempts,
    calendar,
    ended,
    entering,
    entrance,
    outside,
    passkeys,
    progress,
    proving,
    recorded,
    safety,
    second,
    tokens,
)
from app.blueprints.account.appearing import appearing
from app.blueprints.account.forms import ChangePasswordForm, NewPasswordForm, ProfileForm, SignInForm
from app.blueprints.account.waiting import slow_down, too_many_passwords
from app.db import db, write
from app.domain.agency import invitation, password, session, sign_in
from app.domain.agency.person import Person, describe, prefer
from app.language import current, in_language
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.language import LANGUAGES

bp = Blueprint("account", __name__, url_prefix="/account")
YEAR = timedelta(days=365)


@bp.get("/sign-in", endpoint="sign_in")
def sign_in_page() -> str:
    return entrance.page(SignInForm())


@bp.post("/sign-in")
def enter() -> Response:
    form = SignInForm(request.form)
    if not form.validate():
        return make_response(entrance.page(form), 422)
    try:
        entered = attempts.enter(form, request.args.get("next"))
    except sign_in.TooMany as limit:
        return slow_down(limit.wait, entrance.page(form, too_many_passwords(limit.wait)))
    if entered is None:
        return make_response(entrance.page(form, _("The mail address or the password is not right.")), 422)
    return entered


@bp.post("/sign-out")
def sign_out() -> Answer:
    if auth.person_or_none():  # a visitor ends nothing, and there is nothing to write down of them
        write()
        auth.leave()
        db.session.commit()
    toast.say(_("You are signed out."))
    response = redirect(url_for("account.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.post("/language")
def choose_language() -> Answer:
    response = redirect(auth.local(request.form.get("next"), url_for("account.sign_in")), 303)
    return _remember_language(response, request.form.get("language", ""))


@bp.get("/invitation/<token>")
def accept_page(token: str) -> Response:
    invitee = invitation.invitee(token, clock.now())
    return _accept_page(NewPasswordForm(), invitee) if invitee else ended.invitation()


@bp.post("/invitation/<token>")
def accept(token: str) -> Response:
    invitee = invitation.invitee(token, clock.now())
    form = NewPasswordForm(request.form)
    form.known_words = attempts.known_words(invitee)
    if invitee and not form.validate():
        return _accept_page(form, invitee, 422)
    kept = password.hashed(form.password.data or "") if invitee else ""
    return attempts.accept(token, kept) or ended.invitation()


@bp.get("")
@auth.signed_in
def profile() -> str:
    return _profile(_own(), ChangePasswordForm())


@bp.post("")
@auth.signed_in
def save_profile() -> Answer:
    form = ProfileForm(request.form)
    if not form.validate():
        return make_response(_profile(form, ChangePasswordForm()), 422)
    write()
    person = auth.person()
    describe(person, form.name.data or "", person.email)
    prefer(person, language=form.language.data, theme=form.theme.data, keys_enabled=form.keys_enabled.data)
    db.session.commit()
    with in_language(form.language.data):
        toast.say(_("Saved."))
    return _remember_language(redirect(url_for("account.profile"), 303), form.language.data)


@bp.post("/password")
@auth.signed_in
def change_password() -> Response:
    form = ChangePasswordForm(request.form)
    form.known_words = attempts.known_words(auth.person())
    if not form.validate():
        return make_response(_profile(_own(), form), 422)
    try:
        changed = attempts.change_password(form)
    except sign_in.TooMany as limit:
        form.current.errors = [too_many_passwords(limit.wait)]
        return slow_down(limit.wait, _profile(_own(), form))
    if not changed:
        form.current.errors = [_("This is not your current password.")]
        return make_response(_profile(_own(), form), 422)
    toast.say(_("Your password is changed; elsewhere you are signed out."))
    return make_response(redirect(url_for("account.profile"), 303))


@bp.post("/sessions/<int:session_id>/revocation")
@auth.signed_in
@auth.proved
def end_session(session_id: int) -> Answer:
    write()
    found(session.close_own(auth.person().id, session_id) or None)
    db.session.commit()
    toast.say(_("That browser is signed out."))
    return redirect(url_for("account.profile"), 303)


@bp.post("/sessions/revocation")
@auth.signed_in
@auth.proved
def end_other_sessions() -> Answer:
    write()
    session.close_others(auth.person().id, auth.session_id())
    db.session.commit()
    toast.say(_("You are signed out everywhere else."))
    return redirect(url_for("account.profile"), 303)


def _accept_page(form: NewPasswordForm, invitee: Person, status: int = 200) -> Response:
    return make_response(render_template("account/invitation.html", form=form, invitee=invitee), status)


def _profile(form: ProfileForm, new_password: ChangePasswordForm) -> str:
    person = auth.person()
    sessions = session.open_of(person.id, clock.now())
    return render_template(
        "account/page.html",
        form=form,
        new_password=new_password,
        person=person,
        sessions=sessions,
        here=auth.session_id(),
        appearance=appearing(person),
    )


def _own() -> ProfileForm:
    form = ProfileForm(obj=auth.person())
    form.language.data = current()  # whoever never chose one reads the browser's, and keeps it by saving
    return form


def _remember_language(response: Answer, language: str) -> Answer:
    if language in LANGUAGES:
        secure = current_app.config["SETTINGS"].production
        response.set_cookie("language", language, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


calendar.add_to(bp)
entering.add_to(bp)
outside.add_to(bp)
passkeys.add_to(bp)
progress.add_to(bp)
proving.add_to(bp)
recorded.add_to(bp)
safety.add_to(bp)
second.add_to(bp)
tokens.add_to(bp)
