"""Words for the score: until when a candidate is warm, what a touchpoint is called and what each one gave."""

from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind
from app.domain.scoring.engagement import Award, Score
from app.language import current, day_and_month, decimal
from app.language import gettext as _


def warm_until(score: Score) -> str:
    """As "warm tot 14 maart"; nothing for who is not warm."""
    return _("warm until %(day)s", day=day_and_month(score.warm_until)) if score.warm_until else ""


def kind_label(kind: TouchpointKind) -> str:
    """What the candidate did, in the reader's language."""
    return kind.label_nl if current() == "nl" else kind.label_en


def role_icon(role: KindRole | str) -> str:
    """The icon of a kind in a timeline."""
    return {
        KindRole.INBOUND: "reply",
        KindRole.FORM: "list-checks",
        KindRole.VISIT: "eye",
        KindRole.OTHER: "sparkles",
    }[KindRole(role)]


def award_sentence(award: Award, label: str) -> str:
    """As "Vacature bekeken op 12 maart: nog 3,1 van de 4 punten", or why it gives nothing."""
    what = {"what": label, "day": day_and_month(award.local_date)}
    if award.fate == "already_that_day":
        return _("%(what)s on %(day)s: already counted that day", **what)
    if award.fate == "beyond_week":
        return _("%(what)s on %(day)s: counted on enough days that week", **what)
    if award.fate != "counted":
        return _("%(what)s on %(day)s: gives no points", **what)
    left, all_ = decimal(round(award.now, 1)), decimal(round(award.points, 1))
    return _("%(what)s on %(day)s: %(left)s of %(all)s points left", left=left, all=all_, **what)


def verdict_note(verdict: str) -> str:
    """Why a signal gives less, or nothing, when it is not certain that a person did it."""
    return {
        "unknown": _("not certain that a person did this: it counts for a quarter"),
        "machine": _("a machine did this, so it counts for nothing"),
    }.get(verdict, "")
