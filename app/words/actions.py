"""What is said of engagement actions: outcomes, what an action earned and why it was less, the note for elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.actions import bonus
from app.domain.actions.bonus import Bonus
from app.domain.actions.outcome import KEYS, Outcome
from app.domain.actions.reminder import LastWeek
from app.language import gettext as _
from app.language import lazy_gettext as _l
from app.language import ngettext
from app.words.candidates import channel_label
from app.words.days import capital

ICONS = {
    Outcome.SPOKE: "check",
    Outcome.MESSAGE_SENT: "send",
    Outcome.NO_ANSWER: "history",
    Outcome.APPOINTMENT: "calendar-check",
    Outcome.LATER: "clock",
    Outcome.REPLIED: "reply",
    Outcome.WRONG_NUMBER: "circle-alert",
    Outcome.HAS_WORK: "briefcase",
    Outcome.DO_NOT_CONTACT: "ban",
    Outcome.DONE: "list-checks",
}
LABELS = {
    Outcome.SPOKE: _l("Spoke"),
    Outcome.MESSAGE_SENT: _l("Message sent"),
    Outcome.NO_ANSWER: _l("No answer"),
    Outcome.APPOINTMENT: _l("Appointment"),
    Outcome.LATER: _l("Later"),
    Outcome.REPLIED: _l("Replied"),
    Outcome.WRONG_NUMBER: _l("Wrong number"),
    Outcome.HAS_WORK: _l("Has work"),
    Outcome.DO_NOT_CONTACT: _l("Do not contact any more"),
    Outcome.DONE: _l("Something else"),
}


@dataclass(frozen=True, slots=True)
class OutcomeButton:
    """An outcome as a button; the first six have a key."""

    value: str
    label: str
    icon: str
    key: str | None


def outcome_label(outcome: Outcome | str) -> str:
    """What came of a contact."""
    return str(LABELS[Outcome(outcome)])


def keyed_outcomes() -> list[OutcomeButton]:
    """The six that have a key."""
    return [_button(outcome, key) for key, outcome in KEYS.items()]


def other_outcomes() -> list[OutcomeButton]:
    """Those behind "Meer"; the one that needs an action kind is a choice of its own."""
    keyed = {*KEYS.values(), Outcome.DONE}
    return [_button(outcome, None) for outcome in Outcome if outcome not in keyed]


def _button(outcome: Outcome, key: str | None) -> OutcomeButton:
    return OutcomeButton(str(outcome), outcome_label(outcome), ICONS[outcome], key)


def earned_sentence(points: int, reason: str | None, bonuses: Sequence[Bonus] = (), owing: int = 0) -> str:
    """What an action earned with its bonuses, why it was less than its kind is worth, and what a proof pays."""
    earned = ngettext("%(num)d point", "%(num)d points", points)
    plain = points - sum(each.points for each in bonuses)
    parts = " + ".join([str(plain), *(f"{each.points} {_bonus(each.reason)}" for each in bonuses)])
    details = "; ".join(filter(None, (parts if bonuses else "", _less(reason))))
    told = f"{earned} ({details})" if details else earned
    return _("%(earned)s now, %(owing)s once it is proven", earned=told, owing=owing) if owing else told


def _less(reason: str | None) -> str:
    return {
        "already_today": _("you already earned this for this candidate today"),
        "week_full": _("this candidate has brought all the points that one week allows"),
        "half": _("more than twenty of these today: half the points"),
        "beyond_day": _("more than forty of these today: no more points"),
        "reply": _("whoever sent the message gets the points for the reply"),
    }.get(reason or "", "")


def _bonus(reason: str) -> str:
    return {
        bonus.PREFERRED: _("preferred channel"),
        bonus.IN_BLOCK: _("in your block"),
        bonus.NEGLECTED: _("waited too long"),
    }[reason]


def logged_sentence(
    name: str,
    points: int,
    reason: str | None,
    bonuses: Sequence[Bonus] = (),
    owing: int = 0,
    *,
    season: str | None = None,
) -> str:
    """As "Vastgelegd voor Bram: 30 punten."; `season` is the one for which it came too late."""
    if not points and not reason:
        return _("Logged for %(name)s.", name=name)
    earned = earned_sentence(points, reason, bonuses, owing)
    told = _("Logged for %(name)s: %(earned)s.", name=name, earned=earned)
    return f"{told} {too_late_sentence(season)}" if season else told


def too_late_sentence(season: str) -> str:
    """What was logged is of a season that has been closed."""
    return _("It counts in your history, and no longer for %(season)s.", season=season)


def note_text(kind: str, channel: str | None, when: str, by: str, note: str | None) -> str:
    """The action as text to paste into the agency's own system."""
    what = _("%(kind)s by %(channel)s", kind=kind, channel=channel_label(channel)) if channel else kind
    return f"{when} · {capital(what)} · {by}" + (f"\n{note}" if note else "")


def promised_sentence(day: str, at: str) -> str:
    """The follow-up that was agreed."""
    return _("Again on %(day)s at %(time)s.", day=day, time=at)


def last_week_sentence(last_week: LastWeek) -> str:
    """As "Vorige week: 12 acties, 240 punten."."""
    actions = ngettext("%(num)d action", "%(num)d actions", last_week.actions)
    points = ngettext("%(num)d point", "%(num)d points", last_week.points)
    return _("Last week: %(actions)s, %(points)s.", actions=actions, points=points)
