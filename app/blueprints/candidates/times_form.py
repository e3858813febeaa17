"""The form with which a recruiter proposes times: up to three, each a day and an hour."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, Field, RadioField, SelectField, TimeField
from wtforms.validators import Optional

from app import clock
from app.domain.actions.time_offer import LENGTHS, USUAL, Proposed
from app.domain.candidates.address import Channel
from app.domain.candidates.link import LIVES, LinkPurpose
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form
from app.words.candidates import channel_label
from app.words.times import how_long

PAIRS = (("day_1", "time_1"), ("day_2", "time_2"), ("day_3", "time_3"))


class TimesForm(Form):
    """An hour without a day, or the reverse, is a slip; a pair that is left empty is not offered."""

    day_1 = DateField(_l("First time"), validators=[Optional()])
    time_1 = TimeField(_l("At"), validators=[Optional()])
    day_2 = DateField(_l("Second time"), validators=[Optional()])
    time_2 = TimeField(_l("At"), validators=[Optional()])
    day_3 = DateField(_l("Third time"), validators=[Optional()])
    time_3 = TimeField(_l("At"), validators=[Optional()])
    channel = RadioField(_l("You will be in touch by"))
    minutes = SelectField(_l("How long does it take?"), default=str(USUAL))
    how = RadioField(_l("How do the times get there?"), default="show")

    def offer(self, channels: Sequence[Channel], now: datetime, zone: ZoneInfo) -> "TimesForm":
        """The choices; the first channel is the candidate's favourite."""
        self.moment, self.zone = now, zone
        self.channel.choices = [(str(channel), channel_label(channel)) for channel in channels]
        self.channel.data = self.channel.data or str(channels[0])
        self.minutes.choices = [(str(minutes), how_long(minutes)) for minutes in LENGTHS]
        self.how.choices = [("show", _("I pass it on myself")), ("mail", _("We mail it"))]
        return self

    def suggest(self, starts: Sequence[datetime]) -> "TimesForm":
        """Fill in what could suit both."""
        for (day, time), start in zip(PAIRS, starts, strict=False):
            local = start.astimezone(self.zone)
            self[day].data, self[time].data = local.date(), local.time()
        return self

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Each pair belongs together; what is wrong stands below its hour, unless the hour is no hour at all."""
        valid = super().validate(extra_validators)
        for day, time in PAIRS:
            slip = "" if self[day].errors or self[time].errors else self._slip(self[day], self[time])
            if slip:
                self[time].errors = [slip]
        return valid and not any(self[time].errors for _, time in PAIRS)

    def _slip(self, day: Field, time: Field) -> str:
        start = self._start(day, time)
        if bool(day.data) != bool(time.data):
            return _("A time needs both a day and an hour.")
        if start and not self.moment < start < self.moment + LIVES[LinkPurpose.TIMES]:
            return _("Choose a time in the coming two weeks.")
        if start and self.starts.count(start) > 1:
            return _("This time is there twice.")
        return "" if self.starts else _("Propose at least one time.")

    def _start(self, day: Field, time: Field) -> datetime | None:
        if not day.data or not time.data:
            return None
        first, last = self.moment.date() - clock.DAY, self.moment.date() + LIVES[LinkPurpose.TIMES] + clock.DAY
        near = min(max(day.data, first), last)  # the year 1 has no UTC in every zone
        return clock.wall(near, time.data.hour * 60 + time.data.minute, self.zone)

    @property
    def starts(self) -> list[datetime]:
        found = (self._start(self[day], self[time]) for day, time in PAIRS)
        return [start for start in found if start]

    @property
    def proposed(self) -> Proposed:
        return Proposed(tuple(self.starts), Channel(self.channel.data), int(self.minutes.data))
