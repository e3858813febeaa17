"""The forms of the candidates' pages."""

from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length

from app.domain.candidates import crm_id
from app.domain.candidates.address import Channel, Unreachable, normalise, recognise
from app.domain.candidates.crm_id import Crm, Improper
from app.domain.candidates.preference import SaidBy
from app.domain.candidates.segment import LONGEST_NAME
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, trimmed
from app.words.candidates import channel_label, said_by_label
from app.words.vendors import crm_name, crm_refusal


class NewForm(Form):
    """A candidate in three fields."""

    name = StringField(_l("Name"), [filled(), Length(max=160)], filters=[trimmed])
    reach = StringField(_l("Phone or mail"), [filled(), Length(max=254)], filters=[trimmed])
    role_sought = StringField(_l("Role sought"), [Length(max=120)], filters=[trimmed])
    anyway = BooleanField(_l("This is somebody else; add them as well"))

    def validate_reach(self, field: StringField) -> None:
        try:
            recognise(field.data or "")
        except Unreachable:
            raise ValidationError(_("This is neither a phone number nor a mail address.")) from None


class SegmentForm(Form):
    """A name for a question to the pool, and for whom it is."""

    name = StringField(_l("Name of the segment"), [filled(), Length(max=LONGEST_NAME)], filters=[trimmed])
    shared = BooleanField(_l("Everybody may use it"))


class AddressForm(Form):
    """One more way to reach a candidate."""

    channel = SelectField(_l("Channel"))
    address = StringField(_l("Number or address"), [filled(), Length(max=254)], filters=[trimmed])

    def offer(self) -> "AddressForm":
        reachable = [channel for channel in Channel if channel != Channel.IN_APP]
        self.channel.choices = [(str(channel), channel_label(channel)) for channel in reachable]
        return self

    def validate_address(self, field: StringField) -> None:
        try:
            normalise(Channel(self.channel.data), field.data or "")
        except Unreachable:
            raise ValidationError(_("Nobody can be reached there: check the number or address.")) from None
        except ValueError:
            return


class CrmIdForm(Form):
    """A number that another system gave somebody."""

    crm = SelectField(_l("System"))
    number = StringField(_l("Number"), [filled()], filters=[trimmed])

    def offer(self) -> "CrmIdForm":
        """With the systems that number people."""
        self.crm.choices = [(str(each), crm_name(each)) for each in Crm]
        return self

    def validate_number(self, field: StringField) -> None:
        try:
            crm_id.proper(field.data or "", Crm(self.crm.data))
        except Improper as why:
            raise ValidationError(crm_refusal(why)) from None
        except ValueError:
            return


class PreferenceForm(Form):
    """How a candidate likes to be reached, and who said so."""

    channel = SelectField(_l("Preferred channel"), id="preferred-channel")
    said_by = RadioField(_l("Who says so?"), default=str(SaidBy.CANDIDATE))

    def offer(self, channels: list[Channel]) -> "PreferenceForm":
        self.channel.choices = [(str(channel), channel_label(channel)) for channel in channels]
        self.said_by.choices = [(str(who), said_by_label(who)) for who in (SaidBy.CANDIDATE, SaidBy.RECRUITER)]
        return self
