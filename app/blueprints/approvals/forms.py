"""The forms with which points are adjusted by hand, and what stood out is closed."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from wtforms import Field, IntegerField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange

from app.domain.agency.person import Person
from app.domain.game.adjustment import LARGEST
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, filled, stripped
from app.web.logging_form import KeyedForm
from app.words.unusual import conclusions


class AdjustmentForm(KeyedForm):
    """Whose points, how many more or fewer, and why; the person reads the reason."""

    person_id = SelectField(_l("Whose points"), coerce=int)
    points = IntegerField(_l("Points"), validators=[entered(), NumberRange(-LARGEST, LARGEST)])
    reason = TextAreaField(_l("Reason"), filters=[stripped], validators=[filled(), Length(max=500)])

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.person_id.choices = [(0, _("Choose somebody")), *((each.id, each.name) for each in people)]
        self.key.data = self.key.data or uuid4().hex

    def send_anew(self) -> None:
        """What was sent under the key was something else: with another one it can be sent once more."""
        self.key.data = uuid4().hex
        self.points.errors = [_("This form was sent before, for something else. Try once more.")]

    def validate_person_id(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose whose points they are."))

    def validate_points(self, field: Field) -> None:
        if field.data == 0:
            raise ValidationError(_("With 0 points nothing changes."))


class SettleForm(Form):
    """What whoever looked at it came to, and a note that the person reads."""

    conclusion = RadioField(_l("What came of it"), validators=[filled()])
    note = TextAreaField(_l("Your note on it"), filters=[stripped], validators=[filled(), Length(max=1000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.conclusion.choices = conclusions()
