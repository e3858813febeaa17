"""The forms of the intake: a source, a touchpoint by hand."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField, HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from app import clock
from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint import MOST_AHEAD
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, filled, trimmed
from app.words.score import kind_label

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
AT = "%Y-%m-%dT%H:%M"


class SourceForm(Form):
    name = StringField(_l("What sends it"), [filled(), Length(max=80)], filters=[trimmed])


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
        if self.moment > clock.now() + MOST_AHEAD:
            raise ValidationError(_("This is in the future."))
        if self.moment < OLDEST:
            raise ValidationError(_("This is too long ago."))

    @property
    def moment(self) -> datetime:
        """When it was, in UTC."""
        return (self.at.data or clock.now()).replace(tzinfo=self.zone).astimezone(UTC)
