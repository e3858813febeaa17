"""Says why somebody is not on the list of who to contact next, and from when they will be."""

from app.domain.scoring.contact_next import NextUp
from app.domain.scoring.gate import REST
from app.language import gettext as _
from app.words.days import capital, from_moment, local_day, on_day
from app.words.reasons import given_name


def why_not(next_up: NextUp) -> str:
    """As "Waarom staat Chantal er niet?"."""
    return _("Why is %(name)s not on the list?", name=given_name(next_up.candidate))


def absence(next_up: NextUp) -> str:
    """As "Gisteren nog benaderd; weer vanaf donderdag."; nothing for who is on the list."""
    gate = next_up.ranked.gate
    if gate is None:
        return "" if next_up.ranked.slot else _("Others go first now.")
    reason = capital(_reason(gate.reason, gate.again_from, next_up))
    if next_up.again_from is None:
        return f"{reason}."
    moment = next_up.again_from.astimezone(next_up.zone)
    return _("%(reason)s; again from %(moment)s.", reason=reason, moment=from_moment(moment, next_up.today))


def _reason(reason: str, again_from: float | None, next_up: NextUp) -> str:
    if reason == "just_tried":
        tried = local_day((again_from or next_up.asked_at.timestamp()) - REST, next_up.zone)
        return _("contacted %(day)s", day=on_day(tried, next_up.today))
    return {
        "retention_over": _("the time for which we may keep this candidate is over"),
        "no_channel": _("there is no channel that works and is permitted"),
        "do_not_contact": _("does not want to be contacted"),
        "consent_withdrawn": _("took back the consent to be contacted"),
        "resting": _("asked for more time between contacts"),
        "paused": _("asked to be left alone for a while"),
        "claimed": _("a colleague is on it"),
        "unanswered": _("three attempts went unanswered"),
        "channel_closed": _("this is not a time at which we may disturb"),
    }[reason]
