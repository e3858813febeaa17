"""When somebody works: the weekly block, this week's at another time, days off; one's own, and those of one's team."""

from datetime import date

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.timetable import days_off, teams
from app.blueprints.timetable.contract_form import ContractForm
from app.blueprints.timetable.days_off import page_of
from app.blueprints.timetable.forms import MoveForm
from app.blueprints.timetable.showing import Shown, shown_of
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.program import absence, block, contract, moving, reserving
from app.domain.program.block import Block, Scope
from app.domain.program.moving import NotThen
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.htmx import go
from app.web.program_forms import DaysForm, WeeklyForm
from app.words.comparing import weekdays_sentence
from app.words.program import block_sentence, not_then, occurrence_sentence, reserved_sentence

bp = Blueprint("timetable", __name__, url_prefix="/timetable")
bp.context_processor(
    lambda: {
        "block_sentence": block_sentence,
        "occurrence_sentence": occurrence_sentence,
        "weekdays_sentence": weekdays_sentence,
    }
)


@bp.get("")
@auth.signed_in
def own() -> Answer:
    return _page(shown_of(auth.person(), clock.now()))


@bp.get("/people/<int:person_id>")
@auth.only(Role.LEAD, Role.ADMIN)
def person(person_id: int) -> Answer:
    return _page(shown_of(_theirs(person_id), clock.now()))


@bp.post("/people/<int:person_id>/block")
@auth.signed_in
def reserve(person_id: int) -> Answer:
    whose, now = _theirs(person_id), clock.now()
    form = WeeklyForm(request.form, prefix="weekly-")
    if not form.validate():
        shown = shown_of(whose, now)
        shown.weekly = form
        return _page(shown, 422)
    write()
    kept = reserving.reserve(_scopes(whose), form.time, auth.person(), now)
    db.session.commit()
    return _told(whose, kept)


@bp.post("/people/<int:person_id>/block/giving-up")
@auth.signed_in
def give_up(person_id: int) -> Answer:
    whose = _theirs(person_id)
    write()
    given = found(reserving.give_up(_scopes(whose), auth.person(), clock.now()))
    db.session.commit()
    toast.say(_("The block is that of the others again."), url_for(".take_back", block_id=given.id))
    return go(page_of(whose.id))


@bp.post("/blocks/<int:block_id>/withdrawal")
@auth.signed_in
def take_back(block_id: int) -> Answer:
    row = found(db.session.get(Block, block_id))
    whose = db.session.get(Person, row.person_id) if row.person_id else None
    scope = Scope(row.program_id, row.team_id, row.person_id)
    found(reserving.may_reserve(auth.person(), scope, whose) or None)
    write()
    found(block.take_back(row) or None)
    db.session.commit()
    toast.say(_("The block is as it was before."))
    if whose:
        return go(page_of(whose.id))
    return go(url_for(".team", team_id=row.team_id) if row.team_id else url_for("program.follow_up"))


@bp.post("/move")
@auth.signed_in
def move() -> Answer:
    me, now = auth.person(), clock.now()
    shown = shown_of(me, now, request.form)
    form = found(shown.move)
    if not form.validate():
        return _page(shown, 422)
    write()
    try:
        moving.move(me, form.moment(shown.zone), form.minutes.data or 0, now)
    except NotThen as refusal:
        return _refused(shown, form, refusal)
    db.session.commit()
    toast.say(_("Moved; it counts in full."), url_for(".put_back"))
    return go(url_for(".own"))


@bp.post("/move/withdrawal")
@auth.signed_in
def put_back() -> Answer:
    week = clock.week_of(clock.local_day(clock.now(), the_zone())).start
    write()
    found(moving.put_back(auth.person().id, week) or None)
    db.session.commit()
    toast.say(_("This week's block is at its usual time again."))
    return go(url_for(".own"))


@bp.post("/people/<int:person_id>/days-off")
@auth.signed_in
def take_off(person_id: int) -> Answer:
    whose, form = _theirs(person_id), DaysForm(request.form, prefix="off-")
    if not (form.validate() and days_off.is_in_time(form, whose.id)):
        shown = shown_of(whose, clock.now())
        shown.off = form
        return _page(shown, 422)
    write()
    row = absence.record(whose.id, *form.days, by_id=auth.person().id, now=clock.now())
    db.session.commit()
    toast.say(_("The days off are there; blocks keep out of their way."), url_for(".withdraw", absence_id=row.id))
    return go(page_of(whose.id))


@bp.post("/people/<int:person_id>/contract")
@auth.only(Role.LEAD, Role.ADMIN)
def employ(person_id: int) -> Answer:
    whose, form = _theirs(person_id), ContractForm(request.form, prefix="contract-")
    found(contract.may_set(auth.person(), whose) or None)
    if not form.validate():
        shown = shown_of(whose, clock.now())
        shown.contract = form
        return _page(shown, 422)
    write()
    days, valid_from = form.weekdays.data or (), form.valid_from.data or date.min
    contract.set_days(whose, days, valid_from, by_id=auth.person().id, now=clock.now())
    db.session.commit()
    toast.say(_("Saved."))
    return go(page_of(whose.id))


bp.add_url_rule("/days-off/<int:absence_id>/withdrawal", "withdraw", days_off.withdraw, methods=["POST"])
bp.add_url_rule("/days-off/<int:absence_id>/return", "restore", days_off.restore, methods=["POST"])
bp.add_url_rule("/teams/<int:team_id>", "team", teams.page, methods=["GET", "POST"])
bp.add_url_rule("/teams/<int:team_id>/giving-up", "give_up_team", teams.give_up, methods=["POST"])


def _refused(shown: Shown, form: MoveForm, refusal: NotThen) -> Answer:
    db.session.rollback()
    form.starts.errors = [not_then(refusal)]
    return _page(shown, 422)


def _theirs(person_id: int) -> Person:
    """Somebody whose block and days off the reader may change; to others they do not exist."""
    whose = found(db.session.get(Person, person_id))
    found((whose.is_active and absence.may_record(auth.person(), whose)) or None)
    return whose


def _scopes(whose: Person) -> tuple[Scope, ...]:
    return block.scopes_of(found(the_program()).id, whose)


def _told(whose: Person, kept: Block) -> Answer:
    today = clock.local_day(clock.now(), the_zone())
    toast.say(reserved_sentence(kept, today), url_for(".take_back", block_id=kept.id))
    return go(page_of(whose.id))


def _page(shown: Shown, status: int = 200) -> Answer:
    return make_response(render_template("timetable/page.html", shown=shown), status)
