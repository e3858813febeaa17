"""The pulse: four questions to everybody, and for the sponsor what the quarters said."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer
from wtforms import RadioField
from wtforms.validators import Optional

from app import clock
from app.blueprints.sponsor.plan import allowed
from app.db import db, write
from app.domain.agency.agency import the_zone
from app.domain.oversight import pulse, pulse_answer, pulse_result
from app.domain.oversight.pulse import Pulse, Question
from app.domain.oversight.pulse_answer import Asked, Closed
from app.domain.program.program import the_program
from app.language import gettext as _
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, submitted
from app.web.htmx import go
from app.words import pulse as pulse_words

words = SimpleNamespace(**vars(pulse_words))


class PulseForm(Form):
    """A field for each question that is asked; nobody has to answer."""

    program = RadioField(validators=[Optional()])
    sponsor = RadioField(validators=[Optional()])
    block = RadioField(validators=[Optional()])
    help = RadioField(validators=[Optional()])

    def __init__(self, *args: Any, asked: list[Asked], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.asked = asked
        for each in asked:
            field = cast("RadioField", self[each.question])
            field.label.text = pulse_words.question(each.question)
            field.choices = pulse_words.choices(each)
        for question in set(Question) - {each.question for each in asked}:
            del self[question]

    @property
    def answers(self) -> dict[Question, str]:
        """What was answered."""
        return {each.question: self[each.question].data for each in self.asked if self[each.question].data}


@auth.signed_in
def page() -> Answer:
    """The questions, or that there is nothing to answer now."""
    row = _open()
    return _page(row, PulseForm(asked=pulse_answer.questions(row)) if row else None)


@auth.signed_in
def answer() -> Answer:
    """Count what was said."""
    row = _open()
    if row is None:
        return go(url_for("sponsor.pulse"))
    form = PulseForm(submitted(), asked=pulse_answer.questions(row))
    if not (form.validate() and form.answers):
        return _page(row, form)
    write()
    _count(form.answers)
    db.session.commit()
    toast.say(_("Counted. Thank you."))
    return go(url_for("sponsor.pulse"))


@allowed
def results() -> Answer:
    """What every quarter said."""
    found_ = pulse_result.results(pulse.all_of(found(the_program()).id), _today())
    return make_response(render_template("sponsor/plan_pulses.html", results=found_, words=words))


def _count(answers: Mapping[Question, str]) -> None:
    """Once: who pressed twice is told the same."""
    row = _open()
    if row is not None:
        with suppress(Closed):
            pulse_answer.give(row, auth.person(), answers, today=_today(), now=clock.now())


def _page(row: Pulse | None, form: PulseForm | None) -> Answer:
    html = render_template("sponsor/plan_pulse.html", form=form, pulse=row)
    return make_response(html, 200 if request.method == "GET" else 422)


def _open() -> Pulse | None:
    program = the_program()
    row = pulse.running(program.id, _today()) if program else None
    asked = row is not None and program is not None and auth.person().id != program.sponsor_id
    return row if row and asked and pulse_answer.may_answer(row, auth.person(), _today()) else None


def _today() -> date:
    return clock.local_day(clock.now(), the_zone())


def add_to(bp: Blueprint) -> None:
    """Where these are."""
    bp.add_url_rule("/pulse", "pulse", page)
    bp.add_url_rule("/pulse", "answer_pulse", answer, methods=["POST"])
    bp.add_url_rule("/plan/pulse", "pulses", results)
