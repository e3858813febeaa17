"""What is said to everybody: why a competition is cancelled, and what is to be read beside its rules."""

from wtforms import TextAreaField
from wtforms.validators import Length

from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, stripped


class CancelForm(Form):
    """Whoever takes part reads the reason."""

    reason = TextAreaField(_l("Why"), filters=[stripped], validators=[filled(), Length(max=300)])


class AmendmentForm(Form):
    """It stays beside the rules and changes nothing of them."""

    text = TextAreaField(_l("What has to be said"), filters=[stripped], validators=[filled(), Length(max=1000)])
