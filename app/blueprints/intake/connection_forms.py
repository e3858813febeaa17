"""The forms of the connections: a source, what an event means, a kind of one's own."""

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Length

from app.domain.journey import touchpoint_kind
from app.domain.journey.event_name import LONGEST
from app.domain.journey.touchpoint_kind import KindRole
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, trimmed
from app.words.intake import place_label, role_label
from app.words.score import kind_label

SERVER = "server"
BROWSER = "browser"
NOTHING = "-"


class SourceForm(Form):
    """A source; `place` is where its key will be kept."""

    name = StringField(_l("What sends it"), [filled(), Length(max=80)], filters=[trimmed])
    place = RadioField(_l("Where does the key go?"))

    def offer(self) -> "SourceForm":
        """With the places that a key can be kept in."""
        self.place.choices = [(each, place_label(trusted=each == SERVER)) for each in (SERVER, BROWSER)]
        return self


class MapForm(Form):
    """What an event is taken for."""

    event = HiddenField(validators=[filled(), Length(max=LONGEST)])
    kind = SelectField(_l("What is it?"))

    def offer(self) -> "MapForm":
        """With the kinds that there are, and passing it over."""
        kinds = [(each.code, kind_label(each)) for each in touchpoint_kind.known()]
        self.kind.choices = [*kinds, (NOTHING, _("Pass over: it means nothing"))]
        return self


class KindForm(Form):
    """A kind of the agency's own."""

    event = HiddenField(validators=[filled(), Length(max=LONGEST)])
    label_nl = StringField(_l("Name in Dutch"), [filled(), Length(max=80)], filters=[trimmed])
    label_en = StringField(_l("Name in English"), [filled(), Length(max=80)], filters=[trimmed])
    role = RadioField(_l("What does the candidate do?"), default=str(KindRole.OTHER))

    def offer(self) -> "KindForm":
        """With what a signal can mean."""
        self.role.choices = [(str(each), role_label(each)) for each in KindRole]
        return self
