"""Forms about the program that both the setup and the settings show."""

from collections.abc import Collection, Sequence
from datetime import date, time
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from wtforms import (
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, NumberRange, Optional

from app.domain.agency.person import Person, by_email
from app.domain.program import absence
from app.domain.program.action_kind import MOST_POINTS, ActionKind
from app.domain.program.block import DAY_MINUTES
from app.domain.program.founding import Council
from app.domain.program.placing import WeeklyTime
from app.domain.program.reserving import Time
from app.language import gettext as _
from app.language import lazy_gettext
from app.web.forms import Form, PictureField, entered, mail_address, stripped, trimmed
from app.words.program import kind_label, weekday_name

NOBODY, SOMEBODY_NEW = 0, -1
SHORTEST, LONGEST = 15, 180
CENTURY = 20


class CouncilForm(Form):
    """What the works council said, and why when there is none."""

    council = RadioField(lazy_gettext("Does the works council agree?"), filters=[lambda chosen: chosen or None])
    council_reason = StringField(lazy_gettext("Why there is none"), filters=[trimmed], validators=[Length(max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.council.choices = [
            (Council.AGREED, _("The works council agrees")),
            (Council.NONE, _("We have no works council")),
            (Council.NOT_YET, _("Not yet")),
        ]

    def validate_council_reason(self, field: Field) -> None:
        if self.council.data == Council.NONE and not field.data:
            raise ValidationError(_("Say why, for instance: fewer than 50 people work here."))


class SponsorForm(Form):
    """Who the executive sponsor is: somebody who is known here, or somebody new who is invited."""

    sponsor = SelectField(lazy_gettext("Who is the executive sponsor?"), coerce=int)
    sponsor_name = StringField(lazy_gettext("Name of somebody new"), filters=[trimmed], validators=[Length(max=120)])
    sponsor_email = StringField(
        lazy_gettext("Their mail address"), filters=[trimmed], validators=[Length(max=254), mail_address]
    )
    photo = PictureField(lazy_gettext("Photo"))
    message = TextAreaField(lazy_gettext("Message to everybody"), filters=[stripped], validators=[Length(max=1000)])

    def offer(self, people: Sequence[Person]) -> None:
        """Offer these people as sponsor."""
        known = [(person.id, person.name) for person in people]
        self.sponsor.choices = [(NOBODY, _("Nobody yet")), *known, (SOMEBODY_NEW, _("Somebody new"))]

    def validate_sponsor_name(self, field: Field) -> None:
        if self.sponsor.data == SOMEBODY_NEW and not field.data:
            raise ValidationError(_("Fill in the name of the sponsor."))

    def validate_sponsor_email(self, field: Field) -> None:
        if self.sponsor.data != SOMEBODY_NEW:
            return
        if not field.data:
            raise ValidationError(_("Fill in the mail address: the invitation goes there."))
        if by_email(field.data):
            raise ValidationError(_("Somebody with this address is already here; choose them above."))


class WeeklyForm(Form):
    """A weekly time that is reserved, by the agency's wall clock."""

    weekday = RadioField(lazy_gettext("Day"), coerce=int)
    starts = TimeField(lazy_gettext("Begins at"), validators=[entered()])
    minutes = IntegerField(lazy_gettext("Length in minutes"), validators=[entered(), NumberRange(SHORTEST, LONGEST)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.weekday.choices = [(weekday, weekday_name(weekday)) for weekday in range(7)]

    def validate_minutes(self, field: Field) -> None:
        if field.data and self.start + field.data > DAY_MINUTES:
            raise ValidationError(_("The block must end before midnight."))

    @property
    def start(self) -> int:
        """The beginning in minutes past midnight."""
        starts = self.starts.data or time()
        return starts.hour * 60 + starts.minute

    @property
    def time(self) -> Time:
        """What was chosen."""
        return Time(self.weekday.data, self.start, self.minutes.data or 0)

    @staticmethod
    def facts(block: WeeklyTime) -> dict[str, object]:
        """The present time as the form shows it."""
        return {"weekday": block.weekday, "starts": time(*divmod(block.starts, 60)), "minutes": block.minutes}


class BlockForm(WeeklyForm):
    """The weekly time that is reserved for everybody, and the zone in which the agency lives."""

    timezone = SelectField(lazy_gettext("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        self.timezone.choices = [(name, name) for name in zones()]


def this_century(_form: PlainForm, field: Field) -> None:
    """A day that has neighbours; a slip of the keyboard has none."""
    if field.data and field.data.year // 100 != CENTURY:
        raise ValidationError(_("Use a day of this century."))


class DaysForm(Form):
    """The first and the last day off; without a last one it is one day."""

    first = DateField(lazy_gettext("First day"), validators=[entered()])
    last = DateField(lazy_gettext("Last day"), validators=[Optional()])

    def validate_last(self, field: Field) -> None:
        if not (field.data and self.first.data):
            return
        if field.data < self.first.data:
            raise ValidationError(_("The last day is before the first."))
        if (field.data - self.first.data).days >= absence.LONGEST:
            raise ValidationError(_("Use at most a year at a time."))

    @property
    def days(self) -> tuple[date, date]:
        """What was chosen."""
        first = self.first.data or date.min
        return first, self.last.data or first


@cache
def zones() -> Sequence[str]:
    """The time zones that a person may choose, by place."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))


class PointsForm(Form):
    """What each kind is worth: a field for every kind, made for the kinds that there are."""

    def chosen(self, kinds: Collection[ActionKind]) -> list[tuple[ActionKind, int]]:
        """Each kind with the points that were typed."""
        return [(kind, self[f"points-{kind.id}"].data) for kind in kinds]


def points_form(kinds: Collection[ActionKind]) -> type[PointsForm]:
    """The form for these kinds."""
    allowed = NumberRange(0, MOST_POINTS)
    fields = {f"points-{kind.id}": IntegerField(kind_label(kind), validators=[entered(), allowed]) for kind in kinds}
    return type("PointsForm", (PointsForm,), fields)
