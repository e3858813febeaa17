"""The third step of a competition: its days, and the goal that fits them."""

from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import DateField, Field, IntegerField, ValidationError
from wtforms.validators import NumberRange

from app import clock
from app.clock import Period
from app.domain.game.competing.competition import Format
from app.domain.game.competing.draft import LONGEST_DAYS, WITH_GOAL, Plan
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered
from app.web.program_forms import this_century

LARGEST = 10_000_000
SHORTEST_BRACKET = 8
LENGTHS = (1, 2, 4, 6)
WEEKEND = 2


class DaysForm(Form):
    """The first and the last day, both included; a goal and a step where the format has them."""

    first = DateField(_l("First day"), validators=[entered(), this_century])
    last = DateField(_l("Last day"), validators=[entered(), this_century])
    goal = IntegerField(_l("Goal"), validators=[entered(), NumberRange(1, LARGEST)])
    step = IntegerField(_l("One more ticket at every"), validators=[entered(), NumberRange(1, LARGEST)])

    def __init__(self, *args: Any, plan: Plan, today: date, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.plan, self.today = plan, today
        if not self.has_goal:
            del self.goal
        if not self.has_step:
            del self.step

    @property
    def has_goal(self) -> bool:
        return self.plan.format in WITH_GOAL

    @property
    def has_step(self) -> bool:
        return self.plan.format == Format.THRESHOLD

    def validate_first(self, field: Field) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(_("This day is past."))

    def validate_last(self, field: Field) -> None:
        if not (field.data and self.first.data):
            return
        days = (field.data - self.first.data).days + 1
        if days < 1:
            raise ValidationError(_("The last day is before the first."))
        if days > LONGEST_DAYS:
            raise ValidationError(_("Use at most three months: a shorter one works better."))
        if self.plan.format == Format.BRACKET and days < SHORTEST_BRACKET:
            raise ValidationError(_("A knock-out has a round each week: use two weeks or more."))

    def lasts(self, weeks: int) -> bool:
        """The last day of so many weeks from the first day that was typed; False without a day or such a length."""
        first = self.first.data if weeks in LENGTHS and self.first.validate(self) else None
        if not first:
            return False
        self.last.data, self.last.raw_data = ends(first, weeks), None
        return True

    @property
    def dates(self) -> Period:
        """The days as they were typed, those of the plan until they are."""
        first, last = self.first.data or self.plan.first, self.last.data or self.plan.last
        in_order = first <= last <= first + LONGEST_DAYS * clock.DAY
        return Period(first, last + clock.DAY) if in_order else Period(self.plan.first, self.plan.last + clock.DAY)

    def applied(self) -> Plan:
        """The plan in these days."""
        return replace(
            self.plan,
            first=self.first.data or date.min,
            last=self.last.data or date.min,
            goal=self.goal.data if self.has_goal else None,
            step=self.step.data if self.has_step else None,
        )


def ends(first: date, weeks: int) -> date:
    """The Friday of the last week, of one that begins on a Monday."""
    return first + weeks * clock.WEEK - (1 + WEEKEND * (first.weekday() == 0)) * clock.DAY
