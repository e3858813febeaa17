"""The form with everything that we know of a candidate by hand: name, work, place, labels and who looks after them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, NumberRange, Optional

from app.domain.agency.person import Person
from app.domain.candidates.candidate import MOST_HOURS, MOST_KM, Candidate, Facts, Stage
from app.domain.candidates.importing.cells import joined, listed
from app.domain.candidates.label import LONGEST, MOST, LabelKind, Told
from app.domain.candidates.registration import Labels
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.web.careful import CarefulForm, careful
from app.web.forms import filled, stripped, trimmed
from app.words.candidates import stage_label

LABELS = {LabelKind.SKILL: "skills", LabelKind.CERTIFICATE: "certificates", LabelKind.TAG: "tags"}


def names(_form: CarefulForm, field: Field) -> None:
    """Names with a semicolon between them, a certificate with the last day on which it is valid."""
    try:
        told = listed(field.data or "")
    except ValueError:
        raise ValidationError(_("Write the last day as 31-12-2027.")) from None
    if len(told) > MOST or any(not 0 < len(name) <= LONGEST for name in told):
        raise ValidationError(_("At most 50 names of 60 characters each, with a semicolon between them."))


class EditForm(CarefulForm):
    """What we know of a candidate."""

    name = StringField(_l("Name"), [filled(), Length(max=160)], filters=[trimmed])
    given_name = StringField(_l("Given name"), [Length(max=80)], filters=[trimmed])
    prefix = StringField(_l("Prefix"), [Length(max=40)], filters=[trimmed])
    family_name = StringField(_l("Family name"), [Length(max=80)], filters=[trimmed])
    role_sought = StringField(_l("Role sought"), [Length(max=120)], filters=[trimmed])
    aspiration = TextAreaField(_l("Where do they want to go?"), [Length(max=500), careful], filters=[stripped])
    region = StringField(_l("Region"), [Length(max=80)], filters=[trimmed])
    travel_km = IntegerField(_l("Travels up to (km)"), [Optional(), NumberRange(0, MOST_KM)])
    available_from = DateField(_l("Available from"), [Optional()])
    hours_week = IntegerField(_l("Hours a week"), [Optional(), NumberRange(0, MOST_HOURS)])
    skills = StringField(_l("Skills"), [Length(max=2000), names], filters=[trimmed])
    certificates = StringField(_l("Certificates"), [Length(max=2000), names], filters=[trimmed])
    tags = StringField(_l("Tags"), [Length(max=2000), names], filters=[trimmed])
    stage = SelectField(_l("Stage"))
    stage_reason = StringField(_l("Why this stage?"), [Length(max=200), careful], filters=[trimmed])
    owner = SelectField(_l("Owner"))
    language = SelectField(_l("Language"), default="")
    origin = StringField(_l("Origin"), [Length(max=80)], filters=[trimmed])
    external_id = StringField(_l("Number in your own system"), [Length(max=120)], filters=[trimmed])

    def offer(self, owners: list[Person]) -> "EditForm":
        """The choices, in the reader's words."""
        self.stage.choices = [(str(stage), stage_label(stage)) for stage in Stage]
        self.owner.choices = [("", _("nobody yet")), *((str(person.id), person.name) for person in owners)]
        self.language.choices = [("", _("unknown")), ("nl", "Nederlands"), ("en", "English")]
        return self

    def facts(self) -> Facts:
        """What was typed of the candidate's own row."""
        return Facts(
            name=self.name.data or "",
            given_name=self.given_name.data or "",
            prefix=self.prefix.data or "",
            family_name=self.family_name.data or "",
            role_sought=self.role_sought.data or "",
            aspiration=self.aspiration.data or "",
            region=self.region.data or "",
            travel_km=self.travel_km.data,
            available_from=self.available_from.data,
            hours_week=self.hours_week.data,
            stage=Stage(self.stage.data),
            origin=self.origin.data or "",
            external_id=self.external_id.data or None,
            owner_id=int(self.owner.data) if self.owner.data else None,
            language=self.language.data or None,
        )

    def labels(self) -> Labels:
        """What was typed of each kind."""
        return {kind: listed(self[name].data or "") for kind, name in LABELS.items()}


def filled_in(row: Candidate, told: Iterable[Told]) -> dict[str, Any]:
    """What the form holds before anybody types, besides what stands on the candidate's own row."""
    kept: dict[LabelKind, dict[str, date | None]] = {kind: {} for kind in LABELS}
    for each in told:
        kept[each.kind][each.name] = each.until
    return {name: joined(kept[kind]) for kind, name in LABELS.items()} | {"owner": str(row.owner_id or "")}
