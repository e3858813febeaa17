"""The forms of the queue: the outcome of a card, what its next step becomes, and with whose pool one begins."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from wtforms import DateField, Field, IntegerField, RadioField, SelectField, ValidationError
from wtforms.validators import Optional

from app import clock
from app.domain.actions import follow_up
from app.domain.actions.consequence import Answer, Scope
from app.domain.actions.contact import FARTHEST
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_zone
from app.domain.candidates.address import Channel
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form
from app.web.logging_form import SOON, LoggingForm, StepForm
from app.words.actions import outcome_label
from app.words.candidates import channel_label

CHANNELS = tuple(channel for channel in Channel if channel != Channel.IN_APP)
SHORTEST, LONGEST = 5, 180
BY_ITSELF = "0"


class StartForm(Form):
    """Whose pool, when not one's own, and how long, when not as long as the block."""

    owner = IntegerField(validators=[Optional()])
    minutes = IntegerField(validators=[Optional()])

    @property
    def lasting(self) -> int | None:
        """So long, when that is a length that a block can have."""
        return self.minutes.data if self.minutes.data in range(SHORTEST, LONGEST + 1) else None


class OutcomeForm(LoggingForm):
    """What came of the card on the screen; only the outcome is needed, a refusal also says how far it goes."""

    outcome = SelectField(_l("What came of it?"), validators=[])
    channel = SelectField(_l("By"), default="")
    until = DateField(_l("Not before"), validators=[Optional()])
    scope = RadioField(_l("How far does that go?"), filters=[lambda chosen: chosen or None], validators=[Optional()])
    closes = SelectField(_l("Which channel?"), default="")

    def offer(self) -> "OutcomeForm":
        """The choices, in the reader's words; without a key the form gets one, so that it counts once."""
        self.offer_days()
        reachable = [(str(each), channel_label(each)) for each in CHANNELS]
        self.outcome.choices = [(str(each), outcome_label(each)) for each in Outcome if each is not Outcome.DONE]
        self.channel.choices = self.closes.choices = [("", _("not said")), *reachable]
        self.scope.choices = [
            (str(Scope.EVERYTHING), _("not at all any more")),
            (str(Scope.CHANNEL), _("not on this channel")),
            (str(Scope.UNTIL), _("not before a day")),
        ]
        self.key.data = self.key.data or uuid4().hex
        self.name_fields(f"card-{self.key.data[:8]}-")
        return self

    def validate_until(self, field: Field) -> None:
        today = clock.now().date()
        if field.data and not today < field.data <= today + FARTHEST:
            raise ValidationError(_("Choose a day that is still to come, within two years."))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """What an answer asks for is missing only when that answer was given."""
        valid, missing = super().validate(extra_validators), self._missing()
        if missing:
            field, sentence = missing
            field.errors = [*field.errors, sentence]
        return valid and missing is None

    def _missing(self) -> tuple[Field, str] | None:
        if self.outcome.data == Outcome.DO_NOT_CONTACT and not self.scope.data:
            return self.scope, _("Say how far this goes.")
        if self._narrowed_to(Scope.CHANNEL) and not self.closes.data:
            return self.closes, _("Say which channel they do not want.")
        if self._narrowed_to(Scope.UNTIL) and not self.until.data:
            return self.until, _("Say from which day on they want to hear from us again.")
        return None

    def _narrowed_to(self, scope: Scope) -> bool:
        return bool(self.outcome.data == Outcome.DO_NOT_CONTACT and self.scope.data == scope)

    def answer(self, zone: ZoneInfo) -> Answer:
        """What was said; a day counts only where the outcome asks for one."""
        outcome = Outcome(self.outcome.data)
        dated = outcome is Outcome.HAS_WORK or self._narrowed_to(Scope.UNTIL)
        until = clock.midnight(self.until.data, zone) if dated and self.until.data else None
        closes = Channel(self.closes.data) if self._narrowed_to(Scope.CHANNEL) else None
        scope = Scope(self.scope.data) if outcome is Outcome.DO_NOT_CONTACT else Scope.EVERYTHING
        return Answer(outcome, scope, until, closes)

    def promise_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The next step that was chosen, else the one that the outcome brings by itself."""
        return self.chosen_at(now, zone) or follow_up.usual(Outcome(self.outcome.data), now, zone)


class NextStepForm(StepForm):
    """The next step and the note of what was logged, as they are to be now; a chip goes before the date."""

    def offer(self, prefix: str) -> "NextStepForm":
        """The choices; one of them is no day at all."""
        self.in_days.choices = [(BY_ITSELF, _l("when it is their turn")), *SOON.items()]
        self.name_fields(prefix)
        return self

    def validate_promise_on(self, field: Field) -> None:
        """The date counts only when no chip was pressed."""
        now = clock.now()
        at = self.chosen_at(now, the_zone()) if field.data else None
        if at is not None and not now < at <= now + FARTHEST:
            raise ValidationError(_("Choose a day and a time that are still to come."))

    def chosen_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """None: they come back by their own rhythm."""
        if self.in_days.data == BY_ITSELF:
            return None
        if self.in_days.data:
            return follow_up.after_days(int(self.in_days.data), self.promise_time.data, now, zone)
        return super().chosen_at(now, zone)
