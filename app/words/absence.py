"""Says why somebody is not on the list of who to contact next, and from when they will be."""

from app.domain.scoring.contact_next import NextUp
from app.domain.scoring.gate import FATIGUE_WINDOW, MOST_UNANSWERED, REST
from app.domain.scoring.place_in_pool import Place
from app.language import day_and_month
from app.language import gettext as _
from app.words.days import capital, from_moment, local_day, on_day
from app.words.reasons import given_name, unanswered


def why_not(next_up: NextUp) -> str:
    """As "Waarom staat Chantal er niet?"."""
    return _("Why is %(name)s not on the list?", name=given_name(next_up.candidate))


def stands(place: Place) -> str:
    """Where somebody stands, for whom it is asked: on the list, behind so many others, or why not at all."""
    next_up = place.next_up
    if next_up.ranked.gate:
        return absence(next_up, place.claimed_by)
    facts = {"number": place.number, "of": place.of}
    if next_up.ranked.slot == "longest_waiting":
        return _("On your list, as one of those who wait longest.")
    if next_up.ranked.slot:
        return _("On your list, as number %(number)s.", **facts) if place.number else _("On your list.")
    if place.number is None:
        return _("Others go first now.")
    return _("Others go first now: number %(number)s of the %(of)s who may be contacted.", **facts)


def absence(next_up: NextUp, claimed_by: str | None = None) -> str:
    """As "Gisteren nog benaderd; weer vanaf donderdag."; nothing for who is on the list."""
    gate = next_up.ranked.gate
    if gate is None:
        return "" if next_up.ranked.slot else _("Others go first now.")
    claimed = gate.reason == "claimed" and claimed_by
    reason = _("%(name)s is on it", name=claimed_by) if claimed else _reason(gate.reason, gate.again_from, next_up)
    if next_up.again_from is None:
        return f"{capital(reason)}."
    moment = next_up.again_from.astimezone(next_up.zone)
    return _("%(reason)s; again from %(moment)s.", reason=capital(reason), moment=from_moment(moment, next_up.today))


def nothing_heard(next_up: NextUp) -> str:
    """Asked before one more attempt without an answer closes the gate: a reply that nobody logged must not do that."""
    moments = unanswered(next_up)
    if len(moments) != MOST_UNANSWERED - 1:
        return ""
    return _(
        "Nothing heard, right? Two attempts went unanswered. If this one does too, we leave %(name)s in peace until "
        "%(day)s. Did %(name)s reply after all? Then log that.",
        name=given_name(next_up.candidate),
        day=day_and_month(local_day(min(moments) + FATIGUE_WINDOW, next_up.zone)),
    )


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
