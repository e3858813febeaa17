"""The improvement log: anybody raises an idea, who leads takes it up, and what came of it stands beside its figure."""

from datetime import date
from types import SimpleNamespace

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.sponsor.plan_improvement_forms import IdeaForm, ResultForm, TakingUpForm
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import active
from app.domain.notices.catalogue import RUN_IT
from app.domain.oversight import improvement
from app.domain.oversight.improvement import LEADERS, Improvement, NotNow, State
from app.domain.oversight.measured import Beside, beside
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import improvements, measures

words = SimpleNamespace(**vars(improvements) | {"measure": measures.name, "value": measures.value})
leaders = auth.only(*LEADERS)


@auth.signed_in
def page() -> Answer:
    """Every idea, or those that are so far."""
    return _list(IdeaForm())


@auth.signed_in
def raise_idea() -> Answer:
    """Anybody may have one."""
    form = IdeaForm(request.form)
    if not form.validate():
        return _list(form)
    write()
    idea = form.idea.data or ""
    improvement.raise_idea(found(the_program()).id, idea, by_id=auth.person().id, now=clock.now())
    db.session.commit()
    toast.say(_("Your idea is on the list."))
    return go(url_for("sponsor.improvements"))


@auth.signed_in
def one(improvement_id: int) -> Answer:
    """An idea with its figure before and after, and for who leads what can be done with it."""
    return _one(_row(improvement_id))


@leaders
def take_up(improvement_id: int) -> Answer:
    """Somebody takes care of it."""
    row = _row(improvement_id)
    form = TakingUpForm(submitted(), people=active())
    if not form.validate():
        return _one(row, taking=form)
    write()
    try:
        improvement.take_up(_held(improvement_id), form.owner, form.measure.data or None, _today())
    except NotNow:
        return _too_late(improvement_id)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("sponsor.improvement", improvement_id=improvement_id))


@leaders
def finish(improvement_id: int) -> Answer:
    """It was carried out, or is not going to be, and what came of it."""
    row, form = _row(improvement_id), ResultForm(submitted())
    if not form.validate():
        return _one(row, result=form)
    write()
    try:
        improvement.finish(_held(improvement_id), form.result.data or "", _today(), dropped=form.dropped)
    except NotNow:
        return _too_late(improvement_id)
    db.session.commit()
    toast.say(_("Saved."), url_for("sponsor.reopen_improvement", improvement_id=improvement_id))
    return go(url_for("sponsor.improvement", improvement_id=improvement_id))


@leaders
def reopen(improvement_id: int) -> Answer:
    """It was not over after all."""
    _row(improvement_id)
    write()
    improvement.reopen(_held(improvement_id))
    db.session.commit()
    return go(url_for("sponsor.improvement", improvement_id=improvement_id))


def _too_late(improvement_id: int) -> Answer:
    db.session.rollback()
    toast.say(_("It was changed before you: look how it stands now."), category="error")
    return go(url_for("sponsor.improvement", improvement_id=improvement_id))


def _row(improvement_id: int) -> Improvement:
    return found(improvement.find(found(the_program()).id, improvement_id))


def _held(improvement_id: int) -> Improvement:
    return found(improvement.held(found(the_program()).id, improvement_id))


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


def _list(form: IdeaForm) -> Answer:
    asked = request.args.get("state", "")
    state = State(asked) if asked in set(State) else None
    rows = improvement.of_program(found(the_program()).id, state, request.args.get("page", 1, int))
    html = render_template(
        "sponsor/plan_improvements.html",
        words=words,
        form=form,
        state=state,
        states=list(State),
        rows=rows,
        entries=improvement.named(rows.rows),
        sponsors=auth.person().role in RUN_IT,
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def _one(row: Improvement, taking: TakingUpForm | None = None, result: ResultForm | None = None) -> Answer:
    leads = auth.person().role in LEADERS
    html = render_template(
        "sponsor/plan_improvement.html",
        words=words,
        entry=improvement.named([row])[0],
        taking=taking or (TakingUpForm(None, people=active(), row=row) if leads else None),
        result=result or ResultForm(),
        leads=leads,
        figures=_figures(row) if leads else None,
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def _figures(row: Improvement) -> Beside | None:
    """Its measure over the four weeks before it began, and up to its end or today; None without a measure."""
    if row.measure is None or row.started_on is None:
        return None
    return beside(row.measure, row.started_on, (row.ended_on or _today()) + clock.DAY, clock.now(), the_zone())


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/improvements", "improvements", page)
    bp.add_url_rule("/improvements", "raise_idea", raise_idea, methods=["POST"])
    bp.add_url_rule("/improvements/<int:improvement_id>", "improvement", one)
    bp.add_url_rule("/improvements/<int:improvement_id>/owner", "take_up_improvement", take_up, methods=["POST"])
    bp.add_url_rule("/improvements/<int:improvement_id>/result", "finish_improvement", finish, methods=["POST"])
    bp.add_url_rule("/improvements/<int:improvement_id>/return", "reopen_improvement", reopen, methods=["POST"])
