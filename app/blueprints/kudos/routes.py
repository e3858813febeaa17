"""Kudos: giving them, what one got and gave, and for those who run the program everybody's."""

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.blueprints.kudos import teams, values
from app.blueprints.kudos.forms import HideForm, KudosForm
from app.db import Page, db, write
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role, active
from app.domain.game.adjustment import SentBefore
from app.domain.game.recognition import giving, kudos, surprise, value
from app.domain.game.recognition.giving import Given, Refused
from app.domain.game.recognition.kudos import Kudos, Told
from app.domain.game.running import RUNS
from app.domain.program.program import Program, the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import submitted
from app.web.htmx import go
from app.words import kudos as words

bp = Blueprint("kudos", __name__, url_prefix="/kudos")
bp.context_processor(lambda: {"words": words})
RECEIVED, GIVEN, ALL = SHOWN = ("received", "given", "all")


@bp.get("")
@auth.signed_in
def page() -> Answer:
    """Giving, with what one got or gave below it."""
    return _page(_form(found(the_program())))


@bp.post("")
@auth.signed_in
def give() -> Answer:
    program = found(the_program())
    form = _form(program)
    if not form.validate():
        return _page(form)
    write()
    try:
        given = _give(program, form)
    except (Refused, SentBefore) as error:
        db.session.rollback()
        _say_why(form, error, program.kudos_a_month)
        return _page(form)
    db.session.commit()
    toast.say(words.said(given, db.session.get_one(Person, given.row.receiver_id).name))
    return go(url_for("kudos.page", show=GIVEN))


@bp.post("/<int:kudos_id>/hiding")
@auth.only(Role.SPONSOR, Role.ADMIN)
def hide(kudos_id: int) -> Answer:
    """The words are taken away; that they were given, and the points, stay."""
    _hideable(kudos_id)
    form = HideForm.of(kudos_id, submitted())
    if not form.validate():
        return _page(_form(found(the_program()), sent=False), {kudos_id: form})
    write()
    hidden = giving.hide(_hideable(kudos_id), form.reason.data or "", by=auth.person(), now=clock.now())
    db.session.commit()
    undo = url_for("kudos.show", kudos_id=kudos_id)
    said = (
        _("The words are hidden; the points stay.") if hidden else _("They were hidden before you, for another reason.")
    )
    toast.say(said, undo, "ok" if hidden else "error")
    return go(url_for("kudos.page", show=ALL))


@bp.post("/<int:kudos_id>/showing")
@auth.only(Role.SPONSOR, Role.ADMIN)
def show(kudos_id: int) -> Answer:
    """The undo of it."""
    write()
    giving.show(_hideable(kudos_id), by=auth.person())
    db.session.commit()
    return go(url_for("kudos.page", show=ALL))


def _hideable(kudos_id: int) -> Kudos:
    row = found(kudos.find(found(the_program()).id, kudos_id))
    found(giving.hides(auth.person(), row) or None)
    return row


def _form(program: Program, *, sent: bool = True) -> KudosForm:
    others = [each for each in active() if each.id != auth.person().id]
    chosen = request.args.get("to", 0, int)
    return KudosForm(
        submitted() if sent else None, people=others, values=value.standing(program.id), receiver_id=chosen
    )


def _give(program: Program, form: KudosForm) -> Given:
    return giving.give(program, form.praise, by=auth.person(), key=form.uuid, now=clock.now(), zone=the_zone())


def _say_why(form: KudosForm, error: Refused | SentBefore, a_month: int) -> None:
    if isinstance(error, Refused):
        form.refuse(error.why, a_month)
    else:
        form.send_anew()


def _page(form: KudosForm, hiding: dict[int, HideForm] | None = None) -> Answer:
    """`hiding` has the form for a reason that could not be taken, by the number of the kudos."""
    program, viewer = found(the_program()), auth.person()
    show = ALL if hiding else _asked(viewer)
    rows = _rows(program, viewer, show)
    may = [each.row.id for each in rows.rows if show == ALL and each.text and giving.hides(viewer, each.row)]
    html = render_template(
        "kudos/page.html",
        form=form,
        show=show,
        rows=rows,
        runs=viewer.role in RUNS,
        praises=viewer.role in RUNS and surprise.gives(viewer, program),
        hiding={each: HideForm.of(each) for each in may} | (hiding or {}),
        viewer=viewer,
        points=kudos.points_of([each.row.id for each in rows.rows]) if rows.rows else {},
        a_month=program.kudos_a_month,
        left=kudos.left(program.kudos_a_month, viewer.id, clock.local_day(clock.now(), the_zone())),
    )
    return make_response(html, 200 if request.method == "GET" else 422)


def _asked(viewer: Person) -> str:
    asked = request.args.get("show", RECEIVED)
    return asked if asked in SHOWN and (asked != ALL or viewer.role in RUNS) else RECEIVED


def _rows(program: Program, viewer: Person, show: str) -> Page[Told]:
    number = request.args.get("page", 1, int)
    if show == ALL:
        return kudos.of_program(program.id, number)
    return kudos.given(viewer.id, number) if show == GIVEN else kudos.received(viewer.id, number)


values.add_to(bp)
teams.add_to(bp)
