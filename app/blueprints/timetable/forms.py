"""The form that puts this week's block at another time."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from wtforms import IntegerField, RadioField, TimeField
from wtforms.validators import NumberRange

from app import clock
from app.domain.program.occurrence import Occurrence
from app.language import current
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered
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
