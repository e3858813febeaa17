"""The forms of the sponsor's plan: a goal, giving one up, and what the sponsor did."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from app.domain.oversight import sponsor_deed
from app.domain.oversight.goal import Wish
from app.domain.oversight.measure import MEASURES, Unit
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, NumberField, entered, filled, stripped, trimmed
from app.web.program_forms import this_century
from app.words import measures

LARGEST = 1_000_000
HIGHEST = {Unit.PERCENT: 100, Unit.FACES: 5}
LONGEST = timedelta(days=2 * 365)


class GoalForm(Form):
    """What is to become of which figure, by when, and why."""

    measure = SelectField(_l("Figure"))
    target = NumberField(_l("Target"), validators=[entered()])
    due_on = DateField(_l("By when"), validators=[entered(), this_century])
    why = StringField(_l("Why this one?"), filters=[trimmed], validators=[Length(max=200)])

    def __init__(self, typed: MultiDict[str, str] | None, values: Mapping[str, float | None], today: date) -> None:
        super().__init__(typed, data={"due_on": today + timedelta(days=91)})
        self.today = today
        self.measure.choices = [(each, _with_value(each, values.get(each))) for each in MEASURES]

    def validate_target(self, field: Field) -> None:
        if self.measure.errors or self.measure.data not in MEASURES or field.data is None:
            return
        unit = MEASURES[self.measure.data].unit
        most = HIGHEST.get(unit, LARGEST)
        if not math.isfinite(field.data) or not 0 <= field.data <= most:
            raise ValidationError(_("Use a number from 0 to %(most)s.", most=most))

    def validate_due_on(self, field: Field) -> None:
        if field.data and not self.today < field.data <= self.today + LONGEST:
            raise ValidationError(_("Choose a day after today, at most two years ahead."))

    @property
    def wish(self) -> Wish:
        """What was typed."""
        return Wish(self.measure.data, self.target.data or 0.0, self.due_on.data or date.max, self.why.data or "")


def _with_value(code: str, value: float | None) -> str:
    if value is None:
        return measures.name(code)
    return _("%(measure)s: %(value)s now", measure=measures.name(code), value=measures.value(code, value))


class GivingUpForm(Form):
    """Why it is no goal any more; several of them stand on one page, so their ids begin with which it is."""

    why = StringField(_l("Why do you give it up?"), filters=[trimmed], validators=[filled(), Length(max=200)])

    @classmethod
    def of(cls, goal_id: int, typed: MultiDict[str, str] | None = None) -> "GivingUpForm":
        form = cls(typed)
        form.why.id = form.why.label.field_id = f"up-{goal_id}"
        return form


class DeedForm(Form):
    """On which day what was done."""

    day = DateField(_l("Day"), validators=[entered(), this_century])
    text = TextAreaField(
        _l("What did you do?"), filters=[stripped], validators=[filled(), Length(max=sponsor_deed.LONGEST)]
    )

    def __init__(self, typed: MultiDict[str, str] | None, today: date) -> None:
        super().__init__(typed, data={"day": today})
        self.today = today

    def validate_day(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("That day is still to come."))
