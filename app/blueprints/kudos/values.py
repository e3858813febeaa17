"""The values of the program and how many kudos a month there are, for those who run it."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.kudos.forms import AllowanceForm, ValueForm
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.game.recognition import value
from app.domain.game.recognition.value import Full, ProgramValue
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go

allowed = auth.only(Role.SPONSOR, Role.ADMIN)


@allowed
def page() -> Answer:
    """The values in their order, and how many a month."""
    return _page(ValueForm())


@allowed
def add() -> Answer:
    program, form = found(the_program()), ValueForm(request.form)
    if not form.validate():
        return _page(form)
    write()
    try:
        value.add(program.id, form.label, by=auth.person())
    except Full:
        db.session.rollback()
        form.label_nl.errors = [_full()]
        return _page(form)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("kudos.values"))


@allowed
def start() -> Answer:
    """The three of the preset, in one press."""
    program = found(the_program())
    write()
    value.start(program.id, by=auth.person())
    db.session.commit()
    return go(url_for("kudos.values"))


@allowed
def change(value_id: int) -> Answer:
    """Call a value otherwise."""
    row = _own(value_id)
    form = ValueForm(submitted(), obj=row)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return make_response(render_template("kudos/value.html", form=form, row=row), status)
    write()
    value.rename(_own(value_id), form.label, by=auth.person())
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("kudos.values"))


@allowed
def retire(value_id: int) -> Answer:
    """Nobody chooses it any more."""
    _own(value_id)
    write()
    value.retire(_own(value_id), by=auth.person(), now=clock.now())
    db.session.commit()
    return go(url_for("kudos.values"))


@allowed
def bring_back(value_id: int) -> Answer:
    """It can be chosen again."""
    _own(value_id)
    write()
    try:
        value.bring_back(_own(value_id), by=auth.person())
    except Full:
        db.session.rollback()
        toast.say(_full(), category="error")
        return go(url_for("kudos.values"))
    db.session.commit()
    return go(url_for("kudos.values"))


@allowed
def allow() -> Answer:
    """How many a month."""
    form = AllowanceForm(request.form)
    if not form.validate():
        return _page(ValueForm(), form)
    write()
    value.allow(found(the_program()), form.a_month.data or 0, by=auth.person())
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("kudos.values"))


def _own(value_id: int) -> ProgramValue:
    return found(value.find(found(the_program()).id, value_id))


def _full() -> str:
    return _("There are %(most)s values; take one off the list first.", most=value.MOST)


def _page(form: ValueForm, allowance: AllowanceForm | None = None) -> Answer:
    program = found(the_program())
    html = render_template(
        "kudos/values.html",
        form=form,
        allowance=allowance or AllowanceForm(data={"a_month": program.kudos_a_month}),
        rows=value.all_of(program.id),
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/values", "values", page)
    bp.add_url_rule("/values", "add_value", add, methods=["POST"])
    bp.add_url_rule("/values/start", "start_values", start, methods=["POST"])
    bp.add_url_rule("/values/allowance", "allow", allow, methods=["POST"])
    bp.add_url_rule("/values/<int:value_id>", "change_value", change, methods=["GET", "POST"])
    bp.add_url_rule("/values/<int:value_id>/retirement", "retire_value", retire, methods=["POST"])
    bp.add_url_rule("/values/<int:value_id>/return", "bring_back_value", bring_back, methods=["POST"])
