"""The second step of a competition: its prizes, and the budget that pays for them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, Field, FieldList, FormField, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from app.domain.game.competing.draft import MANY, Plan, PrizePlan
from app.domain.game.competing.mixing import Start, kinds_for, spread
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.rewarding.budget import Budget
from app.domain.game.rewarding.reward import RewardKind
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.euros import EurosField
from app.web.forms import Form, trimmed
from app.words.competition_prizes import first_title, prize_kind
from app.words.money import euros
from app.words.payroll import kind_label

MOST = 12
MOST_OF_ONE = 100
HIGHEST_PLACE = 50
MOST_CENTS = 100_000_00


class PrizeRow(Form):
    """One prize; a row without a title is none."""

    kind = SelectField(_l("For what"))
    title = StringField(_l("What it is"), filters=[trimmed], validators=[Length(max=120)])
    worth = EurosField(_l("Euros including VAT"))
    place = IntegerField(_l("Place"), validators=[Optional(), NumberRange(1, HIGHEST_PLACE)])
    number = IntegerField(_l("How many"), validators=[Optional(), NumberRange(1, MOST_OF_ONE)])
    reward = SelectField(_l("Kind for payroll"))
    divisible = BooleanField(_l("Money: can be divided"))
    per_person = BooleanField(_l("For each of them"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.reward.choices = [(str(each), kind_label(each)) for each in RewardKind]
        self.reward.data = self.reward.data or str(RewardKind.VOUCHER)

    def validate_title(self, field: Field) -> None:
        if not field.data and (self.worth.data or self.place.data):
            raise ValidationError(_("Say what it is, or leave the whole row empty."))

    def validate_worth(self, field: Field) -> None:
        if (field.data or 0) > MOST_CENTS:
            raise ValidationError(_("Use at most %(most)s.", most=euros(MOST_CENTS)))

    @property
    def planned(self) -> PrizePlan:
        kind = PrizeKind(self.kind.data)
        return PrizePlan(
            kind=kind,
            title=self.title.data or "",
            cents=self.worth.data or 0,
            place=self.place.data if kind == PrizeKind.PLACE else None,
            number=(self.number.data or 1) if kind in MANY else 1,
            kind_of_reward=self.reward.data,
            divisible=bool(self.divisible.data),
            per_person=bool(self.per_person.data) and kind == PrizeKind.TEAM,
        )


class PrizesForm(Form):
    """A total to begin with, or prize by prize."""

    budget_id = SelectField(_l("Paid from"), coerce=int)
    total = EurosField(_l("All prizes together, in euros"))
    prizes = FieldList(FormField(PrizeRow), max_entries=MOST)

    def __init__(self, *args: Any, plan: Plan, budgets: Sequence[Budget], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.budget_id.choices = [(each.id, _labelled(each)) for each in budgets] + [(0, _("No budget"))]
        self._offer()

    def _offer(self) -> None:
        for entry in self.prizes:
            entry.form.kind.choices = [(str(each), prize_kind(each)) for each in kinds_for(self.plan.format)]

    def add_row(self) -> bool:
        """Room for one more prize, as long as there is."""
        if len(self.prizes) < MOST:
            self.prizes.append_entry()
            self._offer()
        return True

    def spread(self) -> bool:
        """The total as prizes instead of what was there; False when there is no total to divide."""
        if not self.total.data:
            self.total.errors = list(self.total.process_errors) or [_("Say first how much it is together.")]
            return False
        while len(self.prizes):
            self.prizes.pop_entry()
        for start in spread(min(self.total.data, MOST_CENTS), self.plan.format):
            self.prizes.append_entry(_begun(start))
        self._offer()
        return True

    def validate_prizes(self, _field: Field) -> None:
        """A prize for a place says for which, and every place has one."""
        rows = [
            entry.form for entry in self.prizes if entry.form.title.data and entry.form.kind.data == PrizeKind.PLACE
        ]
        taken: set[int] = set()
        for row in rows:
            if not row.place.data:
                row.place.errors = [_("For which place?")]
            elif row.place.data in taken:
                row.place.errors = [_("This place has a prize already.")]
            taken.add(row.place.data or 0)
        if any(row.place.errors for row in rows):
            raise ValidationError(_("Look at the prizes below."))

    def applied(self) -> Plan:
        """The plan with these prizes."""
        prizes = [entry.form.planned for entry in self.prizes if entry.form.title.data]
        return replace(self.plan, prizes=prizes, budget_id=self.budget_id.data or None)


def shown(plan: Plan) -> dict[str, object]:
    """What the form shows of a plan."""
    return {"budget_id": plan.budget_id or 0, "prizes": [_row(each) for each in plan.prizes]}


def _row(prize: PrizePlan) -> dict[str, object]:
    return {
        "kind": str(prize.kind),
        "title": prize.title,
        "worth": prize.cents or None,
        "place": prize.place,
        "number": prize.number if prize.number > 1 else None,
        "reward": prize.kind_of_reward,
        "divisible": prize.divisible,
        "per_person": prize.per_person,
    }


def _begun(start: Start) -> dict[str, object]:
    return _row(
        PrizePlan(
            kind=start.kind,
            title=first_title(start.kind),
            cents=start.cents,
            place=start.place,
            number=start.number,
            divisible=start.kind in (PrizeKind.TEAM, PrizeKind.PLACE),
        )
    )


def _labelled(budget: Budget) -> str:
    return _("%(name)s, %(cents)s available", name=budget.name, cents=euros(budget.available))
