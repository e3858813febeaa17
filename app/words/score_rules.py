"""Words for the rules of the score: what a kind gives, what changed between two versions, how long counting takes."""

import math
from collections.abc import Mapping, Sequence

from app.domain.journey import touchpoint_kind
from app.domain.journey.touchpoint_kind import TouchpointKind
from app.domain.scoring.ruleset import KindRule, Ruleset
from app.domain.scoring.score_check import ScoreCheck
from app.domain.scoring.versions import VALUES, Change, Standing
from app.language import decimal, ngettext
from app.language import gettext as _
from app.words.score import kind_label


def rule_sentence(rule: KindRule) -> str:
    """As "4 punten, hooguit 3 dagen per week"."""
    points = decimal(rule.points)
    told = [_("1 point") if rule.points == 1 else _("%(points)s points", points=points)]
    if rule.week_days is not None:
        told.append(ngettext("at most %(num)d day a week", "at most %(num)d days a week", rule.week_days))
    if rule.strong:
        told.append(_("strong"))
    return ", ".join(told)


def rule_facts(rules: Ruleset, kinds: Sequence[TouchpointKind]) -> list[tuple[str, str]]:
    """The rules as terms with their meaning, for who may look and not change."""
    values = [(_value_name(name), decimal(getattr(rules, name))) for name in VALUES]
    return [*((kind_label(kind), rule_sentence(rules.rule(kind.code))) for kind in kinds), *values]


def change_sentence(change: Change, kinds: Mapping[str, TouchpointKind]) -> str:
    """As "Formulier ingevuld: van 30 punten naar 25 punten"."""
    before, after = _told(change.before), _told(change.after)
    kind = kinds.get(change.kind or "")
    what = kind_label(kind) if kind else change.kind or _value_name(change.name)
    return _("%(what)s: from %(before)s to %(after)s", what=what, before=before, after=after)


def _told(value: KindRule | float) -> str:
    return rule_sentence(value) if isinstance(value, KindRule) else decimal(value)


def _value_name(name: str) -> str:
    return {
        "half_life_days": _("Half-life in days"),
        "s50": _("Points that read as 50 of 100"),
        "unknown_points": _("Points of signals that nobody has mapped yet"),
        "fan_from": _("Fan from a score of"),
        "fan_until": _("Fan until below"),
    }[name]


def too_strong(code: str) -> str:
    """Why rules cannot be published: one day of one kind would be enough."""
    kind = touchpoint_kind.named([code]).get(code)
    what = kind_label(kind) if kind else code
    return _("With these rules %(what)s alone makes a fan. Give it fewer points, or raise the threshold.", what=what)


def standing_label(standing: Standing) -> str:
    """What a version is now."""
    return {
        Standing.LIVE: _("counts now"),
        Standing.BUILDING: _("being counted"),
        Standing.EARLIER: _("earlier"),
        Standing.GIVEN_UP: _("stopped"),
    }[standing]


def standing_tone(standing: Standing) -> str:
    """The tone of its chip."""
    return {Standing.LIVE: "ok", Standing.BUILDING: "info"}.get(standing, "")


def duration(seconds: float) -> str:
    """How long counting everything anew takes, by and large."""
    minutes = math.ceil(seconds / 60)
    if minutes <= 1:
        return _("less than a minute")
    return ngettext("about %(num)d minute", "about %(num)d minutes", minutes)


def check_sentence(check: ScoreCheck) -> str:
    """What the nightly check found."""
    if not check.differing:
        return ngettext(
            "%(num)d score was counted anew and was right.",
            "%(num)d scores were counted anew and all were right.",
            check.sampled,
        )
    return ngettext(
        "%(num)d score differs from what it should be. Ask whoever runs Fanfare to look at it.",
        "%(num)d scores differ from what they should be. Ask whoever runs Fanfare to look at it.",
        check.differing,
    )
