"""The forms of webhooks: an address with what it is told, and since when what failed is sent again."""

from datetime import date, datetime
from typing import cast

from wtforms import DateField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from app import clock
from app.domain.agency.agency import the_zone
from app.domain.notices.webhook import CHOOSABLE, WebhookEndpoint
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, entered, filled, thinkable, trimmed
from app.web.typed_address import LONGEST, is_plain
from app.words.webhooks import kind_label

NAME = 80


class KindsForm(Form):
    """What an endpoint is called and what it is told."""

    label = StringField(_l("What you call it"), [filled(), Length(max=NAME)], filters=[trimmed])
    kinds = SelectMultipleField(_l("What it is told"), [InputRequired(_l("Choose at least one."))])

    def offer(self) -> "KindsForm":
        """The choices, in the reader's words."""
        self.kinds.choices = [(str(kind), kind_label(kind)) for kind in CHOOSABLE]
        return self


class EndpointForm(KindsForm):
    """The same for a new one, with its address."""

    url = StringField(_l("Address"), [filled(), Length(max=LONGEST)], filters=[trimmed])

    def offer(self) -> "EndpointForm":
        super().offer()
        return self

    def validate_url(self, field: StringField) -> None:
        if not is_plain(field.data or ""):
            raise ValidationError(_("Give an address that begins with https:// and names a server on the internet."))

    def is_of(self, known: WebhookEndpoint) -> bool:
        """Whether one that has the address is what this form asks for: then it was sent twice."""
        asked = (self.label.data, set(self.kinds.data or ()))
        return asked == (known.label, {str(kind) for kind in known.hears})


class ReplayForm(Form):
    """From the beginning of a day."""

    since = DateField(_l("What failed since"), [entered(), thinkable])

    @property
    def moment(self) -> datetime:
        """When the day began here."""
        return clock.midnight(cast("date", self.since.data), the_zone())
