"""The scan: ten questions on where the agency stands, the result beside the scan before, and what to do next."""

from types import SimpleNamespace
from typing import Any, cast

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from app import clock
from app.blueprints.sponsor.plan import allowed
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.oversight import scan
from app.domain.oversight.scan import SCALE, Question
from app.domain.program import season
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, stripped, submitted
from app.web.htmx import go
from app.words import scan as scan_words

words = SimpleNamespace(**vars(scan_words))


class ScanForm(Form):
    """A field for each question, and a note for whoever reads it next year."""

    note = TextAreaField(_l("A note for later"), filters=[stripped], validators=[Length(max=2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        for each in Question:
            field = cast("RadioField", self[each])
            field.label.text = scan_words.statement(each)
            field.choices = [(number, scan_words.degree(number)) for number in SCALE]

    @property
    def answers(self) -> dict[str, int]:
        """From 1 to 5 by question."""
        return {each: self[each].data for each in Question}


for _question in Question:
    setattr(
        ScanForm, _question, RadioField(coerce=int, validators=[InputRequired(_l("Choose one."))], validate_choice=True)
    )


@allowed
def page() -> Answer:
    """The newest result beside the one before it, and every scan there was."""
    program, today = found(the_program()), clock.local_day(clock.now(), the_zone())
    rows = scan.all_of(program.id)
    html = render_template(
        "sponsor/plan_scan.html",
        words=words,
        rows=rows,
        average=scan.average,
        questions=list(Question),
        lowest=scan.lowest(rows[0]) if rows else [],
        due=scan.is_due(program.id, rows[0] if rows else None, today),
        seasons={each.id: each.name for each in season.all_of(program.id)} if rows else {},
    )
    return make_response(html)


@allowed
def take() -> Answer:
    """The ten questions."""
    form = ScanForm(submitted())
    if request.method == "GET" or not form.validate():
        html = render_template("sponsor/plan_scan_form.html", form=form, questions=list(Question))
        return make_response(html, 200 if request.method == "GET" else 422)
    write()
    now, me = clock.now(), auth.person().id
    today = clock.local_day(now, the_zone())
    scan.take(found(the_program()).id, form.answers, form.note.data or "", by_id=me, now=now, today=today)
    db.session.commit()
    toast.say(_("This is where you stand."))
    return go(url_for("sponsor.scan"))


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/plan/scan", "scan", page)
    bp.add_url_rule("/plan/scan/new", "take_scan", take, methods=["GET", "POST"])
