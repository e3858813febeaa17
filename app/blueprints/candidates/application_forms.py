"""What a recruiter fills in about an application."""

from datetime import date

from wtforms import BooleanField, DateField, Field, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from app import clock
from app.domain.actions.deciding import Rejection
from app.domain.journey.application import Application
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.careful import CarefulForm, careful
from app.web.forms import Form, entered, stripped, trimmed

ANSWERS = {"yes": True, "no": False, "": None}
FARTHEST = 731 * clock.DAY


class ApplicationForm(Form):
    """An application that came in without the website."""

    title = StringField(_l("For which vacancy?"), filters=[trimmed], validators=[Length(max=160)])


class RejectionForm(CarefulForm):
    """What somebody who does not get it was told, and whether they hear from us again."""

    told = BooleanField(_l("I told them, and why"))
    reason = TextAreaField(_l("Why not?"), filters=[stripped], validators=[Length(max=500), careful])
    kept_in_mind = RadioField(_l("May we keep them in mind?"), default="")
    next_on = DateField(_l("When do they hear from us again?"), validators=[Optional()])

    def offer(self, today: date) -> "RejectionForm":
        self.today = today
        self.kept_in_mind.choices = [("yes", _("Yes, they said")), ("no", _("No, they said")), ("", _("Not asked"))]
        return self

    def validate_next_on(self, field: Field) -> None:
        if field.data and not self.today < field.data <= self.today + FARTHEST:
            raise ValidationError(_("Choose a day from tomorrow on, within two years."))

    @property
    def rejection(self) -> Rejection:
        kept = ANSWERS[self.kept_in_mind.data or ""]
        return Rejection(self.reason.data or "", bool(self.told.data), kept, self.next_on.data)


class PlacementForm(Form):
    """From when to when somebody works."""

    starts_on = DateField(_l("First day at work"), validators=[entered()])
    ends_on = DateField(_l("Last day, if it is known"), validators=[Optional()])

    def offer(self, today: date) -> "PlacementForm":
        self.today = today
        return self

    def validate_starts_on(self, field: Field) -> None:
        if field.data and not self.today - FARTHEST <= field.data <= self.today + FARTHEST:
            raise ValidationError(_("Choose a day within two years."))

    def validate_ends_on(self, field: Field) -> None:
        start = self.starts_on.data
        if field.data and start and not start <= field.data <= start + 5 * FARTHEST:
            raise ValidationError(_("This is before the first day, or more than ten years after it."))


def placed_as(row: Application) -> dict[str, date | None]:
    """What the form shows of a placement that there is."""
    return {"starts_on": row.starts_on, "ends_on": row.ends_on}
