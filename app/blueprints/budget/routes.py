"""The budget for rewards: where its money is, for what, how it moved; giving more and taking back."""

from datetime import date

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.budget import coins, over, payroll, requests, surprises
from app.blueprints.budget.forms import AmountForm, BudgetForm, first_free
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Role, names_of
from app.domain.game import purposes
from app.domain.game.adjustment import SentBefore
from app.domain.game.purposes import Purpose
from app.domain.game.rewarding import budget, funding
from app.domain.game.rewarding.budget import Budget, Overlaps
from app.domain.game.rewarding.pots import TooLittle
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import budget as words
from app.words.money import euros

bp = Blueprint("budget", __name__, url_prefix="/budget")
allowed = auth.only(Role.SPONSOR, Role.ADMIN)
MOST_BUDGETED = 2_000_000_000
"""What the pots can hold."""


@bp.get("")
@allowed
def page() -> Answer:
    """The budget that pays today, else the newest."""
    rows = budget.of_program(_program_id())
    today = _today()
    return _page(next((row for row in rows if row.first <= today <= row.last), next(iter(rows), None)))


@bp.get("/<int:budget_id>")
@allowed
def past(budget_id: int) -> Answer:
    return _page(found(budget.find(_program_id(), budget_id)))


@bp.route("/new", methods=["GET", "POST"])
@allowed
def make() -> Answer:
    form = BudgetForm(submitted(), data=None if request.method == "POST" else _proposed())
    row = None if request.method == "GET" or not form.validate() else _kept(form)
    if row is None:
        return _making(form)
    toast.say(_("The budget is there."))
    return go(url_for("budget.past", budget_id=row.id))


def _kept(form: BudgetForm) -> Budget | None:
    """None: its days are not free, or too many."""
    program_id = _program_id()
    write()
    try:
        row = _made(form, program_id)
    except Overlaps as error:
        other = error.other
        db.session.rollback()
        form.first.errors = [_taken(other)]
        return None
    except ValueError:
        db.session.rollback()
        form.last.errors = [_("A budget is for two years at most.")]
        return None
    db.session.commit()
    return row


@bp.post("/<int:budget_id>/allotment")
@allowed
def allot(budget_id: int) -> Answer:
    """Give more."""
    return _move(budget_id, "more")


@bp.post("/<int:budget_id>/withdrawal")
@allowed
def withdraw(budget_id: int) -> Answer:
    """Take back what is available."""
    return _move(budget_id, "back")


def _move(budget_id: int, which: str) -> Answer:
    form, row = AmountForm(submitted(), within=f"{which}-"), found(budget.find(_program_id(), budget_id))
    if not form.validate() or not _fits(form, row, which):
        return _page(row, {which: form})
    move = funding.allot if which == "more" else funding.withdraw
    write()
    try:
        move(row.id, form.amount.data or 0, by=auth.person(), now=clock.now(), key=form.uuid)
    except SentBefore:
        db.session.rollback()
        form.send_anew(form.amount)
        return _page(found(budget.find(_program_id(), budget_id)), {which: form})
    except TooLittle:
        db.session.rollback()
        row = found(budget.find(_program_id(), budget_id))
        form.amount.errors = [_("There is %(available)s available, and no more.", available=euros(row.available))]
        return _page(row, {which: form})
    db.session.commit()
    toast.say(_("It is in the budget.") if which == "more" else _("It is no longer in the budget."))
    return go(url_for("budget.past", budget_id=row.id))


def _fits(form: AmountForm, row: Budget, which: str) -> bool:
    fits = which == "back" or row.budgeted + (form.amount.data or 0) <= MOST_BUDGETED
    if not fits:
        form.amount.errors = [_("A budget holds %(most)s at most.", most=euros(MOST_BUDGETED))]
    return fits


def _made(form: BudgetForm, program_id: int) -> Budget:
    """Sent twice, it is the one that was made the first time."""
    first, last = form.first.data or date.max, form.last.data or date.min
    try:
        row = budget.make(program_id, form.name.data or "", first, last, by=auth.person(), now=clock.now())
    except Overlaps as error:
        if not funding.was_allotted(error.other.id, form.uuid):
            raise
        return error.other
    funding.allot(row.id, form.amount.data or 0, by=auth.person(), now=clock.now(), key=form.uuid)
    return row


def _making(form: BudgetForm) -> Answer:
    status = 200 if request.method == "GET" else 422
    return make_response(render_template("budget/new.html", form=form), status)


def _proposed() -> dict[str, date]:
    """From the day after the last budget until the end of that year."""
    newest = next(iter(budget.of_program(_program_id())), None)
    first = first_free(newest.last if newest else None, _today())
    return {"first": first, "last": first.replace(month=12, day=31)}


def _taken(other: Budget) -> str:
    return _(
        "%(name)s has some of these days: from %(first)s up to and including %(last)s.",
        name=other.name,
        first=f"{other.first:%d-%m-%Y}",
        last=f"{other.last:%d-%m-%Y}",
    )


def _page(row: Budget | None, sent: dict[str, AmountForm] | None = None) -> Answer:
    """The page; with forms that were sent and refused it shows them again."""
    forms = {which: AmountForm(within=f"{which}-") for which in ("more", "back")} | (sent or {})
    rows = budget.of_program(_program_id())
    html = render_template(
        "budget/page.html",
        budget=row,
        others=[each for each in rows if row is None or each.id != row.id],
        forms=forms,
        words=words,
        link_of=_link_of,
        **(_within(row) if row else {}),
    )
    return make_response(html, 422 if sent else 200)


def _within(row: Budget) -> dict[str, object]:
    """For what a budget's money is held, and how it moved."""
    moves = budget.entries(row.id, request.args.get("page", 1, int))
    return {
        "held": purposes.open_ones(row.id),
        "moves": moves,
        "whats": purposes.of_holds({each.hold_id for each in moves.rows if each.hold_id}),
        "names": names_of({each.actor_id for each in moves.rows if each.actor_id}),
    }


def _link_of(of: Purpose) -> str:
    """Where the thing for which money is held is dealt with."""
    source_id = of.hold.source_id
    if of.competition is not None:
        return url_for("contests.page", competition_id=source_id)
    if of.reward:
        return url_for("budget.requests", _anchor=f"request-{source_id}")
    return url_for("budget.surprises", _anchor=f"surprise-{source_id}")


def _program_id() -> int:
    return found(the_program()).id


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


for part in (requests, over, surprises, payroll, coins):
    part.add_to(bp)
