"""What is told and taken of a candidate."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.blueprints.api.fields import Body, Lines, Moment, Number, Text
from app.blueprints.api.paging import PageBody
from app.domain.candidates import sensitive
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import MOST_HOURS, MOST_KM, Stage
from app.domain.candidates.label import LONGEST, MOST
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.forms import THINKABLE
from app.words.reach import warning

LANGUAGES = ("nl", "en")
BESIDE = frozenset({"save_anyway", "stage_reason"})
"""What says more of a change, and is none."""
TOO_MANY = _l("These are too many.")
REACHABLE = [str(channel) for channel in Channel if channel != Channel.IN_APP]


def one_of(values: list[str]) -> validate.OneOf:
    """Only these."""
    return validate.OneOf(values, error=_l("This is none of: {choices}."))


def thinkable(day: date) -> None:
    """A day of this century."""
    if day.year not in THINKABLE:
        raise ValidationError(_("Choose a day of this century."))


class CarefulBody(Body):
    """With notes in which nobody writes down what an agency never asks, unless they say so."""

    NOTES: tuple[str, ...] = ()

    save_anyway = fields.Boolean(
        load_default=False,
        metadata={"description": _l("Keep a note about health, origin or religion.")},
    )

    @validates_schema
    def _careful(self, data: Mapping[str, Any], **_how: object) -> None:
        if data.get("save_anyway"):
            return
        found = {name: warning(told) for name in self.NOTES if (told := sensitive.found(data.get(name) or ""))}
        if found:
            raise ValidationError(found)


class LabelBody(Body):
    """A skill, a certificate or a tag; `until` is the last day on which a certificate is valid."""

    name = Text(LONGEST, required=True, validate=validate.Length(1, LONGEST, error=_l("This is too long.")))
    until = fields.Date(load_default=None, allow_none=True, validate=thinkable)


class LabelsBody(Body):
    """The labels of each kind; a kind that is left out stays as it is."""

    skill = fields.List(fields.Nested(LabelBody), validate=validate.Length(max=MOST, error=TOO_MANY))
    certificate = fields.List(fields.Nested(LabelBody), validate=validate.Length(max=MOST, error=TOO_MANY))
    tag = fields.List(fields.Nested(LabelBody), validate=validate.Length(max=MOST, error=TOO_MANY))


class CandidateBody(CarefulBody):
    """What is told of a candidate."""

    given_name = Text(80)
    prefix = Text(40)
    family_name = Text(80)
    role_sought = Text(120)
    aspiration = Lines(500)
    region = Text(80)
    travel_km = Number(0, MOST_KM, allow_none=True)
    available_from = fields.Date(allow_none=True, validate=thinkable)
    hours_week = Number(0, MOST_HOURS, allow_none=True)
    stage = fields.String(validate=one_of([str(stage) for stage in Stage]))
    origin = Text(80)
    external_id = Text(120, allow_none=True)
    owner_id = Number(1, allow_none=True)
    language = fields.String(allow_none=True, validate=one_of([*LANGUAGES]))
    labels = fields.Nested(LabelsBody)


class CandidateChange(CandidateBody):
    """What is to be another; what is left out stays as it is."""

    NOTES = ("aspiration", "stage_reason")

    name = Text(160, validate=validate.Length(1, 160, error=_l("This is empty or too long.")))
    stage_reason = Text(200)

    @validates_schema
    def _changing(self, data: Mapping[str, Any], **_how: object) -> None:
        if not any(name not in BESIDE for name, value in data.items() if value != {}):
            raise ValidationError(_("Name what is to be another."))


class NewIdentity(Body):
    """One way to reach a candidate."""

    channel = fields.String(required=True, validate=one_of(REACHABLE))
    address = Text(254, required=True)


class NewCandidate(CandidateBody):
    """Somebody new: a name, and how to reach them; not `anyway` where somebody with that address is known."""

    NOTES = ("aspiration",)

    name = Text(160, required=True, validate=validate.Length(1, 160, error=_l("This is empty or too long.")))
    anyway = fields.Boolean(load_default=False)
    identities = fields.List(
        fields.Nested(NewIdentity), load_default=list, validate=validate.Length(max=10, error=TOO_MANY)
    )


class CandidatesAsked(PageBody):
    """Which candidates."""

    external_id = Text(120, load_default="")
    owner_id = Number(1, strict=False, load_default=None)
    stage = fields.String(load_default=None, validate=one_of([str(stage) for stage in Stage]))
    updated_since = Moment(
        load_default=None,
        metadata={"description": _l("Only those of whom something was changed from this moment on; also who is gone.")},
    )


class LabelTold(Schema):
    """A label as it is told."""

    kind = fields.String()
    name = fields.String()
    until = fields.Date(allow_none=True)


class CandidateTold(Schema):
    """A candidate; `score` is their engagement from 0 to 100, or nothing while they did nothing.

    Of one who is `gone` there are no more than `id`, `updated_at` and, when merged, `merged_into_id`.
    """

    id = fields.Integer()
    name = fields.String()
    given_name = fields.String()
    prefix = fields.String()
    family_name = fields.String()
    role_sought = fields.String()
    aspiration = fields.String()
    region = fields.String()
    travel_km = fields.Integer(allow_none=True)
    available_from = fields.Date(allow_none=True)
    hours_week = fields.Integer(allow_none=True)
    stage = fields.String()
    origin = fields.String()
    external_id = fields.String(allow_none=True)
    owner_id = fields.Integer(allow_none=True)
    branch_id = fields.Integer(allow_none=True)
    language = fields.String(allow_none=True)
    score = fields.Integer(allow_none=True)
    labels = fields.List(fields.Nested(LabelTold))
    do_not_contact_at = Moment(allow_none=True)
    registered_at = Moment()
    updated_at = Moment()
    gone = fields.String()
    merged_into_id = fields.Integer()


class IdentityTold(Schema):
    """A way to reach a candidate, and what is known of it."""

    id = fields.Integer()
    channel = fields.String()
    address = fields.String()
    state = fields.String()
    state_at = Moment(allow_none=True)
    added_at = Moment()


class IdentityState(Body):
    """What is known of an address now."""

    state = fields.String(required=True, validate=one_of(["verified", "invalid", "opted_out"]))


class WishBody(CarefulBody):
    """How a candidate wants to be reached; `days` are ISO weekdays, the minutes count from midnight."""

    NOTES = ("note",)

    channels = fields.List(
        fields.String(validate=one_of(REACHABLE)),
        required=True,
        validate=validate.Length(1, len(REACHABLE), error=_l("Name one channel or more, each once.")),
    )
    days = fields.String(
        load_default="",
        validate=validate.Regexp(r"^1?2?3?4?5?6?7?\Z", error=_l("These are ISO weekdays in their order, as 12345.")),
    )
    from_minute = Number(0, 1439, load_default=None, allow_none=True)
    until_minute = Number(0, 1440, load_default=None, allow_none=True)
    language = fields.String(load_default=None, allow_none=True, validate=one_of([*LANGUAGES]))
    no_voicemail = fields.Boolean(load_default=False)
    arrangement = fields.String(load_default="")
    note = Text(300, load_default="")
    said_by = fields.String(load_default="recruiter", validate=one_of(["candidate", "recruiter"]))


class WishTold(Schema):
    """What a candidate wishes for one purpose."""

    purpose = fields.String()
    channels = fields.List(fields.String())
    days = fields.String()
    from_minute = fields.Integer(allow_none=True)
    until_minute = fields.Integer(allow_none=True)
    language = fields.String(allow_none=True)
    no_voicemail = fields.Boolean()
    arrangement = fields.String()
    note = fields.String()
    said_by = fields.String()
    recorded_at = Moment()
