"""The form of the intake by hand: what a candidate did, told by somebody."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from app import clock
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import MOST_AHEAD
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, trimmed
from app.words.score import kind_label

OLDEST = 1990
AT = "%Y-%m-%dT%H:%M"


class TouchpointForm(Form):
    """What a candidate did, told by somebody; `at` is the agency's wall time."""

    kind = SelectField(_l("What did the candidate do?"))
    at = DateTimeLocalField(_l("When"), [entered()], format=[AT, f"{AT}:%S"])
    note = StringField(_l("Note"), [Length(max=200)], filters=[trimmed])
    key = HiddenField()

    def offer(self, zone: ZoneInfo) -> "TouchpointForm":
        """With the kinds that there are."""
        self.zone = zone
        self.kind.choices = [(each.code, kind_label(each)) for each in touchpoint_kind.known()]
        return self

    def validate_at(self, _field: DateTimeLocalField) -> None:
        now = clock.now()
        year = self.at.data.year if self.at.data else now.year
        if year < OLDEST:  # years before moments: not everywhere have the first and the last one a moment in UTC
            raise ValidationError(_("This is too long ago."))
        if year > now.year + 1 or self.moment > now + MOST_AHEAD:
            raise ValidationError(_("This is in the future."))

    @property
    def moment(self) -> datetime:
        """When it was, in UTC."""
        return (self.at.data or clock.now()).replace(tzinfo=self.zone).astimezone(UTC)
