"""The form of the days of the week on which somebody is employed."""

from datetime import date
from typing import Any

from wtforms import DateField, SelectMultipleField

from app.domain.program import contract
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered
from app.web.program_forms import this_century
from app.words.program import weekday_name


class ContractForm(Form):
    """Which days, and from when; nobody need be employed on any."""

    weekdays = SelectMultipleField(_l("Works on"), coerce=int)
    valid_from = DateField(_l("From"), validators=[entered(), this_century])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.weekdays.choices = [(day, weekday_name(day)) for day in contract.WEEK]

    @staticmethod
    def facts(person_id: int, today: date) -> dict[str, object]:
        """What holds today as the form shows it."""
        return {"weekdays": sorted(contract.weekdays_on(person_id, today)), "valid_from": today}
