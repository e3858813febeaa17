"""Coins that lapse: announced in good time, and withdrawn as long as the day has not come."""

from datetime import date

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.budget.forms import LapseForm
from app.clock import DAY
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game.rewarding import lapse
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auditing, auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go

allowed = auth.only(Role.SPONSOR, Role.ADMIN)


@allowed
def coins() -> Answer:
    """What was announced and is still to come, and the form to announce more."""
    form = LapseForm(submitted(), data=None if request.method == "POST" else _proposed())
    if request.method == "GET" or not form.validate() or not _announced(form):
        return _page(form)
    toast.say(_("It is announced: everybody with such coins reads it beside their coins."))
    return go(url_for("budget.coins"))


def _announced(form: LapseForm) -> bool:
    program_id = found(the_program()).id
    write()
    try:
        _announce(form, program_id)
    except (lapse.TooSoon, lapse.Announced) as error:
        db.session.rollback()
        form.why_not(error)
        return False
    db.session.commit()
    return True


@allowed
def keep_coins(lapse_id: int) -> Answer:
    """They do not lapse after all."""
    program_id = found(the_program()).id
    found(lapse.find(program_id, lapse_id))
    write()
    kept = lapse.withdraw(found(lapse.find(program_id, lapse_id)), by=auth.person(), now=clock.now())
    auditing.done(bool(kept))
    db.session.commit()
    said = _("They do not lapse.") if kept else _("They lapsed already, or it was withdrawn before you.")
    toast.say(said, category="ok" if kept else "error")
    return go(url_for("budget.coins"))


def _announce(form: LapseForm, program_id: int) -> None:
    earned_before, lapses_on = form.earned_before.data or date.max, form.lapses_on.data or date.min
    lapse.announce(program_id, earned_before, lapses_on, by=auth.person(), today=_today(), now=clock.now())


def _proposed() -> dict[str, date]:
    """What was earned before this year, with a day more than the notice that is due."""
    today = _today()
    return {"earned_before": today.replace(month=1, day=1), "lapses_on": today + lapse.NOTICE + DAY}


def _page(form: LapseForm) -> Answer:
    program = found(the_program())
    html = render_template(
        "budget/coins.html", form=form, announced=lapse.standing(program.id), notice=lapse.NOTICE.days
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.route("/coins", methods=["GET", "POST"])(coins)
    bp.post("/coins/<int:lapse_id>/withdrawal")(keep_coins)
