"""What is said where two candidates may be one: why we think so, their facts side by side, what cannot be done."""

from collections.abc import Iterator
from datetime import date

from app.domain.custody import choice
from app.domain.custody.comparison import Profile
from app.domain.custody.likeness import Reason
from app.domain.custody.merge import Why
from app.language import day_and_month, ngettext
from app.language import gettext as _
from app.words.candidates import stage_label

SURE, LIKELY = 95, 85


def reason_label(reason: Reason | str) -> str:
    """What two candidates have in common."""
    return {
        Reason.EXTERNAL_ID: _("the same number in your own system"),
        Reason.EMAIL: _("the same mail address"),
        Reason.PHONE: _("the same phone number"),
        Reason.NAME: _("nearly the same name"),
    }[Reason(reason)]


def likeness_label(likeness: int) -> str:
    """How likely it is that two are one."""
    if likeness >= SURE:
        return _("very likely")
    return _("likely") if likeness >= LIKELY else _("possible")


def fact_label(fact: str) -> str:
    """What a fact of a candidate is called."""
    return {
        "name": _("Name"),
        "role_sought": _("Role sought"),
        "aspiration": _("Where they want to go"),
        "region": _("Region"),
        "travel_km": _("Travels at most"),
        "available_from": _("Available from"),
        "hours_week": _("Hours a week"),
        "stage": _("Stage"),
        "origin": _("Origin"),
        "external_id": _("Number in your own system"),
        "owner": _("Owner"),
        "language": _("Language"),
        "referred_by": _("Referred by"),
    }[fact]


def fact_text(profile: Profile, fact: str) -> str:
    """A fact as it reads; empty when it is not told."""
    value = choice.told(profile.candidate, fact)
    if value is None:
        return ""
    return {"owner": profile.owner, "referred_by": profile.referred_by}.get(fact) or _text(fact, value)


def facts(kept: Profile, other: Profile) -> Iterator[tuple[str, str, str]]:
    """Each fact that one of the two has, with its two texts."""
    for fact in choice.FACTS:
        texts = fact_text(kept, fact), fact_text(other, fact)
        if any(texts):
            yield fact, *texts


def _text(fact: str, value: object) -> str:
    if fact == "stage":
        return stage_label(str(value))
    if isinstance(value, date):
        return f"{day_and_month(value)} {value.year}"
    if isinstance(value, int):
        told = {"travel_km": _("%(num)s km", num=value), "hours_week": ngettext("%(num)d hour", "%(num)d hours", value)}
        return told[fact]
    return {"nl": _("Dutch"), "en": _("English")}.get(str(value), str(value)) if fact == "language" else str(value)


def refusal_sentence(why: Why) -> str:
    """Why a merge, or its undo, did not happen."""
    return {
        Why.GONE: _("One of the two was merged or removed meanwhile. Nothing was changed."),
        Why.UNDONE: _("This merge was undone before."),
        Why.TOO_LATE: _("A merge can be undone for 30 days; that time is over."),
        Why.NEWER_FIRST: _("Another merge came after this one. Undo that one first."),
    }[why]
