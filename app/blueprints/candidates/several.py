"""Logging one thing for the candidates that were ticked in the list, such as an event at which they all were."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import cast
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import Length

from app import clock
from app.blueprints.candidates.bulk import chosen
from app.blueprints.candidates.listing import address_of, asked
from app.db import db
from app.domain.actions import several
from app.domain.actions.contact import NotLoggable
from app.domain.actions.several import DAYS_AGO, MOST, Deed, Result
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person, Role
from app.domain.program.kind_rule import offered
from app.domain.program.program import the_program
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.web import auth
from app.web.careful import CarefulForm, careful
from app.web.deadlock import outlast
from app.web.errors import found
from app.web.forms import entered, filled, stripped
from app.web.htmx import go
from app.web.logging_form import KeyedForm
from app.web.toast import say
from app.words.program import kind_label
from app.words.several import logged_sentence

NAMED = 12


class SeveralForm(CarefulForm, KeyedForm):
    """What was done and when; the day may be some days ago."""

    kind = SelectField(_l("What did you do?"), validators=[filled()])
    day = DateField(_l("On which day?"), validators=[entered()])
    note = TextAreaField(_l("Note"), filters=[stripped], validators=[Length(max=2000), careful])

    def offer(self, program_id: int, today: date, role: Role) -> "SeveralForm":
        """The kinds of the program, in the reader's words; a form that is shown first is for today."""
        kinds = [(rule.code, kind_label(rule)) for rule in offered(program_id, today, role)]
        self.kind.choices = [("", _("Choose what you did")), *kinds]
        self.key.data = self.key.data or uuid4().hex
        self.day.data = self.day.data or (None if self.day.raw_data else today)
        return self

    def refuse(self) -> None:
        """Nothing was logged: the day is out of reach, or the kind is not logged any more."""
        self.day.errors = [
            ngettext("Choose today or yesterday.", "Choose today or one of the %(num)d days before.", DAYS_AGO)
        ]


@auth.signed_in
def choose_several() -> Response:
    """The list, where they are ticked."""
    return go(address_of(asked()))


@auth.signed_in
def log_several() -> Response:
    """The form for those who were ticked; when it is sent, what it says is logged for them."""
    person, ids, now = auth.person(), chosen(), clock.now()
    program = found(the_program())
    if not 0 < len(ids) <= MOST:
        return _back(len(ids))
    sent = "key" in request.form
    form = SeveralForm(request.form if sent else None).offer(program.id, clock.local_day(now, the_zone()), person.role)
    if not sent or not form.validate():
        return _page(person, form, ids, 422 if sent else 200)
    told = _carry_out(person, ids, form, program.id)
    return _page(person, form, ids, 422) if told is None else _told(form, told)


def _carry_out(person: Person, ids: Sequence[int], form: SeveralForm, program_id: int) -> Result | None:
    """Log it portion by portion; None when it cannot be logged, which the form then says.

    What was logged when a later portion fails stays, and is known again by the form's key.
    """
    deed = Deed(program_id, form.kind.data, cast("date", form.day.data), form.note.data or "", form.uuid)
    told: Result | None = None
    now, ascending = clock.now(), sorted(set(ids))
    try:
        for start in range(0, len(ids), several.PORTION):
            told = outlast(partial(several.log, person, ascending[start : start + several.PORTION], deed, now))
    except NotLoggable:
        db.session.rollback()
        form.refuse()
        return None
    return told


def _told(form: SeveralForm, told: Result) -> Response:
    say(logged_sentence(told), url_for("candidates.undo_several", key=UUID(form.key.data).hex))
    return go(address_of(asked()))


def _page(person: Person, form: SeveralForm, ids: Sequence[int], status: int) -> Response:
    names = several.names(person, ids[:NAMED])
    html = render_template("candidates/several.html", form=form, ids=ids, names=names, back=address_of(asked()))
    return make_response(html, status)


def _back(count: int) -> Response:
    too_many = ngettext("At most %(num)d at once.", "At most %(num)d at once: narrow the list first.", MOST)
    say(too_many if count else _("Choose at least one candidate."), category="error")
    return go(address_of(asked()))


@auth.signed_in
def undo_several(key: str) -> Response:
    """Take the whole back, some at once so that nobody else has to wait for it."""
    try:
        number = UUID(key).bytes
    except ValueError:
        abort(404)
    count, more = 0, True
    while more:
        more = bool(done := outlast(lambda: several.undo(auth.person(), number, clock.now())))
        count += done
    say(ngettext("Undone for %(num)d candidate.", "Undone for %(num)d candidates.", count))
    return go(address_of(asked()))


def add_to(bp: Blueprint) -> None:
    """Where they are."""
    bp.get("/several")(choose_several)
    bp.post("/several")(log_several)
    bp.post("/several/<key>/undo")(undo_several)
