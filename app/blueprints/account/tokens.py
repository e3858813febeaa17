"""Tokens by which one's own software asks the API."""

from datetime import datetime

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.agency import api_token
from app.domain.agency.api_token import ApiToken, Full, Scope
from app.domain.agency.person import Role
from app.domain.notices import safety
from app.domain.notices.safety import Change
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, filled, trimmed
from app.web.htmx import go
from app.words import api_token as words

NAME = 80
SEES_FIGURES = frozenset({Role.SPONSOR, Role.ADMIN})
LASTS = {"30": _l("a month"), "92": _l("three months"), "365": _l("a year")}


class TokenForm(Form):
    """For what a token is, what it may and how long."""

    name = StringField(_l("Which software is it for?"), [filled(), Length(max=NAME)], filters=[trimmed])
    scopes = SelectMultipleField(_l("What it may"), [InputRequired(_l("Choose at least one."))])
    days = RadioField(_l("How long it works"), default="92")

    def offer(self) -> "TokenForm":
        """The choices, in the reader's words; figures are for those who see their page."""
        offered = [scope for scope in Scope if scope != Scope.FIGURES_READ or auth.person().role in SEES_FIGURES]
        self.scopes.choices = [(str(scope), words.scope_label(scope)) for scope in offered]
        self.days.choices = list(LASTS.items())
        return self

    def granted(self) -> list[Scope]:
        """What was ticked."""
        return [Scope(each) for each in self.scopes.data or ()]

    def until(self, now: datetime) -> datetime:
        """When it ends."""
        return now + int(self.days.data) * clock.DAY


@auth.signed_in
def tokens() -> Response:
    """One's tokens, and a form for another."""
    return _page(TokenForm().offer())


@auth.signed_in
@auth.proved
def make_token() -> Response:
    """Make one; it is shown on this page and never again."""
    form, person, now = TokenForm(request.form).offer(), auth.person(), clock.now()
    if not form.validate():
        return _page(form, status=422)
    write()
    try:
        made = api_token.make(person, form.name.data or "", form.granted(), form.until(now), now)
    except Full:
        return _full(form)
    safety.mail(person, Change.TOKEN_MADE, _settings().public_host, now)
    db.session.commit()
    return _page(TokenForm(formdata=None).offer(), made, 201)


def _full(form: TokenForm) -> Response:
    db.session.rollback()
    form.name.errors = [_("You have as many tokens as one may. End one first.")]
    return _page(form, status=422)


@auth.signed_in
def end_token(token_id: int) -> Response:
    """It opens nothing any more."""
    write()
    found(api_token.end(token_id, clock.now(), auth.person().id) or None)
    db.session.commit()
    toast.say(_("The token opens nothing any more."))
    return go(url_for("account.tokens"))


def _page(form: TokenForm, fresh: tuple[ApiToken, str] | None = None, status: int = 200) -> Response:
    now = clock.now()
    html = render_template(
        "account/tokens.html",
        form=form,
        fresh=fresh,
        tokens=api_token.of_person(auth.person().id, now),
        now=now,
        base=f"{_settings().public_url}/api/v1",
        words=words,
    )
    return make_response(html, status)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/tokens")(tokens)
    bp.post("/tokens")(make_token)
    bp.post("/tokens/<int:token_id>/end")(end_token)
