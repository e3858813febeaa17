"""What every form that logs a contact shares: its key, the note, and the follow-up that was agreed."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from wtforms import DateField, Field, HiddenField, RadioField, SelectField, TextAreaField, TimeField, ValidationError
from wtforms.validators import Length, Optional

from app import clock
from app.domain.actions import follow_up
from app.domain.actions.contact import DateNeeded, KeyReused, NotLoggable, UnknownKind
from app.domain.candidates.address import Channel
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, stripped
from app.words.candidates import channel_label

SOON = {"1": _l("tomorrow"), "3": _l("in three days"), "7": _l("in a week"), "30": _l("in a month")}


def _channels() -> list[tuple[str, str]]:
    reachable = [(str(each), channel_label(each)) for each in Channel if each != Channel.IN_APP]
    return [("", _("as they like it best")), *reachable]


class KeyedForm(Form):
    """A form with a key, so that it counts once however often it arrives."""

    key = HiddenField()

    def validate_key(self, field: Field) -> None:
        try:
            UUID(field.data)
        except ValueError:
            raise ValidationError(_("This form was sent before, for something else. Try once more.")) from None

    @property
    def uuid(self) -> bytes:
        return UUID(self.key.data).bytes


class StepForm(Form):
    """What comes next, and the note: both can be changed when the contact is logged."""

    note = TextAreaField(_l("Note"), filters=[stripped], validators=[Length(max=2000)])
    in_days = RadioField(_l("Again"), filters=[lambda chosen: chosen or None], validators=[Optional()])
    promise_on = DateField(_l("Or on"), validators=[Optional()])
    promise_time = TimeField(_l("At"), validators=[Optional()])
    promise_channel = SelectField(_l("Follow up by"), choices=_channels, default="")

    def offer_days(self) -> None:
        """The choices of when to be in touch again."""
        self.in_days.choices = list(SOON.items())

    def name_fields(self, prefix: str) -> None:
        """Several forms of a page have fields of one name: their ids begin with that of the form."""
        for field in self:
            field.id = field.label.field_id = prefix + field.name

    def validate_promise_on(self, field: Field) -> None:
        if field.data and field.data < clock.now().date() - clock.DAY:  # the year 1 has no UTC in every zone
            raise ValidationError(_("Choose a day and a time that are still to come."))

    @property
    def agreed_channel(self) -> Channel | None:
        """The channel that was agreed for the follow-up."""
        return Channel(self.promise_channel.data) if self.promise_channel.data else None

    def chosen_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The follow-up that was chosen: by its date, or by days of which none is one that nobody works."""
        at = self.promise_time.data
        if self.promise_on.data:
            at = at or follow_up.MORNING
            return clock.wall(self.promise_on.data, at.hour * 60 + at.minute, zone)
        return follow_up.after_days(int(self.in_days.data), at, now, zone) if self.in_days.data else None


class LoggingForm(StepForm, KeyedForm):
    """What came of a contact, and what comes next."""

    def renew(self, prefix: str) -> None:
        """Before the form is shown again: nothing was written, so its key is fresh, and so are its ids.

        htmx carries attributes over between elements of one id, which browsers take for inline style.
        """
        self.key.data = uuid4().hex
        self.name_fields(f"{prefix}{self.key.data[:8]}-")

    def why_not(self, error: NotLoggable, otherwise: Field) -> None:
        """Say beside the field why nothing was logged."""
        if isinstance(error, DateNeeded):
            self.promise_on.errors = [_("Choose a day and a time that are still to come.")]
            return
        sentence = {
            UnknownKind: _("The program does not log this any more; choose something else."),
            KeyReused: _("This form was sent before, for something else. Try once more."),
        }.get(type(error), _("This cannot be logged."))
        otherwise.errors = [sentence]
