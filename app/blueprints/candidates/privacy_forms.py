"""The forms of a candidate's privacy page: what they said, and that they are to be forgotten."""

from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.fields import Field
from wtforms.validators import DataRequired

from app.domain.candidates.address import Channel
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.custody.erasure import Reason
from app.language import gettext as _
from app.language import lazy_gettext
from app.web.forms import Form
from app.words.candidates import channel_label
from app.words.privacy import purpose_label, reason_label, via_label

YES, NO = "yes", "no"
TOLD = (Via.RECRUITER, Via.FORM)


class ConsentForm(Form):
    """A yes or a no of a candidate, as they told it."""

    answer = RadioField(lazy_gettext("What did they say?"), default=YES)
    purpose = SelectField(lazy_gettext("About"), default=ConsentPurpose.POOL)
    channel = SelectField(lazy_gettext("Channel"), default="")
    via = SelectField(lazy_gettext("How do you know?"), default=Via.RECRUITER)

    def offer(self) -> "ConsentForm":
        """The choices, in the reader's words."""
        self.answer.choices = [(YES, _("Yes, they may")), (NO, _("No, not any more"))]
        self.purpose.choices = [(str(each), purpose_label(each)) for each in ConsentPurpose]
        self.channel.choices = [("", _("all channels")), *((str(each), channel_label(each)) for each in Channel)]
        self.via.choices = [(str(each), via_label(each)) for each in TOLD]
        return self

    def validate_channel(self, field: Field) -> None:
        if field.data and self.purpose.data != ConsentPurpose.CONTACT:
            raise ValidationError(_("A channel belongs to being contacted only."))

    @property
    def of_channel(self) -> Channel | None:
        return Channel(self.channel.data) if self.channel.data else None


class ErasureForm(Form):
    """What cannot be undone is asked twice."""

    reason = RadioField(lazy_gettext("Why?"), default=Reason.ASKED)
    sure = BooleanField(
        lazy_gettext("I know that this cannot be undone"),
        validators=[DataRequired(lazy_gettext("Tick this first: nobody can bring back what is erased."))],
    )

    def offer(self) -> "ErasureForm":
        """The choices, in the reader's words."""
        self.reason.choices = [(str(each), reason_label(each)) for each in Reason]
        return self
