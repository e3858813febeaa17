"""The page of rhythm and working hours: how often candidates hear from us, and when we may be in touch."""

from collections.abc import Mapping
from datetime import time
from typing import cast

from flask import Response, make_response, render_template, request, url_for
from wtforms import BooleanField, Field, IntegerField, TimeField, ValidationError
from wtforms.validators import NumberRange
from wtforms.widgets import NumberInput

from app import clock
from app.db import db, write
from app.domain.agency.agency import Agency, keep_hours, the_agency
from app.domain.agency.person import Role
from app.domain.program import cadence
from app.domain.program.program import Program, the_program
from app.domain.scoring.situation import APPLICATION_CADENCES, STAGE_CADENCES
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web import auth, toast
from app.web.errors import found
from app.web.forms import Form, entered, submitted
from app.web.htmx import go
from app.words import rhythm as words

USUAL = {**STAGE_CADENCES, **APPLICATION_CADENCES}


class RhythmForm(Form):
    """A field for every stage and every state of an application, and the hours."""

    opens = TimeField(_l("Open from"), validators=[entered()])
    closes = TimeField(_l("Open until"), validators=[entered()])
    whatsapp_business = BooleanField(_l("We write by WhatsApp Business"))

    def validate_closes(self, field: Field) -> None:
        if field.data and self.opens.data and field.data <= self.opens.data:
            raise ValidationError(_("Close later than you open."))

    def days_of(self, situation: str) -> IntegerField:
        """The field of a situation."""
        return cast("IntegerField", self[f"days-{situation}"])

    def changed(self, own: Mapping[str, int]) -> dict[str, int | None]:
        """What is no longer as it was; None is as usual again."""
        typed = {each: self.days_of(each).data or 0 for each in USUAL}
        wanted = {each: None if days == USUAL[each].days else days for each, days in typed.items()}
        return {each: days for each, days in wanted.items() if days != own.get(each)}


@auth.only(Role.ADMIN)
def show() -> Response:
    """The rhythm as it is; asked for as usual, the form with the usual numbers, which nobody saved yet."""
    program, agency = _both()
    own = cadence.rules_of(program)
    usual = "usual" in request.args
    return _page(_form(agency, {} if usual else own), own, usual=usual)


@auth.only(Role.ADMIN)
def save() -> Response:
    """Keep what was changed."""
    program, agency = _both()
    own = cadence.rules_of(program)
    form, person_id, now = _form(agency, own), auth.person().id, clock.now()
    if not form.validate():
        return _page(form, own, status=422)
    write()
    for situation, days in form.changed(own).items():
        cadence.set_rule(program.id, situation, days, person_id, now)
    whatsapp = form.whatsapp_business.data
    keep_hours(agency, _minutes(form.opens), _minutes(form.closes), whatsapp_business=whatsapp)
    db.session.commit()
    toast.say(_("Saved."))
    return go(url_for("program.rhythm"))


def _both() -> tuple[Program, Agency]:
    return found(the_program()), found(the_agency())


def _minutes(field: TimeField) -> int:
    return field.data.hour * 60 + field.data.minute if field.data else 0


def _form(agency: Agency, own: Mapping[str, int]) -> RhythmForm:
    within = [entered(), NumberRange(1, cadence.LONGEST)]
    fields = {
        f"days-{each}": IntegerField(words.situation_label(each), validators=within, widget=NumberInput())
        for each in USUAL
    }
    made = type("OwnRhythmForm", (RhythmForm,), fields)
    days = {f"days-{each}": own.get(each, round(usual.days)) for each, usual in USUAL.items()}
    opens, closes = (time(*divmod(minutes, 60)) for minutes in (agency.opens, agency.closes))
    hours = {"opens": opens, "closes": closes, "whatsapp_business": agency.whatsapp_business}
    form: RhythmForm = made(submitted(), data={**days, **hours})
    return form


def _page(form: RhythmForm, own: Mapping[str, int], status: int = 200, *, usual: bool = False) -> Response:
    by_stage, applying = (
        _("In touch once every so many days, by stage"),
        _("In touch once every so many days, when applying"),
    )
    groups = [(by_stage, STAGE_CADENCES), (applying, APPLICATION_CADENCES)]
    html = render_template(
        "program/rhythm.html", form=form, own={} if usual else own, groups=groups, usual=usual, words=words
    )
    return make_response(html, status)
