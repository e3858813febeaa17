"""The form in which a recruiter writes down how a candidate wants to be reached for one purpose."""

from collections.abc import Collection
from datetime import time

from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.candidates.address import Channel
from app.domain.candidates.preference import ARRANGEMENTS, ChannelPreference, Purpose, SaidBy, Wish, wish_of
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.careful import CarefulForm, careful
from app.web.forms import stripped
from app.words.candidates import channel_label, said_by_label
from app.words.days import capital
from app.words.program import weekday_name
from app.words.reach import LANGUAGES, arrangement_label, language_label

WEEK = "1234567"


class WishForm(CarefulForm):
    """Channels in their order, times, and how they like it done."""

    first = SelectField(_l("Preferably by"))
    second = SelectField(_l("Else by"), default="")
    third = SelectField(_l("And else by"), default="")
    days = SelectMultipleField(_l("On these days"), widget=ListWidget(), option_widget=CheckboxInput())
    start = TimeField(_l("From"), validators=[Optional()])
    end = TimeField(_l("Until"), validators=[Optional()])
    language = SelectField(_l("Language"), default="")
    no_voicemail = BooleanField(_l("No voicemail"))
    arrangement = SelectField(_l("How do they like it done?"), default="")
    note = TextAreaField(_l("Note"), filters=[stripped], validators=[Length(max=300), careful])
    said_by = RadioField(_l("Who says so?"), default=str(SaidBy.CANDIDATE))

    def offer(self, channels: Collection[Channel], purpose: Purpose) -> "WishForm":
        """The choices, in the reader's words."""
        offered = [(str(channel), channel_label(channel)) for channel in channels]
        self.first.choices = offered
        self.second.choices = self.third.choices = [("", _("no other")), *offered]
        self.days.choices = [(day, weekday_name(int(day) - 1)) for day in WEEK]
        self.language.choices = [("", _("not said")), *((code, language_label(code)) for code in LANGUAGES)]
        kinds = [(str(kind), capital(arrangement_label(kind))) for kind in ARRANGEMENTS.get(purpose, ())]
        self.arrangement.choices = [("", _("not said")), *kinds]
        self.said_by.choices = [(str(who), said_by_label(who)) for who in (SaidBy.CANDIDATE, SaidBy.RECRUITER)]
        return self

    def validate_end(self, field: Field) -> None:
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("This is before it begins."))

    def wish(self) -> Wish:
        chosen = (self.first.data, self.second.data, self.third.data)
        return Wish(
            channels=tuple(dict.fromkeys(Channel(channel) for channel in chosen if channel)),
            days="".join(sorted(self.days.data or ())),
            from_minute=_minute(self.start.data),
            until_minute=_minute(self.end.data),
            language=self.language.data or None,
            no_voicemail=bool(self.no_voicemail.data),
            arrangement=self.arrangement.data or "",
            note=self.note.data or "",
        )


def filled_with(row: ChannelPreference | None) -> dict[str, object]:
    """What the form shows of what was said before."""
    if row is None:
        return {}
    wish = wish_of(row)
    first, second, third = (*(str(channel) for channel in wish.channels), "", "", "")[:3]
    return {
        "first": first,
        "second": second,
        "third": third,
        "days": list(wish.days),
        "start": _clock(wish.from_minute),
        "end": _clock(wish.until_minute),
        "language": wish.language or "",
        "no_voicemail": wish.no_voicemail,
        "arrangement": wish.arrangement,
        "note": wish.note,
        "said_by": row.said_by if row.said_by in (SaidBy.CANDIDATE, SaidBy.RECRUITER) else SaidBy.CANDIDATE,
    }


def _minute(at: time | None) -> int | None:
    return at.hour * 60 + at.minute if at else None


def _clock(minute: int | None) -> time | None:
    return time(*divmod(minute, 60)) if minute is not None and minute < 24 * 60 else None
