"""What payroll must know of a period, to look at and as a file."""

from datetime import date, timedelta

from flask import Blueprint, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.budget.forms import PeriodForm
from app.clock import DAY, Period
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role
from app.domain.game import payroll
from app.domain.game.payroll import Handed
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth
from app.web.errors import found
from app.words.payroll import kind_label, origin_label, wording

allowed = auth.only(Role.SPONSOR, Role.ADMIN)
LONGEST = timedelta(days=366)
SHOWN = 100


@allowed
def payroll_page() -> Answer:
    """Everything that was handed over in a period: last month, if nothing else is asked for."""
    form = _form()
    complete = _is_complete(form)
    rows = _rows(form) if complete else []
    facts = {"rows": rows[:SHOWN], "count": len(rows), "total": sum(row.cents for row in rows)}
    labels = {"kind_label": kind_label, "origin_label": origin_label}
    html = render_template("budget/payroll.html", form=form, complete=complete, **facts, **labels)
    return make_response(html, 200 if complete else 422)


@allowed
@auth.proved
def payroll_file() -> Answer:
    """The same as a file for a spreadsheet."""
    form = _form()
    found(_is_complete(form) or None)
    response = make_response(payroll.file_of(_rows(form), wording()))
    response.content_type = "text/csv; charset=utf-8"
    name = f"payroll-{form.first.data}-{form.last.data}.csv"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _form() -> PeriodForm:
    if {"from", "to"} & {*request.args}:
        return PeriodForm(request.args)
    first, last = _last_month()
    return PeriodForm(MultiDict({"from": first.isoformat(), "to": last.isoformat()}))


def _last_month() -> tuple[date, date]:
    this = clock.month_of(clock.local_day(clock.now(), the_zone())).start
    last = this - DAY
    return clock.month_of(last).start, last


def _is_complete(form: PeriodForm) -> bool:
    if not form.validate():
        return False
    if _last(form) - _first(form) > LONGEST:
        form.last.errors = [_("Ask for a year at a time.")]
        return False
    return True


def _rows(form: PeriodForm) -> list[Handed]:
    return payroll.handed_over(found(the_program()).id, Period(_first(form), _last(form) + DAY), the_zone())


def _first(form: PeriodForm) -> date:
    return form.first.data or date.min


def _last(form: PeriodForm) -> date:
    return form.last.data or date.max


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.get("/payroll")(payroll_page)
    bp.get("/payroll.csv")(payroll_file)
