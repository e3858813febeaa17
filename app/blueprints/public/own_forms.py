"""What a candidate fills in on a page of their own."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import UUID, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.actions import call_back
from app.domain.actions.call_back import Part
from app.domain.actions.referral import Friend
from app.domain.candidates.address import Channel, Unreachable, recognise
from app.domain.candidates.preference import ARRANGEMENTS, ChannelPreference, Purpose, Wish, wish_of
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.careful import CarefulForm, careful
from app.web.filters import long_day
from app.web.forms import Form, entered, filled, stripped, trimmed
from app.words import own as words
from app.words.candidates import channel_label, channel_name
from app.words.days import capital
from app.words.program import weekday_name
from app.words.reach import LANGUAGES, language_label

WEEK = "1234567"
OTHERS = (Purpose.PLANNING, Purpose.FORMS, Purpose.FEEDBACK)
LONGEST_PAUSE = 366
ALL = "all"


class ReachForm(CarefulForm):
    """How and when they want to be reached, and where another way is better."""

    first = RadioField(_l("Preferably by"))
    second = SelectField(_l("And if that does not work"), default="")
    days = SelectMultipleField(_l("On these days"), widget=ListWidget(), option_widget=CheckboxInput())
    start = TimeField(_l("From"), validators=[Optional()])
    end = TimeField(_l("Until"), validators=[Optional()])
    language = SelectField(_l("Language"), default="")
    no_voicemail = BooleanField(_l("Do not leave a voicemail"))
    planning = SelectField(_l("Planning work"), default="")
    planning_done = SelectField(_l("How do we plan an interview?"), default="")
    forms = SelectField(_l("Forms and papers"), default="")
    forms_done = SelectField(_l("How do we fill in forms?"), default="")
    feedback = SelectField(_l("Giving feedback"), default="")
    note = TextAreaField(_l("Anything else we should know?"), filters=[stripped], validators=[Length(max=300), careful])

    def offer(self, channels: Collection[Channel]) -> "ReachForm":
        """The choices, in their words."""
        offered = [(str(channel), channel_label(channel)) for channel in channels]
        self.first.choices = offered
        self.second.choices = [("", _("no other way")), *offered]
        self.days.choices = [(day, weekday_name(int(day) - 1)) for day in WEEK]
        self.language.choices = [("", _("no preference")), *((code, language_label(code)) for code in LANGUAGES)]
        for field in (self.planning, self.forms, self.feedback):
            field.choices = [("", _("the same way")), *offered]
        for field, purpose in ((self.planning_done, Purpose.PLANNING), (self.forms_done, Purpose.FORMS)):
            kinds = [(str(kind), words.arrangement_choice(kind)) for kind in ARRANGEMENTS[purpose]]
            field.choices = [("", _("no preference")), *kinds]
        return self

    def validate_end(self, field: Field) -> None:
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("This is before it begins."))

    def wishes(self, known: Collection[str]) -> dict[str, Wish]:
        """What they say for each purpose; `known` are those of which they, or we, said something before."""
        wish = Wish(
            channels=tuple(Channel(code) for code in (self.first.data, self.second.data) if code),
            days="".join(sorted(self.days.data or ())),
            from_minute=_minute(self.start.data),
            until_minute=_minute(self.end.data),
            language=self.language.data or None,
            no_voicemail=bool(self.no_voicemail.data),
            note=self.note.data or "",
        )
        said: dict[str, Wish] = {Purpose.CONTACT: wish}
        for purpose in OTHERS:
            channel, done = self[purpose].data, self[f"{purpose}_done"].data if purpose in ARRANGEMENTS else ""
            if channel or done or purpose in known:
                channels = (Channel(channel),) if channel else wish.channels
                said[purpose] = Wish(channels=channels, language=wish.language, arrangement=done)
        return said


def said_before(current: Mapping[str, ChannelPreference]) -> dict[str, object]:
    """What the form shows of what counts now."""
    shown: dict[str, object] = {}
    if Purpose.CONTACT in current:
        wish = wish_of(current[Purpose.CONTACT])
        shown = {
            "first": wish.channels[0],
            "second": wish.channels[1] if len(wish.channels) > 1 else "",
            "days": list(wish.days),
            "start": _clock(wish.from_minute),
            "end": _clock(wish.until_minute),
            "language": wish.language or "",
            "no_voicemail": wish.no_voicemail,
            "note": wish.note,
        }
    for purpose in OTHERS:
        if purpose in current:
            wish, usual = wish_of(current[purpose]), shown.get("first")
            shown[purpose] = "" if wish.channels[0] == usual else wish.channels[0]
            shown[f"{purpose}_done"] = wish.arrangement
    return shown


class RestForm(Form):
    rest = RadioField(_l("How often may we be in touch?"), default="")

    def offer(self) -> "RestForm":
        self.rest.choices = [(str(days or ""), words.rest_label(days)) for days in (None, 30, 60, 90)]
        return self


class PauseForm(Form):
    until = DateField(_l("Not before"), validators=[entered()])

    def offer(self, today: date) -> "PauseForm":
        self.today = today
        return self

    def validate_until(self, field: Field) -> None:
        if field.data and not 0 < (field.data - self.today).days <= LONGEST_PAUSE:
            raise ValidationError(_("Choose a day from tomorrow on, at most a year from now."))


class CallForm(Form):
    day = SelectField(_l("On which day?"))
    part = RadioField(_l("When?"))

    def offer(self, now: datetime, zone: ZoneInfo) -> "CallForm":
        self.moment, self.zone = now, zone
        days = call_back.possible_days(now, zone)
        self.days = {day.isoformat(): day for day in days}
        self.day.choices = [(code, capital(long_day(day))) for code, day in self.days.items()]
        self.part.choices = [(str(part), words.part_label(part)) for part in Part]
        if not self.part.raw_data and days:
            self.part.data = str(next(part for part in Part if call_back.is_possible(days[0], part, now, zone)))
        return self

    def validate_part(self, field: Field) -> None:
        known = self.day.data in self.days and field.data in set(Part)
        if known and not call_back.is_possible(self.chosen, Part(field.data), self.moment, self.zone):
            raise ValidationError(_("This part of the day is over; choose another one."))

    @property
    def chosen(self) -> date:
        return self.days[self.day.data]


class StopForm(Form):
    scope = RadioField(_l("What do we stop with?"), default=ALL)

    def offer(self, channels: Collection[Channel]) -> "StopForm":
        only = [(str(channel), _("Only %(channel)s", channel=channel_name(channel))) for channel in channels]
        self.scope.choices = [(ALL, _("With everything")), *only]
        return self

    @property
    def channels(self) -> list[Channel] | None:
        return None if self.scope.data == ALL else [Channel(self.scope.data)]


class FriendForm(Form):
    """`homepage` is shown to nobody: what fills it in is no person."""

    name = StringField(_l("Name of your friend"), filters=[trimmed], validators=[filled(), Length(max=160)])
    reach = StringField(_l("Phone number or mail address"), filters=[trimmed], validators=[filled(), Length(max=254)])
    agreed = BooleanField(_l("My friend knows this and is fine with it"))
    homepage = StringField(_l("Leave this empty"))

    def validate_reach(self, field: Field) -> None:
        try:
            recognise(field.data or "")
        except Unreachable:
            raise ValidationError(_("This is no phone number and no mail address.")) from None

    def validate_agreed(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("We only write to people who know about it."))

    @property
    def friend(self) -> Friend:
        return Friend(self.name.data or "", *recognise(self.reach.data or ""))


class ReferForm(FriendForm):
    """The same on a candidate's own page; `key` names the form that was shown."""

    key = HiddenField(validators=[UUID()])


def _minute(at: time | None) -> int | None:
    return at.hour * 60 + at.minute if at else None


def _clock(minute: int | None) -> time | None:
    return time(*divmod(minute, 60)) if minute is not None and minute < 24 * 60 else None
