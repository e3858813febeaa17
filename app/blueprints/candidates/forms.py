"""The forms of the candidates' pages."""

from enum import StrEnum
from typing import TypeVar

from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length, Optional

from app.domain.agency.person import Person
from app.domain.candidates.address import Channel, Unreachable, normalise, recognise
from app.domain.candidates.candidate import Candidate, Facts, Stage
from app.domain.candidates.pool import Order, Owned
from app.domain.candidates.preference import SaidBy
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import Form, filled, trimmed
from app.words.candidates import channel_label, said_by_label, stage_label

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(kind: type[Choice], value: str, default: Choice) -> Choice:
    """A choice from an address, where anything can be typed."""
    return kind(value) if value in set(kind) else default


def order_label(order: Order) -> str:
    return {Order.NAME: _("Name"), Order.NEWEST: _("Newest first"), Order.WARMEST: _("Warmest first")}[order]


def owned_label(owned: Owned) -> str:
    return {Owned.ALL: _("Everybody"), Owned.MINE: _("Mine"), Owned.NOBODY: _("Nobody's yet")}[owned]


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


class EditForm(Form):
    """What we know of a candidate."""

    name = StringField(_l("Name"), [filled(), Length(max=160)], filters=[trimmed])
    role_sought = StringField(_l("Role sought"), [Length(max=120)], filters=[trimmed])
    region = StringField(_l("Region"), [Length(max=80)], filters=[trimmed])
    stage = SelectField(_l("Stage"))
    owner = SelectField(_l("Owner"))
    origin = StringField(_l("Origin"), [Length(max=80)], filters=[trimmed])
    external_id = StringField(_l("Number in your own system"), [Optional(), Length(max=120)], filters=[trimmed])

    def offer(self, owners: list[Person]) -> "EditForm":
        """The choices, in the reader's words."""
        self.stage.choices = [(str(stage), stage_label(stage)) for stage in Stage]
        self.owner.choices = [("", _("nobody yet")), *((str(person.id), person.name) for person in owners)]
        return self

    def facts(self, candidate: Candidate) -> Facts:
        return Facts(
            name=self.name.data or "",
            given_name=candidate.given_name,
            role_sought=self.role_sought.data or "",
            region=self.region.data or "",
            stage=Stage(self.stage.data),
            origin=self.origin.data or "",
            external_id=self.external_id.data or None,
            owner_id=int(self.owner.data) if self.owner.data else None,
        )


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


class PreferenceForm(Form):
    """How a candidate likes to be reached, and who said so."""

    channel = SelectField(_l("Preferred channel"), id="preferred-channel")
    said_by = RadioField(_l("Who says so?"), default=str(SaidBy.CANDIDATE))

    def offer(self, channels: list[Channel]) -> "PreferenceForm":
        self.channel.choices = [(str(channel), channel_label(channel)) for channel in channels]
        self.said_by.choices = [(str(who), said_by_label(who)) for who in (SaidBy.CANDIDATE, SaidBy.RECRUITER)]
        return self
