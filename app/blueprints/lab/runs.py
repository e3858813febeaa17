"""Runs: asked for, followed, stopped, and read when they are done."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.lab.forms import MakeForm, PeriodForm
from app.blueprints.lab.reading import Reading
from app.clock import Period
from app.db import db, write
from app.domain.agency.person import Role
from app.domain.lab import draft, run
from app.domain.lab.draft import SCORE, LabDraft
from app.domain.lab.run import DONE, PROPOSAL, REPLAY, LabRun
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go, wants_part
from app.web.language import zone_name
from app.words.money import euros

allowed = auth.only(Role.SPONSOR, Role.ADMIN)
YEAR = 365 * clock.DAY


@allowed
def ask(draft_id: int) -> Answer:
    """Try a draft on the past."""
    row, today = found(db.session.get(LabDraft, draft_id)), _today()
    form = PeriodForm(submitted(), found(the_program()).id, today)
    if row.subject != SCORE and not form.validate():
        return go(url_for("lab.edit", draft_id=draft_id))
    dates = Period(today - YEAR, today) if row.subject == SCORE else form.dates
    return _asked(REPLAY, row.subject, row.rules, dates, draft_id)


@allowed
def propose() -> Answer:
    """Look for a half-life and a card in the past."""
    return _asked(PROPOSAL, SCORE, {}, Period(_today() - YEAR, _today()), None)


def _asked(kind: str, subject: str, rules: draft.Rules, dates: Period, draft_id: int | None) -> Answer:
    write()
    by_id, now = auth.person().id, clock.now()
    made = run.ask(kind, subject, rules, dates, by_id=by_id, now=now, draft_id=draft_id)
    db.session.commit()
    return go(url_for("lab.show", run_id=made.id))


@allowed
def show(run_id: int) -> Answer:
    """How far it is, or what it found; htmx asks for the part alone while it is going on."""
    row = found(db.session.get(LabRun, run_id))
    program = found(the_program())
    html = render_template(
        "lab/_run.html" if wants_part() and not row.is_over else "lab/run.html",
        run=row,
        draft=db.session.get(LabDraft, row.draft_id) if row.draft_id else None,
        reading=Reading(program, auth.person(), row.result or {}, request.args.get("board", "")),
        euros=euros,
    )
    answer = make_response(html)
    if wants_part() and row.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer


@allowed
def stop(run_id: int) -> Answer:
    found(db.session.get(LabRun, run_id))
    write()
    run.stop(db.session.get_one(LabRun, run_id), auth.person().id, clock.now())
    db.session.commit()
    return go(url_for("lab.show", run_id=run_id))


@allowed
def take_over(run_id: int) -> Answer:
    """Make a draft of what was proposed, one for each page that was opened."""
    row, form = found(db.session.get(LabRun, run_id)), MakeForm(submitted())
    proposed = found((row.result or {}).get("rules") if row.state == DONE else None)
    if not form.validate():
        return go(url_for("lab.show", run_id=run_id))
    write()
    name, of = _("Proposal of %(day)s", day=_day(row).isoformat()), row.started_at or row.asked_at
    made = draft.make(SCORE, name, proposed, auth.person().id, clock.now(), of=of, key=form.uuid)
    db.session.commit()
    toast.say(_("It is a draft now: try it, change it, or accept it."))
    return go(url_for("lab.edit", draft_id=made.id))


def _day(row: LabRun) -> date:
    return clock.local_day(row.asked_at, ZoneInfo(zone_name()))


def _today() -> date:
    return clock.local_day(clock.now(), ZoneInfo(zone_name()))


def add_to(bp: Blueprint) -> None:
    bp.add_url_rule("/drafts/<int:draft_id>/runs", "ask", ask, methods=["POST"])
    bp.add_url_rule("/proposals", "propose", propose, methods=["POST"])
    bp.add_url_rule("/runs/<int:run_id>", "show", show)
    bp.add_url_rule("/runs/<int:run_id>/stopping", "stop", stop, methods=["POST"])
    bp.add_url_rule("/runs/<int:run_id>/draft", "take_over", take_over, methods=["POST"])
