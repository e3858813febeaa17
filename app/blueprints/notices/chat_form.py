"""The form in which the address of a chat is pasted."""

from typing import Any

from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import Length

from app.domain.notices import chat_address
from app.domain.notices.chat_address import NotAllowed
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, trimmed

OWN, ALL = "own", "all"


class ChatForm(Form):
    """`whose` is "own", "all", or the number of a team; `chosen` are those that this person may take."""

    label = StringField(_l("What you call it"), filters=[trimmed], validators=[filled(), Length(max=80)])
    address = StringField(_l("Address"), filters=[trimmed], validators=[filled(), Length(max=chat_address.LONGEST)])
    whose = SelectField(_l("For whom"), default=OWN)

    def __init__(self, *args: Any, chosen: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.whose.choices = list(chosen.items())

    def validate_address(self, field: StringField) -> None:
        try:
            chat_address.read(field.data or "")
        except NotAllowed as reason:
            raise ValidationError(
                _("This is no address of a chat that we know. Copy it whole, as it is shown there.")
            ) from reason

    @property
    def team_id(self) -> int | None:
        return int(self.whose.data) if self.whose.data not in {OWN, ALL} else None
