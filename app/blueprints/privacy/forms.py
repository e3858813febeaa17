"""The form of the privacy terms."""

from wtforms import IntegerField, StringField, TextAreaField, ValidationError
from wtforms.fields import Field
from wtforms.validators import Length, NumberRange

from app.domain.candidates.privacy_terms import Terms
from app.language import gettext as _
from app.language import lazy_gettext
from app.web.forms import Form, entered, mail_address, stripped, trimmed

LONGEST_YEARS = 10


def _days(most: int) -> NumberRange:
    return NumberRange(7, most)


class TermsForm(Form):
    """How long we keep what we know, and what candidates read before they say yes."""

    applicant_days = IntegerField(lazy_gettext("Who only applied, in days"), validators=[entered(), _days(365)])
    pool_days = IntegerField(
        lazy_gettext("Who consented to the talent pool, in days"), validators=[entered(), _days(1095)]
    )
    registered_days = IntegerField(lazy_gettext("Who is registered, in days"), validators=[entered(), _days(1826)])
    placed_years = IntegerField(
        lazy_gettext("Who worked for you, in full years after the work ended"),
        validators=[entered(), NumberRange(1, LONGEST_YEARS)],
    )
    text_nl = TextAreaField(
        lazy_gettext("Text of the consent in Dutch"), filters=[stripped], validators=[Length(max=4000)]
    )
    text_en = TextAreaField(
        lazy_gettext("Text of the consent in English"), filters=[stripped], validators=[Length(max=4000)]
    )
    statement_url = StringField(lazy_gettext("Your privacy statement"), filters=[trimmed], validators=[Length(max=300)])
    contact = StringField(
        lazy_gettext("Mail address for questions about privacy"),
        filters=[trimmed],
        validators=[Length(max=254), mail_address],
    )

    def validate_statement_url(self, field: Field) -> None:
        if field.data and not field.data.startswith("https://"):
            raise ValidationError(_("This must be an address that begins with https://."))

    @property
    def terms(self) -> Terms:
        return Terms(**self.data)
