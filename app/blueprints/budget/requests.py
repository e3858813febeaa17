"""Requests for rewards: several are decided at once, never one's own; and what waits to be handed over."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.budget.forms import DecisionForm
from app.blueprints.budget.over import WAYS
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game import handing_out
from app.domain.game.rewarding import budget, deciding
from app.domain.game.rewarding.redemption import RedemptionState
from app.domain.game.running import NotAllowed
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import ngettext
from app.web import auditing, auth, toast
from app.web.errors import found
from app.web.forms import submitted, ticked
from app.web.htmx import go
from app.words import handing as words
from app.words import reward

allowed = auth.only(Role.SPONSOR, Role.ADMIN)
MOST = 200
AT_A_TIME = 25


@allowed
def requests() -> Answer:
    """What waits to be decided, and to be handed over."""
    return _page(DecisionForm())


@allowed
def decide() -> Answer:
    """One word for everything that was ticked; one's own, and what was decided meanwhile, is passed over."""
    form, chosen, agree = DecisionForm(submitted()), ticked()[:MOST], request.form.get("decision") == "approve"
    if not _is_complete(form, chosen, agree=agree):
        return _page(form, chosen)
    done = _decided_all(chosen, form.reason.data or "", agree=agree)
    toast.say(_said(done, agree=agree), category="ok" if done else "error")
    return go(url_for("budget.requests"))


def _decided_all(chosen: list[int], said: str, *, agree: bool) -> int:
    program_id = _program_id()
    write()
    done = sum(_decided(program_id, each, said, agree=agree) for each in sorted(chosen))
    auditing.done(done, answer="yes" if agree else "no")
    db.session.commit()
    return done


def _is_complete(form: DecisionForm, chosen: list[int], *, agree: bool) -> bool:
    complete, reason = form.validate(), [*form.reason.errors]
    if not chosen:
        reason.append(_("Tick the requests that you decide on."))
    if not agree and not form.reason.data:
        reason.append(_("Say why not: whoever asked reads it."))
    form.reason.errors = reason
    return complete and not reason


def _decided(program_id: int, redemption_id: int, said: str, *, agree: bool) -> bool:
    row = handing_out.redeemed(program_id, redemption_id)
    turn = deciding.approve if agree else deciding.decline
    if row is None or row.state != RedemptionState.REQUESTED:
        return False
    try:
        return turn(row, by=auth.person(), now=clock.now(), said=said)
    except NotAllowed:
        return False


def _page(form: DecisionForm, chosen: list[int] | None = None) -> Answer:
    program_id, viewer = _program_id(), auth.person()
    every = "all" in request.args
    html = render_template(
        "budget/requests.html",
        form=form,
        requests=handing_out.requested(program_id),
        to_hand=handing_out.to_hand_over(program_id),
        paying=budget.current(program_id, clock.local_day(clock.now(), the_zone())),
        chosen=chosen,
        every=every,
        hand_every="hand" in request.args,
        viewer=viewer,
        at_a_time=AT_A_TIME,
        reward=reward,
        words=words,
        ways=WAYS,
    )
    return make_response(html, 200 if chosen is None else 422)


def _program_id() -> int:
    return found(the_program()).id


def _said(count: int, *, agree: bool) -> str:
    if not count:
        return _("Nothing was ticked that waits for your word.")
    if agree:
        return ngettext("%(num)d request is granted.", "%(num)d requests are granted.", count)
    return ngettext("%(num)d request is not granted.", "%(num)d requests are not granted.", count)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/requests")(requests)
    bp.post("/requests/decisions")(decide)
