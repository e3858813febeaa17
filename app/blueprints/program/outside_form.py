"""The form by which an administrator says what the program shows to the outside."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional

from app.domain.candidates.address import Channel, Unreachable, normalise, readable
from app.domain.program import outside_frame
from app.domain.program.outside import LONGEST_PROMISE, OutsidePage, Part, Wish
from app.domain.program.outside_frame import NotAnOrigin
from app.domain.program.outside_way import CHANNELS, OutsideWay, Way
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, stripped, trimmed
from app.words.outside import day_spans


class WayForm(Form):
    """One channel: where, and when somebody is there."""

    channel: Channel
    address = StringField(_l("Number or address"), filters=[trimmed], validators=[Length(max=254)])
    days = SelectField(_l("On which days?"), default="")
    opens = TimeField(_l("From"), validators=[Optional()])
    closes = TimeField(_l("Until"), validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.days.choices = [("", _("any day")), *day_spans().items()]

    def validate_address(self, field: Field) -> None:
        try:
            if field.data:
                normalise(self.channel, field.data)
        except Unreachable:
            raise ValidationError(
                _("This is not a mail address, such as name@agency.com.")
                if self.channel == Channel.EMAIL
                else _("This is no phone number.")
            ) from None

    def validate_opens(self, field: Field) -> None:
        self._both(field.data, self.closes.data)

    def validate_closes(self, field: Field) -> None:
        opens = self._both(self.opens.data, field.data)
        if opens >= field.data:
            raise ValidationError(_("This is before it begins."))

    def _both(self, opens: time | None, closes: time | None) -> time:
        """Of a time that was not filled in its own validators hear nothing, so the other one asks for it."""
        if opens is None or closes is None:
            raise ValidationError(_("Give both times, or neither."))
        return opens

    @property
    def way(self) -> Way:
        """What was said, the address in its normal form."""
        times = (_minute(self.opens.data), _minute(self.closes.data))
        return Way(str(self.channel), normalise(self.channel, self.address.data or ""), self.days.data, *times)


class OutsideForm(Form):
    """Every switch is off until somebody ticks it."""

    is_open = BooleanField(_l("Everybody may see the page"))
    search = BooleanField(_l("Search engines may find it"))
    promise = BooleanField(_l("Show the promise"))
    answer_days = IntegerField(
        _l("Within how many working days does every candidate hear from you?"),
        validators=[entered(), NumberRange(1, LONGEST_PROMISE)],
    )
    words_nl = TextAreaField(_l("Your own words, in Dutch"), filters=[stripped], validators=[Length(max=1000)])
    words_en = TextAreaField(_l("Your own words, in English"), filters=[stripped], validators=[Length(max=1000)])
    sponsor = BooleanField(_l("Show who the executive sponsor is, once they agree"))
    ways = BooleanField(_l("Show how to reach you"))
    phone = FormField(WayForm)
    whatsapp = FormField(WayForm)
    email = FormField(WayForm)
    sms = FormField(WayForm)
    referral = BooleanField(_l("Let visitors refer a friend"))
    frame = BooleanField(_l("Let websites show it in a frame"))
    framed_by = TextAreaField(_l("Which websites?"), filters=[stripped], validators=[Length(max=4000)])
    signature = BooleanField(_l("Give colleagues a line for under their mails"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        for name, each in self.by_channel.items():
            each.channel = Channel(name)

    @property
    def by_channel(self) -> Mapping[str, WayForm]:
        """The forms of the channels."""
        fields = (self.phone, self.whatsapp, self.email, self.sms)
        return {name: each.form for name, each in zip(CHANNELS, fields, strict=True)}

    def validate_framed_by(self, field: Field) -> None:
        try:
            found = outside_frame.origins(field.data or "")
        except NotAnOrigin as wrong:
            raise ValidationError(
                _("%(line)s is no address of a website. Write it as https://www.agency.com, one a line.", line=wrong)
            ) from None
        if len(found) > outside_frame.MOST:
            raise ValidationError(_("These are more websites than can be named; leave some out."))
        if self.frame.data and not found:
            raise ValidationError(_("Name at least one website, or switch the frame off."))

    @property
    def wish(self) -> Wish:
        """What it says."""
        return Wish(
            is_open=self.is_open.data,
            parts=[part for part in Part if self[part].data],
            answer_days=self.answer_days.data or 1,
            words={"nl": self.words_nl.data or "", "en": self.words_en.data or ""},
            framed_by=outside_frame.origins(self.framed_by.data or ""),
            ways=[each.way for each in self.by_channel.values() if each.address.data],
        )


def said_before(page: OutsidePage, ways: Sequence[OutsideWay]) -> dict[str, object]:
    """What the form shows of what counts now."""
    shown: dict[str, object] = {part: page.has(part) for part in Part}
    shown |= {"is_open": page.opened_at is not None, "answer_days": page.answer_days, "framed_by": page.framed_by}
    shown |= {"words_nl": page.words_nl, "words_en": page.words_en}
    for way in ways:
        times = {"days": way.days, "opens": _clock(way.opens), "closes": _clock(way.closes)}
        shown[way.channel] = {"address": readable(Channel(way.channel), way.address)} | times
    return shown


def _minute(at: time | None) -> int | None:
    return at.hour * 60 + at.minute if at else None


def _clock(minute: int | None) -> time | None:
    return time(*divmod(minute, 60)) if minute is not None else None
