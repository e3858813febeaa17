"""The additive priority of one candidate: components, their weights and words, in hundredths of a point.

Each contribution is rounded before it is summed, so what is shown adds up to what orders. Moments are epoch seconds.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from app.domain.scoring.gate import FATIGUE_WINDOW, MOST_UNANSWERED
from app.domain.scoring.situation import DAY, Cadence, Model, Situation
from app.domain.scoring.working_time import WorkingCalendar

SMALLEST_POOL = 20
PATIENT = 0.8
CONSENT_DAYS = 21
TRIGGER_HALF_LIFE = 24.0
PRIOR_ATTEMPTS = 4
STRONG, MEDIUM = 2000, 800

Strength = Literal["strong", "medium", "light"]
Fact = float | str | date | tuple[float, ...]


class Contribution(NamedTuple):
    """One component's share of the priority, with the facts that a sentence needs."""

    component: str
    hundredths: int
    strength: Strength
    facts: Mapping[str, Fact]


class Moment(NamedTuple):
    """What all candidates of one ranking share; `pool` is how many they are."""

    now: float
    today: date
    calendar: WorkingCalendar
    model: Model
    pool: int


class Wait(NamedTuple):
    """How long a candidate waits, in cadences, and how many of the pool wait strictly less."""

    lag: float
    lower: int


def contributions(situation: Situation, moment: Moment, lower: int) -> tuple[Contribution, ...]:
    """Reasons to act at once come first, then the others by size; nothing that counts for nothing."""
    wait = Wait(lag_of(situation, moment), lower)
    found = [
        Contribution(component.name, amount, _strength(amount), _facts(situation, component.facts))
        for component in COMPONENTS
        if (amount := round(component.weight * component.share(situation, moment, wait)))
    ]
    return tuple(sorted(found, key=lambda one: (one.component not in URGENT, -one.hundredths)))


def restored(name: str, hundredths: int, situation: Situation) -> Contribution:
    """A contribution again, from what is kept of it and of the candidate."""
    return Contribution(name, hundredths, _strength(hundredths), _facts(situation, FACTS.get(name, ())))


def priority(situation: Situation, moment: Moment, wait: Wait) -> int:
    """Sum of the contributions without their words: it orders pools of thousands, so it skips what is absent."""
    total = 0
    for weight, share in SHARES:
        part = share(situation, moment, wait)
        if part:
            total += round(weight * part)
    return total


def _strength(hundredths: int) -> Strength:
    size = abs(hundredths)
    return "strong" if size >= STRONG else "medium" if size >= MEDIUM else "light"


def _facts(situation: Situation, names: tuple[str, ...]) -> dict[str, Fact]:
    return {name: fact for name in names if (fact := getattr(situation, name)) is not None}


def lag_of(situation: Situation, moment: Moment) -> float:
    """Time since the last attempt, else since registration, in cadences."""
    return lag(situation.waiting_since, moment.now, moment.model.cadence_of(situation), moment.calendar)


def lag(since: float, now: float, cadence: Cadence, calendar: WorkingCalendar) -> float:
    """How many cadences lie between two moments."""
    if cadence.working:
        return calendar.working_hours(since, now) / calendar.hours_a_day / cadence.days
    return (now - since) / DAY / cadence.days


def is_neglected(waited: float) -> bool:
    """Whether somebody went without an attempt for as long as their cadence allows, in cadences."""
    return waited >= 1


def _clamp(x: float) -> float:
    return 0.0 if x < 0 else 1.0 if x > 1 else x  # twice as fast as min and max: asked some 20,000 times a list


def _promise_share(situation: Situation, moment: Moment) -> float:
    if situation.promise_due_on is None or not situation.promise_due(moment.now, moment.today):
        return 0.0
    return _clamp(0.8 + 0.1 * moment.calendar.working_days(situation.promise_due_on, moment.today))


def _owed_share(situation: Situation, moment: Moment) -> float:
    if situation.answer_owed_since is None or not situation.answer_owed(moment.now):
        return 0.0
    since = moment.calendar.local_date(situation.answer_owed_since)
    return _clamp(0.5 + 0.1 * moment.calendar.working_days(since, moment.today))


def _recovery_share(situation: Situation, moment: Moment) -> float:
    """As a promise that is due from the moment at which something went wrong."""
    if situation.recovery_due_at is None:
        return 0.0
    due = moment.calendar.local_date(situation.recovery_due_at)
    return _clamp(0.8 + 0.1 * moment.calendar.working_days(due, moment.today))


def _recovery(situation: Situation, moment: Moment, _wait: Wait) -> float:
    if situation.recovery_due_at is None:
        return 0.0
    share = _recovery_share(situation, moment)
    return share if share >= max(_promise_share(situation, moment), _owed_share(situation, moment)) else 0.0


def _promise(situation: Situation, moment: Moment, _wait: Wait) -> float:
    if situation.promise_due_on is None:
        return 0.0
    share = _promise_share(situation, moment)
    if share <= _recovery_share(situation, moment):
        return 0.0
    return share if share >= _owed_share(situation, moment) else 0.0


def _answer_owed(situation: Situation, moment: Moment, _wait: Wait) -> float:
    if situation.answer_owed_since is None:
        return 0.0
    share = _owed_share(situation, moment)
    others = max(_promise_share(situation, moment), _recovery_share(situation, moment))
    return share if share > others else 0.0


def _engagement(situation: Situation, moment: Moment, _wait: Wait) -> float:
    return situation.score / (situation.score + moment.model.s50)


def trigger_open(situation: Situation, moment: Moment) -> bool:
    """Whether something asks for a contact now that nobody tried to answer since."""
    return _trigger(situation, moment, Wait(0, 0)) > 0


def _trigger(situation: Situation, moment: Moment, _wait: Wait) -> float:
    at, tried = situation.trigger_at, situation.last_attempt_at
    if at is None or at > moment.now or (tried is not None and tried > at):
        return 0.0
    hours = moment.calendar.working_hours(at, moment.now)
    over = hours - moment.model.grace_hours.get(situation.trigger_kind or "", 0.0)
    return 0.0 if over < 0 else math.exp2(-over / TRIGGER_HALF_LIFE)


def _fresh(situation: Situation, moment: Moment, _wait: Wait) -> float:
    return situation.fresh / (situation.fresh + moment.model.s50 / 2)


def _cadence(_situation: Situation, _moment: Moment, wait: Wait) -> float:
    return _clamp((wait.lag - 0.7) / 0.6)


def _neglect(_situation: Situation, moment: Moment, wait: Wait) -> float:
    if not is_neglected(wait.lag) or moment.pool < SMALLEST_POOL:
        return 0.0
    return _clamp((wait.lower / (moment.pool - 1) - PATIENT) / (1 - PATIENT))


def _consent(situation: Situation, moment: Moment, _wait: Wait) -> float:
    if situation.consent_until is None:
        return 0.0
    return _clamp((CONSENT_DAYS - (situation.consent_until - moment.now) / DAY) / CONSENT_DAYS)


def _reach(situation: Situation, _moment: Moment, _wait: Wait) -> float:
    usual = situation.usual_reach
    if usual is None:
        return 0.0
    own = (situation.answers + PRIOR_ATTEMPTS * usual) / (situation.attempts + PRIOR_ATTEMPTS)
    return (own - usual) / max(usual, 1 - usual)


def _fatigue(situation: Situation, moment: Moment, _wait: Wait) -> float:
    if not situation.unanswered:
        return 0.0
    start = moment.now - FATIGUE_WINDOW
    return _clamp(len([at for at in situation.unanswered if at > start]) / MOST_UNANSWERED)


class _Component(NamedTuple):
    name: str
    weight: int
    share: Callable[[Situation, Moment, Wait], float]
    facts: tuple[str, ...]


URGENT = ("recovery", "promise", "answer_owed", "trigger")
COMPONENTS = (
    _Component("recovery", 6000, _recovery, ("recovery_due_at",)),
    _Component("promise", 6000, _promise, ("promise_due_on", "promise_at", "promise_kind")),
    _Component("answer_owed", 6000, _answer_owed, ("answer_owed_since", "answer_owed_about")),
    _Component("engagement", 4000, _engagement, ("score",)),
    _Component("trigger", 2500, _trigger, ("trigger_kind", "trigger_at")),
    _Component("fresh", 1000, _fresh, ("fresh", "last_attempt_at")),
    _Component("cadence", 1000, _cadence, ("last_attempt_at", "registered_at", "cadence_days")),
    _Component("neglect", 1500, _neglect, ("last_two_way_at", "last_attempt_at", "registered_at")),
    _Component("consent", 500, _consent, ("consent_until",)),
    _Component("reach", 500, _reach, ("answers", "attempts", "usual_reach")),
    _Component("fatigue", -1000, _fatigue, ("unanswered", "last_attempt_at")),
)
SHARES = tuple((component.weight, component.share) for component in COMPONENTS)
FACTS = {component.name: component.facts for component in COMPONENTS}
