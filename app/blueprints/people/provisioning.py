"""Tokens by which the agency's identity provider adds and ends colleagues, by itself."""

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from app import clock
from app.config import Settings
from app.db import db, write
from app.domain.agency import audit, provisioned, provisioning_token
from app.domain.agency import person as people
from app.domain.agency.audit import About
from app.domain.agency.person import Person, Role
from app.domain.agency.provisioning_token import Full, ProvisioningToken
from app.language import gettext as _
from app.web import auth, extras, toast
from app.web.errors import found
from app.web.htmx import go


@auth.only(Role.ADMIN)
def provisioning() -> Response:
    """The address to give to the provider, and the tokens that there are."""
    return _page()


@auth.only(Role.ADMIN)
@auth.proved
def make_provisioning_token() -> Response:
    """Make one; it is shown on this page and never again."""
    found(extras.has(extras.SCIM) or None)
    write()
    try:
        made = provisioning_token.make(auth.person(), clock.now())
    except Full:
        db.session.rollback()
        return _page(status=422, refusal=_("There are four tokens that work already. End one first."))
    db.session.commit()
    return _page(made, 201)


@auth.only(Role.ADMIN)
@auth.proved
def end_provisioning_token(token_id: int) -> Response:
    """It opens nothing any more."""
    write()
    found(provisioning_token.end(token_id, clock.now()) or None)
    db.session.commit()
    toast.say(_("The token opens nothing any more."))
    return go(url_for("people.provisioning"))


def end_tokens_as_asked(person: Person) -> None:
    """None of those that somebody made opens anything any more, if whoever takes away their access wants that."""
    if request.form.get("tokens") != "end":
        return
    now = clock.now()
    for token_id in provisioning_token.end_of(person.id, now):
        audit.record("provisioning.token_ended", auth.person().id, now, About("token", token_id))


def _page(fresh: tuple[ProvisioningToken, str] | None = None, status: int = 200, refusal: str = "") -> Response:
    settings: Settings = current_app.config["SETTINGS"]
    tokens = provisioning_token.latest()
    html = render_template(
        "people/provisioning.html",
        installed=extras.has(extras.SCIM),
        address=f"{settings.public_url}/scim/v2",
        fresh=fresh,
        tokens=tokens,
        makers=people.names_of({token.made_by_id for token in tokens}),
        left_behind=provisioning_token.left_behind(clock.now()),
        told=provisioned.how_many_told(),
        now=clock.now(),
        refusal=refusal,
    )
    return make_response(html, status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/provisioning")(provisioning)
    bp.post("/provisioning")(make_provisioning_token)
    bp.post("/provisioning/<int:token_id>/end")(end_provisioning_token)
