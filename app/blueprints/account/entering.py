"""Links by mail for whoever cannot or does not want to type a password: asked for here, and acting by a button only."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, session, url_for

from app import clock
from app.blueprints.account import attempts, ended
from app.blueprints.account.forms import AskForm, NewPasswordForm
from app.blueprints.account.waiting import slow_down, too_many_links
from app.config import Settings
from app.domain.agency import password, sign_in, sign_in_link
from app.domain.agency import token as tokens
from app.domain.agency.person import Person
from app.domain.agency.sign_in_link import Purpose
from app.domain.notices.invitation_mail import Sender
from app.domain.program.program import program_name
from app.web import auth

MAILED = "mailed"
HERE = "asked_here"
LONGEST_PATH = 500
PAGES = {Purpose.SIGN_IN: "account.link_page", Purpose.PASSWORD: "account.password_page"}


def ask_link() -> str:
    """Where to mail a link to sign in."""
    return _ask_page(AskForm(), Purpose.SIGN_IN)


def ask_password() -> str:
    """Where to mail a link for a new password."""
    return _ask_page(AskForm(), Purpose.PASSWORD)


def send_link() -> Response:
    """The same answer for everybody."""
    return _send(Purpose.SIGN_IN)


def send_password() -> Response:
    """The same answer for everybody."""
    return _send(Purpose.PASSWORD)


def mailed() -> Response:
    """Look at your mail; after a sign-in the browser has forgotten which address it was."""
    if MAILED not in session:
        return make_response(redirect(url_for("account.sign_in"), 303))
    purpose, email = session[MAILED]
    minutes, again = ended.minutes(Purpose(purpose)), url_for(ended.ASKED_AT[Purpose(purpose)])
    return make_response(render_template("account/link_sent.html", email=email, minutes=minutes, again=again))


def link_page(token: str) -> Response:
    """Only asks: mail scanners open every link."""
    person = sign_in_link.owner(token + _here(), Purpose.SIGN_IN, clock.now())
    page = person and render_template("account/link.html", person=person)
    return make_response(page) if page else ended.link(Purpose.SIGN_IN, _then())


def use_link(token: str) -> Response:
    """Sign in on this browser."""
    return attempts.enter_by_link(token + _here(), _then()) or ended.link(Purpose.SIGN_IN, _then())


def password_page(token: str) -> Response:
    """Only asks, as above."""
    person = sign_in_link.owner(token + _here(), Purpose.PASSWORD, clock.now())
    return _password_page(NewPasswordForm(), person) if person else ended.link(Purpose.PASSWORD, _then())


def use_password(token: str) -> Response:
    """A new password; everything slow is done before the write transaction begins."""
    person = sign_in_link.owner(token + _here(), Purpose.PASSWORD, clock.now())
    form = NewPasswordForm(request.form)
    form.known_words = attempts.known_words(person)
    if person and not form.validate():
        return _password_page(form, person, 422)
    kept = password.hashed(form.password.data or "") if person else ""
    return attempts.choose_password(token + _here(), kept, _then()) or ended.link(Purpose.PASSWORD, _then())


def _send(purpose: Purpose) -> Response:
    form = AskForm(request.form)
    if not form.validate():
        return make_response(_ask_page(form, purpose), 422)
    email = form.email.data or ""
    session.setdefault(HERE, tokens.fresh())
    try:
        attempts.ask_for_link(email, purpose, _sender(purpose), _here())
    except sign_in.TooMany as limit:
        return slow_down(limit.wait, _ask_page(form, purpose, too_many_links(limit.wait)))
    session[MAILED] = [str(purpose), email]
    return make_response(redirect(url_for("account.mailed"), 303))


def _sender(purpose: Purpose) -> Sender:
    settings: Settings = current_app.config["SETTINGS"]
    page, then = PAGES[purpose], _then()
    return Sender(
        program=program_name(),
        host=settings.public_host,
        link=lambda token: settings.public_url + url_for(page, token=token, next=then),
    )


def _here() -> str:
    """What this browser keeps since it asked for a link: a link opens nothing in another."""
    return str(session.get(HERE, ""))


def _then() -> str | None:
    """The page that was asked for before one had to sign in; whoever asks for a link does not write half a mail."""
    asked = auth.local(request.args.get("next"), "")
    return asked if asked and len(asked) <= LONGEST_PATH else None


def _ask_page(form: AskForm, purpose: Purpose, refusal: str = "") -> str:
    return render_template("account/ask.html", form=form, purpose=purpose, then=_then(), refusal=refusal)


def _password_page(form: NewPasswordForm, person: Person, status: int = 200) -> Response:
    return make_response(render_template("account/new_password.html", form=form, person=person), status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/link")(ask_link)
    bp.post("/link")(send_link)
    bp.get("/mailed")(mailed)
    bp.get("/link/<token>")(link_page)
    bp.post("/link/<token>")(use_link)
    bp.get("/new-password")(ask_password)
    bp.post("/new-password")(send_password)
    bp.get("/new-password/<token>")(password_page)
    bp.post("/new-password/<token>")(use_password)
