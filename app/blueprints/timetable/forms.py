"""Forms of the timetable: this week's block at another time, days off, closures of the agency."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from wtforms import DateField, Field, IntegerField, RadioField, StringField, TimeField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from app import clock
from app.domain.program.absence import LONGEST as MOST_DAYS
from app.domain.program.occurrence import Occurrence
from app.language import current
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, trimmed
from app.web.program_forms import LONGEST, SHORTEST


class MoveForm(Form):
    """On which day of this week the block is instead, from when, and how long."""

    day = RadioField(_l("Day"))
    starts = TimeField(_l("Begins at"), validators=[entered()])
    minutes = IntegerField(_l("Length in minutes"), validators=[entered(), NumberRange(SHORTEST, LONGEST)])

    def offer(self, days: Sequence[date]) -> None:
        """Offer the days of this week that are left and worked."""
        self.day.choices = [(day.isoformat(), format_date(day, "EEEE d MMMM", locale=current())) for day in days]

    def moment(self, zone: ZoneInfo) -> datetime:
        """What was chosen."""
        starts = self.starts.data or time()
        return clock.wall(date.fromisoformat(self.day.data), starts.hour * 60 + starts.minute, zone)

    @staticmethod
    def facts(present: Occurrence, zone: ZoneInfo) -> dict[str, object]:
        """This week's block as the form shows it."""
        local = present.starts.astimezone(zone)
        return {"day": local.date().isoformat(), "starts": local.time(), "minutes": present.minutes}


class DaysForm(Form):
    """The first and the last day off; without a last one it is one day."""

    first = DateField(_l("First day"), validators=[entered()])
    last = DateField(_l("Last day"), validators=[Optional()])

    def validate_last(self, field: Field) -> None:
        if not (field.data and self.first.data):
            return
        if field.data < self.first.data:
            raise ValidationError(_("The last day is before the first."))
        if (field.data - self.first.data).days >= MOST_DAYS:
            raise ValidationError(_("Use at most a year at a time."))

    @property
    def days(self) -> tuple[date, date]:
        """What was chosen."""
        first = self.first.data or date.min
        return first, self.last.data or first


class ClosureForm(DaysForm):
    """Days on which nobody works, and what they are called."""

    label = StringField(_l("What it is called"), filters=[trimmed], validators=[Length(max=80)])
