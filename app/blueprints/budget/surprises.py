"""Surprises: what the sponsor gives without anybody counting on it, and what was given before."""

from collections.abc import Sequence

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.budget.forms import SurpriseForm
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role, active, names_of
from app.domain.game.adjustment import SentBefore
from app.domain.game.competing import prize_money
from app.domain.game.competing.competition import Competition
from app.domain.game.recognition import surprise
from app.domain.game.recognition.surprise import Gift, NotInIt
from app.domain.game.rewarding import budget
from app.domain.game.rewarding.pots import TooLittle
from app.domain.game.rewarding.reward import RewardKind
from app.domain.program.program import Program, the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words.money import euros
from app.words.payroll import kind_label

allowed = auth.only(Role.SPONSOR, Role.ADMIN)


@allowed
def surprises() -> Answer:
    """What was given, and for the sponsor the form to give more."""
    form = _form()
    if request.method == "POST":
        found(surprise.gives(auth.person(), found(the_program())) or None)
    if request.method == "GET" or not form.validate() or not _given(form):
        return _page(form)
    toast.say(_("It is given, and everybody hears of it."))
    return go(url_for("budget.surprises"))


def _given(form: SurpriseForm) -> bool:
    program = found(the_program())
    write()
    try:
        _give(form, program)
    except SentBefore:
        db.session.rollback()
        form.send_anew(form.text)
        return False
    except NotInIt:
        db.session.rollback()
        form.person_id.errors = [_("What this competition kept is for who takes part in it.")]
        return False
    except TooLittle as error:
        db.session.rollback()
        form.amount.errors = [_lacking(form, euros(error.missing))]
        return False
    db.session.commit()
    return True


def _lacking(form: SurpriseForm, missing: str) -> str:
    if form.out_of.data:
        return _("The competition lacks %(missing)s for this.", missing=missing)
    return _("The budget lacks %(missing)s for this.", missing=missing)


def _give(form: SurpriseForm, program: Program) -> None:
    cents = form.amount.data or 0
    kind = RewardKind(form.kind.data) if cents else RewardKind.SYMBOLIC
    out_of = db.session.get(Competition, form.out_of.data) if cents else None
    now = clock.now()
    surprise.give(
        program,
        found(db.session.get(Person, form.person_id.data)),
        Gift(form.text.data or "", cents, kind, out_of),
        by=auth.person(),
        today=clock.local_day(now, the_zone()),
        now=now,
        key=form.uuid,
    )


def _form() -> SurpriseForm:
    kind = {"kind": RewardKind.VOUCHER}
    kept = prize_money.kept(found(the_program()).id)
    return SurpriseForm(submitted(), people=_others(), kept=kept, data=None if request.method == "POST" else kind)


def _others() -> Sequence[Person]:
    return [each for each in active() if each.id != auth.person().id]


def _page(form: SurpriseForm) -> Answer:
    program, now = found(the_program()), clock.now()
    given = surprise.of_program(program.id, request.args.get("page", 1, int))
    html = render_template(
        "budget/surprises.html",
        form=form,
        given=given,
        names=names_of({who for row in given.rows for who in (row.giver_id, row.receiver_id)}),
        may_give=surprise.gives(auth.person(), program),
        paying=budget.current(program.id, clock.local_day(now, the_zone())),
        viewer=auth.person(),
        kind_label=kind_label,
        longest=surprise.LONGEST,
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.route("/surprises", methods=["GET", "POST"])(surprises)
