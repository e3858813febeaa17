"""The form in which somebody says what they want to be told, how, and when."""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from typing import Any

from wtforms import BooleanField, DateField, SelectMultipleField, TimeField, ValidationError
from wtforms.validators import Optional

from app.domain.notices.delivery_times import Times
from app.domain.notices.preference import Choice
from app.domain.notices.quiet import Quiet
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form

LONGEST = timedelta(days=366)
HOUR = 60


class ChoicesForm(Form):
    """`told` are the ticked boxes of the table, each named by its kind and its way."""

    told = SelectMultipleField(_l("What you want to be told"))
    quiet_from = TimeField(_l("Quiet from"), validators=[Optional()])
    quiet_until = TimeField(_l("Quiet until"), validators=[Optional()])
    once_a_day = BooleanField(_l("One mail a day instead of at once"))
    away_until = DateField(_l("Away until"), validators=[Optional()])

    def __init__(self, offered: Sequence[Choice], today: date, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(**kwargs)
        self.today = today
        self.told.choices = [(name(each), "") for each in offered]

    def validate_quiet_from(self, _field: TimeField) -> None:
        if self.quiet_until.data is None:
            raise ValidationError(_("Say until when as well, or leave both empty."))

    def validate_quiet_until(self, field: TimeField) -> None:
        if self.quiet_from.data is None:
            raise ValidationError(_("Say from when as well, or leave both empty."))
        if field.data == self.quiet_from.data:
            raise ValidationError(_("This is the same time as above: then it would never be quiet."))

    def validate_away_until(self, field: DateField) -> None:
        if field.data is not None and not self.today <= field.data <= self.today + LONGEST:
            raise ValidationError(_("Choose a day from today on, within a year."))

    @property
    def times(self) -> Times:
        starts, ends = self.quiet_from.data, self.quiet_until.data
        quiet = Quiet(_minutes(starts), _minutes(ends)) if starts and ends else None
        away = self.away_until.data if self.away_until.data and self.away_until.data > self.today else None
        return Times(quiet, bool(self.once_a_day.data), away)

    def wanted(self, offered: Collection[Choice]) -> list[Choice]:
        """What was ticked."""
        return [each for each in offered if name(each) in (self.told.data or ())]


def filled_with(offered: Sequence[Choice], wanted: Collection[Choice], times: Times, today: date) -> ChoicesForm:
    """The form as it stands now."""
    away = times.away_until if times.away_until and times.away_until > today else None
    facts = {
        "told": [name(each) for each in wanted],
        "quiet_from": _time(times.quiet.starts) if times.quiet else None,
        "quiet_until": _time(times.quiet.ends) if times.quiet else None,
        "once_a_day": times.once_a_day,
        "away_until": away,
    }
    return ChoicesForm(offered, today, data=facts)


def name(choice: Choice) -> str:
    """As it is sent."""
    return f"{choice.kind} {choice.way}"


def _minutes(moment: time) -> int:
    return moment.hour * HOUR + moment.minute


def _time(minutes: int) -> time:
    return time(*divmod(minutes, HOUR))
