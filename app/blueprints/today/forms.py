"""The form that logs an engagement action: only the outcome is needed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from wtforms import Field, HiddenField, IntegerField, SelectField, ValidationError

from app.domain.actions import follow_up
from app.domain.actions.contact import NotLoggable, UnknownKind
from app.domain.actions.outcome import Outcome
from app.domain.candidates.address import Channel
from app.domain.program.kind_rule import KindRule
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import entered
from app.web.logging_form import LoggingForm
from app.words.actions import outcome_label
from app.words.candidates import channel_label
from app.words.program import kind_label

VIEWS = ("today", "started", "candidate", "sheet")


class ActionForm(LoggingForm):
    """`view` is where the form stands, and begins its ids: Today, a contact begun, a candidate's page, the sheet."""

    candidate = IntegerField(validators=[entered()])
    view = HiddenField()
    outcome = SelectField(_l("What came of it?"))
    kind = SelectField(_l("Something else"), default="")
    channel = SelectField(_l("By"), default="")

    def offer(self, kinds: Iterable[KindRule], own: Iterable[KindRule] = ()) -> "ActionForm":
        """The choices, in the reader's words; without a key the form gets one, so that it counts once.

        `own` are those that get a button each.
        """
        self.own = [(rule.code, kind_label(rule)) for rule in own]
        self.outcome.choices = [(str(outcome), outcome_label(outcome)) for outcome in Outcome]
        self.kind.choices = [("", _("Choose what you did")), *((rule.code, kind_label(rule)) for rule in kinds)]
        reachable = [channel for channel in Channel if channel != Channel.IN_APP]
        self.channel.choices = [("", _("not said")), *((str(each), channel_label(each)) for each in reachable)]
        self.offer_days()
        self.key.data = self.key.data or uuid4().hex
        self.view.data = self.view.data if self.view.data in VIEWS else VIEWS[-1]
        self.name_fields(f"{self.view.data}-")
        return self

    def validate_kind(self, field: Field) -> None:
        if self.outcome.data == Outcome.DONE and not field.data:
            raise ValidationError(_("Choose what you did."))

    def promise_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The follow-up that was agreed; "later" without a day is in a week. Never on a day that nobody works."""
        return self.chosen_at(now, zone) or follow_up.usual(Outcome(self.outcome.data), now, zone)

    def refuse(self, error: NotLoggable) -> None:
        """Say beside the field why nothing was logged."""
        named = isinstance(error, UnknownKind) and self.outcome.data == Outcome.DONE
        self.why_not(error, self.kind if named else self.outcome)
