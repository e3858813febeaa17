"""The forms with which administrators take something in hand."""

from wtforms import StringField
from wtforms.validators import Length

from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, trimmed


class EndForm(Form):
    """Why a message need not go out."""

    reason = StringField(_l("Why it need not go out"), filters=[trimmed], validators=[filled(), Length(max=200)])


class LiftForm(Form):
    """Which address is written to again."""

    address = StringField(filters=[trimmed], validators=[filled(), Length(max=254)])
