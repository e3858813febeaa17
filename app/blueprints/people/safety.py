"""Who must sign in with a second factor, how many have one, and taking away what somebody lost."""

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for

from app import clock
from app.blueprints.people.forms import SafetyForm
from app.db import db, write
from app.domain.agency import audit, authenticator, factors, passkey, recovery_code, staff
from app.domain.agency import person as people
from app.domain.agency.agency import the_agency
from app.domain.agency.factors import Rule
from app.domain.agency.person import Person, Role
from app.domain.agency.staff import Oneself
from app.domain.notices import safety as changes
from app.language import gettext as _
from app.web import auditing, auth, toast
from app.web.errors import found
from app.web.htmx import go


@auth.only(Role.ADMIN)
def safety() -> Response:
    """The rule, and how many keep it already."""
    return _page(SafetyForm(data={"rule": found(the_agency()).second_factor}))


@auth.only(Role.ADMIN)
@auth.proved
def set_rule() -> Response:
    """From the next page on that somebody opens."""
    form = SafetyForm(request.form)
    if not form.validate():
        return _page(form, 422)
    write()
    found(the_agency()).second_factor = Rule(form.rule.data)
    audit.record("factor.rule", auth.person().id, clock.now(), None, rule=form.rule.data)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("people.safety"))


@auth.only(Role.ADMIN)
def factors_page(person_id: int) -> Response:
    """What somebody has, and what taking it away means."""
    return _factors_page(_managed(person_id))


@auth.only(Role.ADMIN)
@auth.proved
def take_factors(person_id: int) -> Response:
    """Whoever lost their telephone begins anew with the password, or a link by mail."""
    one = _managed(person_id)
    write()
    try:
        changes.take_away(one, auth.person(), current_app.config["SETTINGS"].public_host, clock.now())
    except Oneself:
        db.session.rollback()
        return _factors_page(one, 422, _("These are your own: change them on your own page."))
    db.session.commit()
    toast.say(_("%(name)s signs in without a second step now, and is told so by mail.", name=one.name))
    return go(url_for("people.person", person_id=one.id))


@auth.only(Role.ADMIN)
def end_sessions(person_id: int) -> Response:
    """Whoever left a browser open somewhere is signed out in all of them; they sign in again as ever."""
    one = _managed(person_id)
    write()
    try:
        auditing.done(staff.sign_out(one, auth.person()))
    except Oneself:
        abort(404)
    db.session.commit()
    toast.say(_("%(name)s is signed out everywhere.", name=one.name))
    return go(url_for("people.person", person_id=one.id))


def _managed(person_id: int) -> Person:
    return found(people.managed_by(auth.person(), person_id))


def _page(form: SafetyForm, status: int = 200) -> Response:
    managers, everybody = factors.shares()
    mine = factors.has(auth.person().id)
    facts = {"managers": managers, "everybody": everybody, "mine": mine}
    return make_response(render_template("people/safety.html", form=form, **facts), status)


def _factors_page(one: Person, status: int = 200, refusal: str = "") -> Response:
    facts = {
        "app": authenticator.of(one.id),
        "passkeys": passkey.of(one.id),
        "codes": recovery_code.left(one.id),
        "oneself": one.id == auth.person().id,
    }
    return make_response(render_template("people/factors.html", one=one, refusal=refusal, **facts), status)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/safety")(safety)
    bp.post("/safety")(set_rule)
    bp.get("/<int:person_id>/factors")(factors_page)
    bp.post("/<int:person_id>/factors/end")(take_factors)
    bp.post("/<int:person_id>/sessions/end")(end_sessions)
