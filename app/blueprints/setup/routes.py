"""The setup of a new installation, in six steps of which only the first cannot be skipped."""

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for
from wtforms import Form

from app import clock
from app.blueprints.setup.forms import FoundingForm
from app.blueprints.setup.steps import STEPS, Setting, Step
from app.db import db, write
from app.domain.agency.agency import SETUP_DONE, AlreadyFounded, is_unclaimed, setup_reached, the_agency
from app.domain.agency.person import EmailTaken, Person, Role
from app.domain.agency.session import open_session
from app.domain.program import founding
from app.domain.program.founding import Council, Founding
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import agent, auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go

bp = Blueprint("setup", __name__, url_prefix="/setup")
LAST = 6
GO_ON = {"import": "candidates.import_start", "add": "candidates.new", "practise": "block.practise"}
OPEN_BEFORE = frozenset(
    {"setup.first", "assets", "health.live", "health.ready", "health.figures", "public.brand", "intake.snippet"}
    | {"intake.client_settings", "intake.take_in_by_picture"}
)
SAME_FOR_ALL = frozenset(
    {"public.picture", "public.outside_page", "public.outside_in", "public.outside_frame", "public.outside_picture"}
)
"""Who looks is not asked here: caches may keep them for everybody, whatever cookie a browser has."""


@bp.before_app_request
def lead_here() -> Response | None:
    """Until somebody runs it every page leads to the first step; whoever is signed in shows that somebody does."""
    if request.method != "GET" or request.endpoint in OPEN_BEFORE:
        return None
    signed_in = request.endpoint not in SAME_FOR_ALL and auth.person_or_none()
    if signed_in or not is_unclaimed():
        return None
    return go(url_for("setup.step", number=1))


@bp.get("/1")
def first() -> str:
    if not is_unclaimed():
        abort(404)
    return _first(FoundingForm(council=Council.NOT_YET))


@bp.post("/1")
def begin() -> Response:
    if not is_unclaimed():
        return go("/")
    form = FoundingForm(submitted())
    if not form.validate():
        return make_response(_first(form), 422)
    opened = _found(form.founding(current_app.config["SETTINGS"].timezone))
    if opened is None:
        return go("/")
    auth.enter(*opened)
    return go(url_for("setup.step", number=2))


@bp.get("/<int:number>")
@auth.only(Role.ADMIN)
def step(number: int) -> str:
    asked, setting = found(STEPS.get(number)), _setting()
    return _page(number, asked, asked.form(setting))


@bp.post("/<int:number>")
@auth.only(Role.ADMIN)
def answer(number: int) -> Response:
    asked, setting = found(STEPS.get(number)), _setting()
    form = asked.form(setting)
    skipped = "skip" in request.form
    if not skipped and not form.validate():
        return make_response(_page(number, asked, form), 422)
    write()
    try:
        setup_reached(setting.agency, number + 1)
        if not skipped:
            asked.carry_out(form, setting, clock.now())
    except EmailTaken:
        return _taken(number, asked, form)
    db.session.commit()
    return go(_next(number))


def _found(plan: Founding) -> tuple[Person, str] | None:
    write()
    try:
        admin = founding.found(plan, clock.now())
    except AlreadyFounded:
        db.session.rollback()
        return None
    token = open_session(admin, agent.family(request.user_agent.string), clock.now())
    db.session.commit()
    return admin, token


def _setting() -> Setting:
    agency, program = found(the_agency()), found(the_program())
    if agency.setup_step >= SETUP_DONE:
        abort(404)
    return Setting(agency, program)


def _taken(number: int, asked: Step, form: Form) -> Response:
    db.session.rollback()
    toast.say(_("Somebody else added one of these addresses just now. Look and try again."), category="hot")
    return make_response(_page(number, asked, form), 422)


def _next(number: int) -> str:
    if number < LAST:
        return url_for("setup.step", number=number + 1)
    return url_for(GO_ON.get(request.form.get("to", ""), "today.today"))


def _first(form: FoundingForm) -> str:
    return render_template("setup/program.html", form=form, number=1, last=LAST)


def _page(number: int, asked: Step, form: Form) -> str:
    return render_template(asked.template, form=form, number=number, last=LAST)
