"""The form that logs an engagement action: only the outcome is needed."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from app import clock
from app.domain.actions.contact import DateNeeded, KeyReused, NotLoggable, UnknownKind
from app.domain.actions.outcome import Outcome
from app.domain.candidates.address import Channel
from app.domain.program.action_kind import KindRule
from app.domain.scoring.pool_facts import working_calendar
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, stripped
from app.words.actions import outcome_label
from app.words.candidates import channel_label
from app.words.program import kind_label

MORNING = time(9)
SOON = {"1": _l("tomorrow"), "3": _l("in three days"), "7": _l("in a week"), "30": _l("in a month")}
LATER = "7"
VIEWS = ("today", "started", "candidate", "sheet")


class ActionForm(Form):
    """`view` is where the form stands, and begins its ids: Today, a contact begun, a candidate's page, the sheet."""

    candidate = IntegerField(validators=[entered()])
    key = HiddenField()
    view = HiddenField()
    outcome = SelectField(_l("What came of it?"))
    kind = SelectField(_l("Something else"), default="")
    channel = SelectField(_l("By"), default="")
    note = TextAreaField(_l("Note"), filters=[stripped], validators=[Length(max=2000)])
    in_days = RadioField(_l("Again"), filters=[lambda chosen: chosen or None], validators=[Optional()])
    promise_on = DateField(_l("Or on"), validators=[Optional()])
    promise_time = TimeField(_l("At"), validators=[Optional()])

    def offer(self, kinds: Iterable[KindRule]) -> "ActionForm":
        """The choices, in the reader's words; without a key the form gets one, so that it counts once."""
        self.outcome.choices = [(str(outcome), outcome_label(outcome)) for outcome in Outcome]
        self.kind.choices = [("", _("Choose what you did")), *((rule.code, kind_label(rule)) for rule in kinds)]
        reachable = [channel for channel in Channel if channel != Channel.IN_APP]
        self.channel.choices = [("", _("not said")), *((str(each), channel_label(each)) for each in reachable)]
        self.in_days.choices = list(SOON.items())
        self.key.data = self.key.data or uuid4().hex
        self.view.data = self.view.data if self.view.data in VIEWS else VIEWS[-1]
        self._name_fields(f"{self.view.data}-")
        return self

    def renew(self) -> None:
        """Before the form is shown again: nothing was written, so its key is fresh, and so are its ids.

        htmx carries attributes over between elements of one id, which browsers take for inline style.
        """
        self.key.data = uuid4().hex
        self._name_fields(f"{self.view.data}-{self.key.data[:8]}-")

    def _name_fields(self, prefix: str) -> None:
        for field in self:
            field.id = field.label.field_id = prefix + field.name

    def validate_key(self, field: Field) -> None:
        try:
            UUID(field.data)
        except ValueError:
            raise ValidationError(_("This form was sent before, for something else. Try once more.")) from None

    def validate_kind(self, field: Field) -> None:
        if self.outcome.data == Outcome.DONE and not field.data:
            raise ValidationError(_("Choose what you did."))

    def validate_promise_on(self, field: Field) -> None:
        if field.data and field.data < clock.now().date() - clock.DAY:  # the year 1 has no UTC in every zone
            raise ValidationError(_("Choose a day and a time that are still to come."))

    def promise_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The follow-up that was agreed; "later" without a day is in a week. Never on a day that nobody works."""
        if self.promise_on.data:
            at = self.promise_time.data or MORNING
            return clock.wall(self.promise_on.data, at.hour * 60 + at.minute, zone)
        days = self.in_days.data or (LATER if self.outcome.data == Outcome.LATER else None)
        if days is None:
            return None
        day = clock.local_day(now, zone) + clock.DAY * int(days)
        calendar = working_calendar(zone, day.year)
        while not calendar.is_working_day(day):
            day += clock.DAY
        at = self.promise_time.data or MORNING
        return clock.wall(day, at.hour * 60 + at.minute, zone)

    def refuse(self, error: NotLoggable) -> None:
        """Say beside the field why nothing was logged."""
        field, sentence = {
            DateNeeded: (self.promise_on, _("Choose a day and a time that are still to come.")),
            UnknownKind: (
                self.kind if self.outcome.data == Outcome.DONE else self.outcome,
                _("The program does not log this any more; choose something else."),
            ),
            KeyReused: (self.outcome, _("This form was sent before, for something else. Try once more.")),
        }.get(type(error), (self.outcome, _("This cannot be logged.")))
        field.errors = [sentence]

    @property
    def uuid(self) -> bytes:
        return UUID(self.key.data).bytes
