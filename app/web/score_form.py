"""The form with the rules of the score: what is typed travels in it until it is published, and is kept nowhere."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length, NumberRange

from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.scoring.ruleset import KindRule, Ruleset
from app.language import gettext as _
from app.language import lazy_gettext, ngettext
from app.web.forms import Form, NumberField, entered, trimmed

MOST_POINTS = 1_000
ALL, TODAY = "all", "today"


def _days() -> list[tuple[str, str]]:
    few = [(str(days), ngettext("%(num)d day", "%(num)d days", days)) for days in range(1, 7)]
    return [("", _("every day")), *few]


class ScoreForm(Form):
    """Three fields for each kind, made for the kinds that there are; the rest is the same for all."""

    half_life_days = NumberField(
        lazy_gettext("Half-life in days"),
        validators=[entered(), NumberRange(0.5, 730, lazy_gettext("Choose a number between 0.5 and 730."))],
        render_kw={"min": 0.5},
    )
    unknown_points = IntegerField(
        lazy_gettext("Points of signals that nobody has mapped yet"), validators=[entered(), NumberRange(0, 100)]
    )
    s50 = NumberField(lazy_gettext("Points that read as 50 of 100"), validators=[entered(), NumberRange(1, 10_000)])
    fan_from = NumberField(lazy_gettext("Fan from a score of"), validators=[entered(), NumberRange(1, 99)])
    fan_until = NumberField(lazy_gettext("Fan until below"), validators=[entered(), NumberRange(1, 99)])
    note = StringField(lazy_gettext("Why do you change this?"), filters=[trimmed], validators=[Length(max=300)])
    when = RadioField(lazy_gettext("From when does it count?"), default=ALL)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(*args, **kwargs)
        for field in self:
            if isinstance(field, SelectField):
                field.choices = _days()
        self.when.choices = [
            (ALL, _("Count everything anew: the past as well")),
            (TODAY, _("From today: what happened before keeps its points")),
        ]

    def validate_fan_until(self, field: Field) -> None:
        if field.data is not None and self.fan_from.data is not None and field.data > self.fan_from.data:
            raise ValidationError(_("Somebody stops being a fan at a score at or below where they became one."))

    def has_note(self) -> bool:
        """Whoever publishes says why: colleagues read it beside the version."""
        if not self.note.data:
            self.note.errors = [_("Say why, so that everybody can read it beside the version.")]
        return bool(self.note.data)

    def rows(self, kinds: Sequence[TouchpointKind]) -> list[tuple[TouchpointKind, Field, Field, Field]]:
        """Each kind with its points, its days a week, and whether it is strong."""
        names = [(kind, slug(kind.code)) for kind in kinds]
        return [(kind, self[f"points-{of}"], self[f"days-{of}"], self[f"strong-{of}"]) for kind, of in names]

    def ruleset(self, kinds: Sequence[TouchpointKind], present: Ruleset) -> Ruleset:
        """The rules as typed; a kind that has none of its own keeps having none until something is said of it."""
        typed = {
            kind.code: KindRule(points.data, int(days.data) if days.data else None, bool(strong.data))
            for kind, points, days, strong in self.rows(kinds)
        }
        own = {c: rule for c, rule in typed.items() if c in present.kinds or rule != present.rule(c)}
        return Ruleset(
            self.half_life_days.data or 0,
            self.s50.data or 0,
            {**present.kinds, **own},
            self.unknown_points.data or 0,
            self.fan_from.data or 0,
            self.fan_until.data or 0,
        )


def slug(code: str) -> str:
    """A name for the fields of a kind: a source may have called it anything."""
    return f"{crc32(code.encode()):08x}"


def score_form(kinds: Sequence[TouchpointKind], present: Ruleset, sent: MultiDict[str, str] | None) -> ScoreForm:
    """The form for these kinds, filled with what was sent, else with the rules given."""
    fields: dict[str, object] = {}
    for kind in kinds:
        allowed = [entered(), NumberRange(0, MOST_POINTS)]
        fields[f"points-{slug(kind.code)}"] = NumberField(_("Points"), validators=allowed)
        fields[f"days-{slug(kind.code)}"] = SelectField(_("Counts at most"))
        fields[f"strong-{slug(kind.code)}"] = BooleanField(_("Strong"))
    made: type[ScoreForm] = type("ScoreForm", (ScoreForm,), fields)
    return made(sent, data=_data(kinds, present))


def _data(kinds: Sequence[TouchpointKind], present: Ruleset) -> Mapping[str, object]:
    data: dict[str, object] = {
        name: getattr(present, name) for name in ("half_life_days", "unknown_points", "s50", "fan_from", "fan_until")
    }
    for kind in kinds:
        rule = present.rule(kind.code)
        data[f"points-{slug(kind.code)}"] = rule.points
        data[f"days-{slug(kind.code)}"] = "" if rule.week_days in (None, 7) else str(rule.week_days)
        data[f"strong-{slug(kind.code)}"] = rule.strong
    return data
