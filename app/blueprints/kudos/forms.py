"""The forms of kudos: giving them, the values for which they are given, and how many a month."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict
from wtforms import Field, IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from app.domain.agency.person import Person
from app.domain.agency.team import TeamSize
from app.domain.game.recognition.giving import Praise, Why
from app.domain.game.recognition.kudos import LONGEST
from app.domain.game.recognition.value import MOST_A_MONTH, Label, ProgramValue
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, filled, stripped, trimmed
from app.web.logging_form import KeyedForm
from app.words.kudos import team_choice, value_name, why_not

SHORT = Length(max=60, message=_l("Use at most 60 characters."))


class KudosForm(KeyedForm):
    """For whom, for which value, and why."""

    receiver_id = SelectField(_l("For whom"), coerce=int)
    value_id = RadioField(
        _l("For which value"), coerce=int, validate_choice=False, validators=[InputRequired(_l("Choose a value."))]
    )
    text = TextAreaField(_l("What did they do?"), filters=[stripped], validators=[filled(), Length(max=LONGEST)])

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as the library has it
        people: Iterable[Person],
        values: Iterable[ProgramValue],
        **kwargs: Any,  # noqa: ANN401 - as the library has it
    ) -> None:
        super().__init__(*args, **kwargs)
        self.receiver_id.choices = [(0, _("Choose a colleague")), *((each.id, each.name) for each in people)]
        self.value_id.choices = [(each.id, value_name(each)) for each in values]
        self.key.data = self.key.data or uuid4().hex

    def validate_receiver_id(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose a colleague."))

    def validate_value_id(self, field: RadioField) -> None:
        if all(field.data != each for each, *_ in field.iter_choices()):
            raise ValidationError(_("Choose a value."))

    @property
    def praise(self) -> Praise:
        return Praise(self.receiver_id.data, self.value_id.data, self.text.data or "")

    def refuse(self, why: Why, a_month: int) -> None:
        """Say beside the field why it was not given."""
        field = self.value_id if why is Why.VALUE else self.receiver_id
        field.errors = [why_not(why, a_month)]

    def send_anew(self) -> None:
        """What was sent under the key was something else: with another one it can be sent once more."""
        self.key.data = uuid4().hex
        self.text.errors = [_("This form was sent before, for something else. Try once more.")]


class TeamForm(KeyedForm):
    """For which team, and why."""

    team_id = SelectField(_l("For which team"), coerce=int)
    text = TextAreaField(
        _l("What did the team do well?"), filters=[stripped], validators=[filled(), Length(max=LONGEST)]
    )

    def __init__(self, typed: MultiDict[str, str] | None, *, teams: Iterable[TeamSize], chosen: int) -> None:
        super().__init__(typed, team_id=chosen)
        of = {each.team.id: each for each in teams if each.people}
        self.team_id.choices = [(0, _("Choose a team")), *((number, team_choice(each)) for number, each in of.items())]
        self.key.data = self.key.data or uuid4().hex

    def validate_team_id(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose a team."))

    def send_anew(self) -> None:
        """What was sent under the key was something else: with another one it can be sent once more."""
        self.key.data = uuid4().hex
        self.text.errors = [_("This form was sent before, for something else. Try once more.")]


class HideForm(Form):
    """Why the words are taken away; several of them stand on one page, so their ids begin with which it is."""

    reason = TextAreaField(_l("Why are they hidden?"), filters=[stripped], validators=[filled(), Length(max=LONGEST)])

    @classmethod
    def of(cls, kudos_id: int, typed: MultiDict[str, str] | None = None) -> "HideForm":
        form = cls(typed)
        form.reason.id = form.reason.label.field_id = f"hide-{kudos_id}"
        return form


class ValueForm(Form):
    """What a value is called; without the English it is the Dutch."""

    label_nl = StringField(_l("In Dutch"), filters=[trimmed], validators=[filled(), SHORT])
    label_en = StringField(_l("In English"), filters=[trimmed], validators=[SHORT])

    @property
    def label(self) -> Label:
        return Label(self.label_nl.data or "", self.label_en.data or "")


class AllowanceForm(Form):
    """How many everybody may give in a calendar month."""

    a_month = IntegerField(_l("Kudos a month for everybody"), validators=[entered(), NumberRange(0, MOST_A_MONTH)])
