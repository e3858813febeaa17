"""Approvals: actions that wait for proof, and adjustments of points that need a second pair of eyes."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.approvals import unusual
from app.blueprints.approvals.forms import AdjustmentForm
from app.db import db, write
from app.domain.actions import approval
from app.domain.agency.agency import the_zone
from app.domain.agency.audit import About
from app.domain.agency.person import Person, Role, active, names_of
from app.domain.game import adjustment
from app.domain.game.adjustment import Adjustment, SentBefore
from app.domain.game.running import NotAllowed
from app.domain.oversight import anomaly
from app.domain.program.program import the_program, works_council_ok
from app.language import gettext as _
from app.language import ngettext, short_day
from app.web import auditing, auth, toast
from app.web.errors import found
from app.web.forms import submitted, ticked
from app.web.htmx import go
from app.words.program import kind_label

bp = Blueprint("approvals", __name__, url_prefix="/approvals")
unusual.add_to(bp)
allowed = auth.only(Role.LEAD, Role.SPONSOR, Role.ADMIN)
MOST = 200
AT_A_TIME = 25


class Told(NamedTuple):
    """An adjustment with the names that go with it."""

    row: Adjustment
    person: str
    made_by: str
    decided_by: str | None


@bp.get("")
@allowed
def page() -> str:
    viewer, program = auth.person(), found(the_program())
    agreed, waiting = works_council_ok(program.id), adjustment.waiting_for(viewer)
    return render_template(
        "approvals/page.html",
        agreed=agreed,
        at_a_time=AT_A_TIME,
        actions=approval.waiting_for(viewer, clock.now(), AT_A_TIME + 1) if agreed else [],
        waiting=_told(waiting),
        stood_out=len(anomaly.ready(viewer, clock.now())),
        latest=_told([row for row in adjustment.latest(viewer) if row not in waiting]),
        kind_label=kind_label,
        short_day=short_day,
        alone=adjustment.ALONE,
    )


@bp.post("/actions")
@allowed
def decide_actions() -> Answer:
    """One word for everything that was ticked; what is not theirs to say, or was said meanwhile, is passed over."""
    chosen, agree = ticked()[:MOST], request.form.get("decision") == "approve"
    found(works_council_ok(found(the_program()).id) or None)
    write()
    decide = approval.approve if agree else approval.decline
    done = [each for each in sorted(chosen) if decide(auth.person(), each, clock.now())]
    auditing.done(len(done), answer="yes" if agree else "no")
    db.session.commit()
    toast.say(_said(len(done), agree=agree), category="ok" if done else "error")
    return go(url_for("approvals.page"))


@bp.route("/adjustments", methods=["GET", "POST"])
@allowed
def adjust() -> Answer:
    people = _people()
    form = AdjustmentForm(submitted(), people=people.values(), person_id=request.args.get("person", 0, int))
    if request.method == "GET" or not form.validate():
        return _form(form)
    write()
    try:
        row = _make(form, found(_adjustable(form.person_id.data)))
    except SentBefore:
        db.session.rollback()
        form.send_anew()
        return _form(form)
    db.session.commit()
    toast.say(_("The points count.") if row.decision else _("It waits for a second person to agree."))
    return go(url_for("approvals.page"))


@bp.post("/adjustments/<int:adjustment_id>/approval")
@allowed
def approve(adjustment_id: int) -> Answer:
    return _decide(adjustment_id, agree=True)


@bp.post("/adjustments/<int:adjustment_id>/refusal")
@allowed
def decline(adjustment_id: int) -> Answer:
    return _decide(adjustment_id, agree=False)


def _form(form: AdjustmentForm) -> Answer:
    status = 200 if request.method == "GET" else 422
    return make_response(render_template("approvals/adjust.html", form=form, alone=adjustment.ALONE), status)


def _make(form: AdjustmentForm, person: Person) -> Adjustment:
    auditing.tell(About("person", person.id), points=form.points.data or 0)
    return adjustment.make(
        person,
        form.points.data or 0,
        form.reason.data or "",
        by=auth.person(),
        program_id=found(the_program()).id,
        now=clock.now(),
        zone=the_zone(),
        key=form.uuid,
    )


def _decide(adjustment_id: int, *, agree: bool) -> Answer:
    """Agree or not; who may not finds nothing there."""
    program_id, zone = found(the_program()).id, the_zone()
    write()
    row, by, now = found(adjustment.decidable_by(auth.person(), adjustment_id)), auth.person(), clock.now()
    try:
        decided = (
            adjustment.approve(row, by=by, program_id=program_id, now=now, zone=zone)
            if agree
            else adjustment.decline(row, by=by, now=now)
        )
    except NotAllowed:
        db.session.rollback()
        toast.say(_("Somebody else must look at what you made yourself."), category="error")
        return go(url_for("approvals.page"))
    auditing.done(bool(decided))
    db.session.commit()
    toast.say(_decided(agree=agree) if decided else _("Somebody decided before you."))
    return go(url_for("approvals.page"))


def _decided(*, agree: bool) -> str:
    return _("The points count.") if agree else _("The points do not count.")


def _said(count: int, *, agree: bool) -> str:
    if not count:
        return _("Nothing was ticked that waits for your word.")
    if agree:
        return ngettext("%(num)d action is confirmed.", "%(num)d actions are confirmed.", count)
    return ngettext("%(num)d action is not confirmed.", "%(num)d actions are not confirmed.", count)


def _people() -> dict[int, Person]:
    """Whose points the viewer may adjust."""
    return {each.id: each for each in active() if adjustment.runs(auth.person(), each)}


def _adjustable(person_id: int) -> Person | None:
    person = db.session.get(Person, person_id)
    return person if person and adjustment.runs(auth.person(), person) else None


def _told(rows: Sequence[Adjustment]) -> list[Told]:
    ids = {who for row in rows for who in (row.person_id, row.made_by_id, row.decided_by_id) if who}
    names = names_of(ids)
    return [Told(row, names[row.person_id], names[row.made_by_id], names.get(row.decided_by_id or 0)) for row in rows]
