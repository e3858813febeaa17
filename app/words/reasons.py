"""Says who to contact next, and why.

A reason is a clause that also reads well after "Call Bram: ".
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.scoring.contact_next import NextUp
from app.domain.scoring.gate import FATIGUE_WINDOW
from app.domain.scoring.priority import Contribution
from app.language import gettext as _
from app.language import ngettext
from app.words import placements
from app.words.days import capital, local_day, on_day

MOST = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of "why now": `level` is strong, medium or light."""

    icon: str
    text: str
    level: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of "why exactly"; the figures add up to the priority."""

    text: str
    figure: float


def given_name(candidate: Candidate) -> str:
    """By which name one speaks of a candidate."""
    return candidate.given_name or candidate.name.split(maxsplit=1)[0]


def invitation(next_up: NextUp) -> str:
    """As "Bel Bram"."""
    name = given_name(next_up.candidate)
    if next_up.channel == Channel.PHONE:
        return _("Call %(name)s", name=name)
    if next_up.channel == Channel.WHATSAPP:
        return _("Send %(name)s a WhatsApp", name=name)
    if next_up.channel == Channel.EMAIL:
        return _("Mail %(name)s", name=name)
    if next_up.channel == Channel.SMS:
        return _("Text %(name)s", name=name)
    return _("Contact %(name)s", name=name)


def headline(next_up: NextUp) -> str:
    """As "Bel Bram: je zou woensdag terugbellen. De laatste poging bleef onbeantwoord."."""
    return f"{invitation(next_up)}: {' '.join([_first(next_up), *_second(next_up)])}"


def why_now(next_up: NextUp) -> str:
    """The same without the name, for a row that has it."""
    return " ".join([capital(_first(next_up)), *_second(next_up)])


def _first(next_up: NextUp) -> str:
    found = _reasons_for(next_up)
    return f"{_clause(found[0], next_up) if found else nothing_presses()}."


def _second(next_up: NextUp) -> list[str]:
    """The attempts that went unanswered are worth knowing first; else the next reason that is not light."""
    found = _reasons_for(next_up)[1:]
    caution = [one for one in next_up.ranked.contributions if one.component == "fatigue"]
    chosen = caution or [one for one in found if one.strength != "light"]
    return [f"{capital(_clause(one, next_up))}." for one in chosen[:1]]


def nothing_presses() -> str:
    """The clause for somebody of whom nothing is known."""
    return _("nothing presses: a moment to hear how things are")


def reasons(next_up: NextUp) -> list[Reason]:
    """At most three, the strongest first; what speaks against comes last."""
    found = [_reason(one, next_up) for one in _reasons_for(next_up)[:MOST]]
    return found or [Reason("clock", capital(nothing_presses()), "light")]


def _reasons_for(next_up: NextUp) -> list[Contribution]:
    return [one for one in next_up.ranked.contributions if one.hundredths > 0]


def _reason(one: Contribution, next_up: NextUp) -> Reason:
    return Reason(ICONS[one.component], capital(_clause(one, next_up)), one.strength)


def figures(next_up: NextUp) -> list[Figure]:
    """Every component with its share of the priority."""
    return [Figure(capital(_clause(one, next_up)), one.hundredths / 100) for one in next_up.ranked.contributions]


def _clause(one: Contribution, next_up: NextUp) -> str:
    return CLAUSES[one.component](one, next_up)


def _day(one: Contribution, fact: str, next_up: NextUp) -> str:
    return on_day(local_day(one.facts[fact], next_up.zone), next_up.today)


def _recovery(_one: Contribution, _next_up: NextUp) -> str:
    return _("something went wrong, and it is up to you to put it right")


def _promise(one: Contribution, next_up: NextUp) -> str:
    placement, kind = next_up.placement, one.facts.get("promise_kind")
    if placement and kind == "check_in":
        return placements.check_in_clause(placement, local_day(one.facts["promise_at"], next_up.zone), next_up.today)
    if placement and kind == "redeploy":
        return placements.redeploy_clause(placement, next_up.today)
    day = _day(one, "promise_at", next_up)
    if next_up.channel == Channel.PHONE:
        return _("you would call back %(day)s", day=day)
    return _("you would be in touch again %(day)s", day=day)


def _answer_owed(one: Contribution, next_up: NextUp) -> str:
    day = _day(one, "answer_owed_since", next_up)
    if local_day(one.facts["answer_owed_since"], next_up.zone) > next_up.today:
        return _("our answer is expected %(day)s", day=day)
    sentences = {
        "completed": _("we would answer the application %(day)s", day=day),
        "interviewed": _("we would say %(day)s how the interview went", day=day),
    }
    about = str(one.facts.get("answer_owed_about"))
    return sentences.get(about, _("our answer was due %(day)s", day=day))


def _engagement(one: Contribution, _next_up: NextUp) -> str:
    return {
        "strong": _("shows a lot of interest"),
        "medium": _("shows interest"),
        "light": _("showed some interest"),
    }[one.strength]


def _trigger(one: Contribution, next_up: NextUp) -> str:
    day = _day(one, "trigger_at", next_up)
    sentences = {
        "form": _("sent a form %(day)s", day=day),
        "unfinished_application": _("did not finish an application %(day)s", day=day),
        "keeps_coming_back": _("keeps coming back to look"),
        "fan": _("became a fan %(day)s", day=day),
        "call_back": _("asked %(day)s to be called back", day=day),
    }
    return sentences.get(str(one.facts["trigger_kind"]), _("asked for attention %(day)s", day=day))


def _fresh(one: Contribution, _next_up: NextUp) -> str:
    if "last_attempt_at" not in one.facts:
        return _("was active in the past week")
    return _("was active in the past week, after your last attempt")


def _cadence(one: Contribution, next_up: NextUp) -> str:
    if days := one.facts.get("cadence_days"):
        return ngettext(
            "you agreed to be in touch every day", "you agreed to be in touch every %(num)d days", int(str(days))
        )
    if "last_attempt_at" not in one.facts:
        return _("was not contacted yet")
    days = (next_up.today - local_day(one.facts["last_attempt_at"], next_up.zone)).days
    return ngettext("the last attempt was %(num)d day ago", "the last attempt was %(num)d days ago", days)


def _neglect(_one: Contribution, _next_up: NextUp) -> str:
    return _("has been waiting longer than nearly everybody else")


def _consent(one: Contribution, next_up: NextUp) -> str:
    return _("the data expire %(day)s", day=_day(one, "consent_until", next_up))


def _reach(one: Contribution, _next_up: NextUp) -> str:
    return _("answers more often than most") if one.hundredths > 0 else _("answers less often than most")


def _fatigue(_one: Contribution, next_up: NextUp) -> str:
    return ngettext(
        "the last attempt went unanswered", "the last %(num)d attempts went unanswered", len(unanswered(next_up))
    )


def unanswered(next_up: NextUp) -> list[float]:
    """When we tried in vain in the last fortnight, since they were last heard."""
    told = [one.facts["unanswered"] for one in next_up.ranked.contributions if one.component == "fatigue"]
    since = next_up.asked_at.timestamp() - FATIGUE_WINDOW
    return [at for moments in told if isinstance(moments, tuple) for at in moments if at > since]


CLAUSES: dict[str, Callable[[Contribution, NextUp], str]] = {
    "recovery": _recovery,
    "promise": _promise,
    "answer_owed": _answer_owed,
    "engagement": _engagement,
    "trigger": _trigger,
    "fresh": _fresh,
    "cadence": _cadence,
    "neglect": _neglect,
    "consent": _consent,
    "reach": _reach,
    "fatigue": _fatigue,
}
ICONS = {
    "recovery": "circle-alert",
    "promise": "calendar-check",
    "answer_owed": "reply",
    "engagement": "heart",
    "trigger": "flame",
    "fresh": "sparkles",
    "cadence": "clock",
    "neglect": "timer",
    "consent": "shield-check",
    "reach": "phone",
    "fatigue": "history",
}
