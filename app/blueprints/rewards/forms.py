"""The forms with which a reward is asked for, and with which one is described."""

from typing import Any

from wtforms import BooleanField, DateField, Field, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from app.domain.game.rewarding.reward import HIGHEST, Offer, Reward, RewardKind
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.euros import EurosField
from app.web.forms import Form, PictureField, entered, filled, stripped, trimmed
from app.web.logging_form import KeyedForm
from app.web.program_forms import this_century
from app.words.payroll import kind_label

LONGEST = 1000
HIGHEST_LEVEL = 100
NO_END = ""


class RedeemForm(KeyedForm):
    """One press: the key says that it is the same one, however often it arrives; `price` is what was read."""

    price = IntegerField()


class RewardForm(Form):
    """What a reward is, what it costs, and for whom it is there; `seen` is the stock that the form showed."""

    title_nl = StringField(_l("Title in Dutch"), [filled(), Length(max=80)], filters=[trimmed])
    title_en = StringField(_l("Title in English"), [Length(max=80)], filters=[trimmed])
    text_nl = TextAreaField(_l("Text in Dutch"), [Length(max=LONGEST)], filters=[stripped])
    text_en = TextAreaField(_l("Text in English"), [Length(max=LONGEST)], filters=[stripped])
    kind = RadioField(_l("What is it?"), default=str(RewardKind.VOUCHER))
    picture = PictureField(_l("Picture"))
    plain = BooleanField(_l("Without this picture"))
    price = IntegerField(_l("Price in coins"), [entered(), NumberRange(1, HIGHEST)])
    cents = EurosField(_l("Value in euros"), [Optional()])
    stock = IntegerField(_l("How many are there?"), [Optional(), NumberRange(0, HIGHEST)])
    seen = HiddenField()
    per_person = IntegerField(_l("How many for each person?"), [Optional(), NumberRange(1, HIGHEST)])
    level = IntegerField(_l("From which level?"), [Optional(), NumberRange(0, HIGHEST_LEVEL)])
    approval = BooleanField(_l("Somebody must agree first"))
    first = DateField(_l("First day"), [Optional(), this_century])
    last = DateField(_l("Last day"), [Optional(), this_century])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.kind.choices = [(str(kind), kind_label(kind)) for kind in RewardKind]

    def validate_cents(self, field: Field) -> None:
        if field.data is not None and field.data > HIGHEST:
            raise ValidationError(_("That is more than a reward can be worth."))

    def validate_last(self, field: Field) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day is before the first."))

    @property
    def offer(self) -> Offer:
        """What was said."""
        return Offer(
            kind=RewardKind(self.kind.data),
            title_nl=self.title_nl.data or "",
            title_en=self.title_en.data or "",
            text_nl=self.text_nl.data or "",
            text_en=self.text_en.data or "",
            price=self.price.data or 0,
            cents=self.cents.data or 0,
            per_person=self.per_person.data,
            level=self.level.data or 0,
            approval=bool(self.approval.data),
            first=self.first.data,
            last=self.last.data,
        )

    @property
    def seen_stock(self) -> int | None:
        """What the form showed; a number that was tampered with is one that nothing has."""
        sent = self.seen.data or NO_END
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < len(str(HIGHEST)) + 1 else None

    def look_again(self, stock: int | None) -> None:
        """Somebody took one meanwhile: show what there is now, and ask once more."""
        there = _("no end to them") if stock is None else str(stock)
        self.seen.data = NO_END if stock is None else str(stock)
        self.stock.errors = [_("This changed meanwhile: it is %(number)s now. Save once more.", number=there)]


def form_of(reward: Reward) -> RewardForm:
    """A reward as it can be changed."""
    names = ("title_nl", "title_en", "text_nl", "text_en", "kind", "price", "cents", "stock", "per_person", "level")
    facts = {name: getattr(reward, name) for name in (*names, "approval", "first", "last")}
    return RewardForm(data=facts | {"seen": NO_END if reward.stock is None else str(reward.stock)})
