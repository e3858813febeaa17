"""The wizard of a competition: which and for whom, the prizes, the days; from the first step on it is a draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.contest_desk import prizes_form, who_form
from app.blueprints.contest_desk.days_form import LENGTHS, DaysForm, ends
from app.blueprints.contest_desk.prizes_form import PrizesForm
from app.blueprints.contest_desk.who_form import BeginForm, WhoForm
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game.competing import draft, proposing
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import WITH_GOAL, MadeBefore, NotADraft, NotAPlan, Plan
from app.domain.game.competing.mixing import kinds_for, mix_for
from app.domain.game.competing.planned import plan_of
from app.domain.game.rewarding import budget
from app.domain.game.rewarding.budget import Budget
from app.domain.game.running import RUNS
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words.competition_formats import ADVANCED, IN_FRONT, format_icon, format_label, format_sentence
from app.words.competition_prizes import prize_kind

allowed = auth.only(Role.LEAD, Role.SPONSOR, Role.ADMIN)
USUAL_WEEKS = 4


def today() -> date:
    """The day that it is where the agency is."""
    return clock.local_day(clock.now(), the_zone())


def mine(competition_id: int) -> Competition:
    """A competition of those that one may run; to others it does not exist."""
    row = found(db.session.get(Competition, competition_id))
    found(draft.may_run(auth.person(), row) or None)
    return row


def a_draft(competition_id: int) -> Competition:
    """One of which the rules can still be changed; what is sent is read first, so that nothing typed is lost."""
    row = mine(competition_id)
    found(request.method == "POST" or (row.published_at is None and row.cancelled_at is None) or None)
    return row


@allowed
def new() -> Answer:
    """The first step of one that is not there yet; sent again, it is that of the draft that it made."""
    begins = clock.week_of(today()).end
    plan = who_form.blank(begins, ends(begins, USUAL_WEEKS))
    form = BeginForm(submitted(), maker=auth.person(), **({} if submitted() else who_form.shown(plan)))
    if request.method == "GET" or not form.validate():
        return _who(form, None)
    try:
        row = _made(form.applied(plan), form.uuid)
    except MadeBefore:
        db.session.rollback()
        return _written(form, mine(found(draft.made_with(form.uuid)).id))
    toast.say(_("It is a draft: only those who run it see it."))
    return go(url_for("contest_desk.prizes", competition_id=row.id))


@allowed
def who(competition_id: int) -> Answer:
    """The first step again."""
    row = a_draft(competition_id)
    form = WhoForm(submitted(), maker=auth.person(), **who_form.shown(plan_of(row)))
    if request.method == "GET" or not form.validate():
        return _who(form, row)
    return _written(form, row)


def _written(form: WhoForm, row: Competition) -> Answer:
    """Write the first step down, and go on to the second."""
    wanted = form.applied(plan_of(row))
    fitting = [each for each in wanted.prizes if each.kind in kinds_for(wanted.format)]
    refused = _changed(row, _with_goal(replace(wanted, prizes=fitting)), lambda: _who(form, row))
    if len(fitting) < len(wanted.prizes):
        toast.say(_("Prizes that this kind cannot give were taken out."))
    return refused or go(url_for("contest_desk.prizes", competition_id=row.id))


@allowed
def prizes(competition_id: int) -> Answer:
    """The second step: a total that is divided, another row, or on to the days."""
    row = a_draft(competition_id)
    plan, budgets = plan_of(row), _budgets(row)
    usual = {"budget_id": budgets[0].id} if budgets and not plan.prizes else {}
    form = PrizesForm(submitted(), plan=plan, budgets=budgets, **{**prizes_form.shown(plan), **usual})
    action = request.form.get("action") if request.method == "POST" else "more"
    if action in EARLIER:
        return _prizes(form, row, 200 if EARLIER[action](form) else 422)
    if not form.validate():
        return _prizes(form, row, 422)
    refused = _changed(row, form.applied(), lambda: _prizes(form, row, 422))
    return refused or go(url_for("contest_desk.days", competition_id=row.id))


EARLIER: Mapping[str | None, Callable[[PrizesForm], bool]] = {"more": PrizesForm.add_row, "spread": PrizesForm.spread}
"""What can be pressed before one goes on; nothing is written by it."""


@allowed
def days(competition_id: int) -> Answer:
    """The third step; a length that is pressed fills in the last day, and nothing is written by it."""
    row = a_draft(competition_id)
    plan = plan_of(row)
    shown = {"first": plan.first, "last": plan.last, "goal": plan.goal, "step": plan.step}
    form = DaysForm(submitted(), plan=plan, today=today(), **shown)
    if form.lasts(request.form.get("weeks", 0, int)):
        return _days(form, row, 200)
    if request.method == "GET" or not form.validate():
        return _days(form, row, _status())
    refused = _changed(row, form.applied(), lambda: _days(form, row, 422))
    return refused or go(url_for("contest_desk.preview", competition_id=row.id))


def _made(plan: Plan, key: bytes) -> Competition:
    program_id = found(the_program()).id
    write()
    placeholder = replace(plan, goal=1, step=1) if plan.format in WITH_GOAL else plan
    row = draft.make(program_id, placeholder, by=auth.person(), now=clock.now(), key=key)
    if plan.format in WITH_GOAL:
        draft.change(row, _proposed(row, placeholder))
    db.session.commit()
    return row


def _with_goal(plan: Plan) -> Plan:
    """A goal to begin with, when the format has become one that has a goal."""
    missing = plan.format in WITH_GOAL and not (plan.goal and plan.step)
    return replace(plan, goal=plan.goal or 1, step=plan.step or 1) if missing else plan


def _proposed(row: Competition, plan: Plan) -> Plan:
    proposal = proposing.propose(row, today())
    return replace(plan, goal=proposal.goal, step=proposal.step)


def _changed(row: Competition, plan: Plan, again: Callable[[], Answer]) -> Answer | None:
    """Write the plan down; None when that went well, else the form once more, or where to go instead."""
    write()
    try:
        draft.change(row, plan)
    except NotADraft:
        db.session.rollback()
        toast.say(_("Somebody published or cancelled it meanwhile. Nothing of this was kept."), category="error")
        return again()
    except NotAPlan:
        db.session.rollback()
        toast.say(_("That does not fit together: look at each step once more."), category="error")
        return go(url_for("contest_desk.who", competition_id=row.id))
    db.session.commit()
    return None


def _budgets(row: Competition) -> Sequence[Budget]:
    """Those that have not ended, that of its days first."""
    program_id = found(the_program()).id
    rows = [each for each in budget.of_program(program_id) if each.last >= today() or each.id == row.budget_id]
    return sorted(rows, key=lambda each: not each.first <= row.first <= each.last)


def _status() -> int:
    return 200 if request.method == "GET" else 422


def _who(form: WhoForm, row: Competition | None) -> Answer:
    words = {"label": format_label, "sentence": format_sentence, "icon": format_icon}
    page = render_template(
        "contest_desk/who.html", form=form, competition=row, front=IN_FRONT, advanced=ADVANCED, words=words
    )
    return make_response(page, _status())


def _prizes(form: PrizesForm, row: Competition, status: int) -> Answer:
    mix = [(prize_kind(kind), share) for kind, share in mix_for(form.plan.format).items()]
    runs = auth.person().role in RUNS
    page = render_template("contest_desk/prizes.html", form=form, competition=row, mix=mix, runs=runs)
    return make_response(page, status)


def _days(form: DaysForm, row: Competition, status: int) -> Answer:
    dates = form.dates
    proposal = proposing.propose(row, today(), dates) if form.has_goal else None
    length = (dates.end - dates.start).days
    page = render_template(
        "contest_desk/days.html", form=form, competition=row, proposal=proposal, length=length, lengths=LENGTHS
    )
    return make_response(page, status)
