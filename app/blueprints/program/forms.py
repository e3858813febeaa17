"""The forms of the program's settings."""

from typing import Any

from wtforms import BooleanField, Field, IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange

from app.domain.agency.agency import NotAnAddress, check_ats_template
from app.domain.program import colour
from app.domain.program.action_kind import MOST_POINTS
from app.language import gettext as _
from app.language import lazy_gettext
from app.web.forms import Form, PictureField, entered, filled, stripped, trimmed
from app.words.program import hue_name

HUES = (None, 25, 50, 85, 125, 150, 195, 230, 260, 290, 325, 355)


def _hue(value: object) -> int | None:
    return int(str(value)) if value not in ("", None) else None


class IdentityForm(Form):
    """What the program is called, why it is there, and how it looks."""

    name = StringField(lazy_gettext("Name"), filters=[trimmed], validators=[filled(), Length(max=60)])
    slogan = StringField(lazy_gettext("Slogan"), filters=[trimmed], validators=[Length(max=120)])
    why = TextAreaField(lazy_gettext("Why we do it"), filters=[stripped], validators=[Length(max=4000)])
    hue = RadioField(lazy_gettext("Colour"), coerce=_hue)
    logo = PictureField(lazy_gettext("Logo"))
    remove_logo = BooleanField(lazy_gettext("Remove the logo"))

    def __init__(self, *args: Any, present_hue: int | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.hues = HUES if present_hue in HUES else (*HUES, present_hue)
        self.hue.choices = [("" if hue is None else hue, hue_name(hue)) for hue in self.hues]

    @property
    def samples(self) -> list[str]:
        """The colour of each choice; the house's own is the first."""
        return ["#0b6b57" if hue is None else colour.light(hue).brand for hue in self.hues]

    def validate_hue(self, field: Field) -> None:
        try:
            colour.stylesheet(field.data or 0)
        except colour.Unreadable:
            raise ValidationError(_("Text cannot be read on this colour. Choose another.")) from None


class AgencyForm(Form):
    """How the agency works with Fanfare."""

    name = StringField(lazy_gettext("Name of the agency"), filters=[trimmed], validators=[filled(), Length(max=120)])
    language = RadioField(lazy_gettext("Language of the agency"))
    address_form = RadioField(lazy_gettext("Candidates are addressed as"))
    visibility = RadioField(lazy_gettext("Who sees which candidates?"))
    ats_url_template = StringField(
        lazy_gettext("Address of a candidate in your own system"), filters=[trimmed], validators=[Length(max=300)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.language.choices = [("nl", "Nederlands"), ("en", "English")]
        self.address_form.choices = [("je", "je"), ("u", "u")]
        self.visibility.choices = [
            ("agency", _("Everybody sees all candidates")),
            ("branch", _("Everybody sees those of their own branch")),
        ]

    def validate_ats_url_template(self, field: Field) -> None:
        if not field.data:
            return
        try:
            check_ats_template(field.data)
        except NotAnAddress:
            raise ValidationError(
                _("It must begin with https:// and have {external_id} where the candidate's number comes.")
            ) from None


class KindForm(Form):
    """An action kind of the agency's own."""

    label_nl = StringField(lazy_gettext("Name in Dutch"), filters=[trimmed], validators=[filled(), Length(max=80)])
    label_en = StringField(lazy_gettext("Name in English"), filters=[trimmed], validators=[filled(), Length(max=80)])
    points = IntegerField(lazy_gettext("Points"), validators=[entered(), NumberRange(0, MOST_POINTS)])
    for_members = BooleanField(lazy_gettext("For team members only"))
