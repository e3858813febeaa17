"""The forms of those who run rewards: money, decisions, surprises, days on which coins lapse."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from wtforms import DateField, Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from app.clock import DAY
from app.domain.agency.person import Person
from app.domain.game.competing.prize_money import Kept
from app.domain.game.recognition.surprise import LONGEST, MOST_CENTS
from app.domain.game.rewarding.lapse import NOTICE, TooSoon
from app.domain.game.rewarding.reward import RewardKind
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.web.euros import EurosField
from app.web.forms import Form, entered, filled, stripped, thinkable, trimmed
from app.web.logging_form import KeyedForm
from app.words.money import euros
from app.words.payroll import kind_label

LARGEST = 100_000_000
"""A million euros: more is a slip of the hand."""
LONGEST_REASON = 300


class FreshForm(KeyedForm):
    """A form with a key of its own; several of them on one page have ids that differ."""

    def __init__(self, *args: Any, within: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.key.data = self.key.data or uuid4().hex
        for field in self:
            field.id = field.label.field_id = within + field.name

    def send_anew(self, field: Field) -> None:
        """What was sent under the key was something else: with another one it can be sent once more."""
        self.key.data = uuid4().hex
        field.errors = [_("This form was sent before, for something else. Try once more.")]


class AmountForm(FreshForm):
    """How much is given to a budget, or taken back."""

    amount = EurosField(_l("Amount in euros"), validators=[entered()])

    def validate_amount(self, field: Field) -> None:
        check_amount(field.data)


class BudgetForm(FreshForm):
    """A new budget: what it is called, for which days, and how much there is to begin with."""

    name = StringField(_l("Name"), filters=[trimmed], validators=[filled(), Length(max=60)])
    first = DateField(_l("From"), validators=[entered(), thinkable])
    last = DateField(_l("Up to and including"), validators=[entered(), thinkable])
    amount = EurosField(_l("Amount in euros"), validators=[entered()])

    def validate_amount(self, field: Field) -> None:
        check_amount(field.data)

    def validate_last(self, field: Field) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("This is before the first day."))


def check_amount(cents: int | None) -> None:
    """More than nothing, and no slip of the hand."""
    if cents is not None and cents <= 0:
        raise ValidationError(_("Type an amount of more than nothing."))
    if cents is not None and cents > LARGEST:
        raise ValidationError(_("This is more than %(most)s at a time.", most=euros(LARGEST)))


class DecisionForm(Form):
    """Why a request is granted, or not."""

    reason = TextAreaField(_l("Reason"), filters=[stripped], validators=[Length(max=LONGEST_REASON)])


class SurpriseForm(FreshForm):
    """Whom the sponsor surprises, with which words, and what comes with them."""

    person_id = SelectField(_l("For whom"), coerce=int)
    text = TextAreaField(_l("What you want to say"), filters=[stripped], validators=[filled(), Length(max=LONGEST)])
    amount = EurosField(_l("Value in euros, including VAT"), validators=[Optional()])
    out_of = SelectField(_l("Paid from"), coerce=int, default=0)
    kind = SelectField(_l("What it is"), choices=lambda: [(str(each), kind_label(each)) for each in RewardKind])

    def __init__(self, *args: Any, people: Iterable[Person], kept: Collection[Kept], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.person_id.choices = [(0, _("Choose somebody")), *((each.id, each.name) for each in people)]
        paying = [(each.competition.id, _left(each)) for each in kept]
        self.out_of.choices = [(0, _("the budget")), *paying]

    def validate_person_id(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Choose whom you surprise."))

    def validate_amount(self, field: Field) -> None:
        if field.data and field.data > MOST_CENTS:
            raise ValidationError(_("This is more than %(most)s at a time.", most=euros(MOST_CENTS)))


def _left(kept: Kept) -> str:
    return _("%(name)s: %(cents)s left", name=kept.competition.name, cents=euros(kept.cents))


class PeriodForm(Form):
    """Which days payroll asks for."""

    first = DateField(_l("From"), name="from", validators=[entered(), thinkable])
    last = DateField(_l("Up to and including"), name="to", validators=[entered(), thinkable])

    def validate_last(self, field: Field) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("This is before the first day."))


class LapseForm(Form):
    """Which coins lapse, and when."""

    earned_before = DateField(_l("Earned before"), validators=[entered(), thinkable])
    lapses_on = DateField(_l("They lapse on"), validators=[entered(), thinkable])

    def why_not(self, error: ValueError) -> None:
        """Say beside the day which rule stands in the way."""
        too_soon = ngettext(
            "Give people at least %(num)d day to spend them, from today and from when they were earned.",
            "Give people at least %(num)d days to spend them, from today and from when they were earned.",
            NOTICE.days,
        )
        self.lapses_on.errors = [too_soon if isinstance(error, TooSoon) else _("Coins lapse on that day already.")]


def first_free(last: date | None, today: date) -> date:
    """The first day that no budget has."""
    return max(today, last + DAY) if last else today
