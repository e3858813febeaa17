"""What the ranking knows of one candidate, and the settings by which it weighs; moments are epoch seconds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

DAY = 86_400.0

CandidateId = int | str


@dataclass(frozen=True, slots=True)
class Cadence:
    """How long a candidate may go without an attempt; working days follow the agency's calendar."""

    days: float
    working: bool = False


def waiting_since(last_attempt_at: float | None, registered_at: float) -> float:
    """From when on somebody waits for us: our last attempt, whatever they said since, else their registration."""
    return registered_at if last_attempt_at is None else last_attempt_at


class Situation(NamedTuple):
    """A fact that is absent makes its component absent.

    `cadence_days`: we agreed with them to be in touch every so many days.
    `last_attempt_by_me`: by the person for whom the list is made. `unanswered`: the newest attempts since the last
    inbound contact or answer, at least three when there are. `promise_at` narrows `promise_due_on` to a moment;
    `answer_owed_since` is when our word was due, `answer_owed_about` after which state of their application, if after
    one. `recovery_due_at`: something went wrong that must be put right by then. `answers` of `attempts`: by the
    channel and part of the day that would be used, `usual_reach` is their share among everybody. `permitted_channels`
    None: not looked at. `consent_until` is when we have to let their data go; `rest_days` is how long they want to be
    left alone after a contact; `consent_withdrawn`: they took back that they may be approached.
    """

    candidate_id: CandidateId
    registered_at: float
    stage: str = "attract"
    application_state: str | None = None
    cadence_days: int | None = None
    score: float = 0.0
    fresh: float = 0.0
    last_attempt_at: float | None = None
    last_attempt_by_me: bool = True
    last_attempt_answered: bool = False
    last_two_way_at: float | None = None
    last_inbound_at: float | None = None
    unanswered: tuple[float, ...] = ()
    promise_due_on: date | None = None
    promise_at: float | None = None
    promise_kind: str | None = None
    answer_owed_since: float | None = None
    answer_owed_about: str | None = None
    recovery_due_at: float | None = None
    trigger_kind: str | None = None
    trigger_at: float | None = None
    consent_until: float | None = None
    answers: int = 0
    attempts: int = 0
    usual_reach: float | None = None
    retention_over: bool = False
    permitted_channels: Collection[str] | None = None
    consent_withdrawn: bool = False
    do_not_contact: bool = False
    rest_days: int | None = None
    paused_until: float | None = None
    claimed_by_colleague_until: float | None = None
    channel_opens_at: float | None = None

    @property
    def waiting_since(self) -> float:
        return waiting_since(self.last_attempt_at, self.registered_at)

    @property
    def welcome(self) -> bool:
        """They did not ask to be left alone for good, and there is a way to reach them."""
        reachable = self.permitted_channels is None or bool(self.permitted_channels)
        return reachable and not (self.consent_withdrawn or self.do_not_contact or self.retention_over)

    @property
    def untried_trigger(self) -> bool:
        """Something asks for a contact, and nobody tried since."""
        at, tried = self.trigger_at, self.last_attempt_at
        return at is not None and (tried is None or tried < at)

    def promise_due(self, now: float, today: date) -> bool:
        """A promise with a moment is due from that moment, one with a day from the morning."""
        if self.promise_due_on is None or today < self.promise_due_on:
            return False
        return self.promise_at is None or self.promise_at <= now

    def answer_owed(self, now: float) -> bool:
        return self.answer_owed_since is not None and self.answer_owed_since <= now

    def word_due(self, now: float, today: date) -> bool:
        """We promised it, they wait for it, or something has to be put right: no rest is a reason to keep silent."""
        return self.recovery_due_at is not None or self.promise_due(now, today) or self.answer_owed(now)


STAGE_CADENCES = MappingProxyType(
    {
        "attract": Cadence(7),
        "engage": Cadence(14),
        "nurture": Cadence(30),
        "convert": Cadence(42),
        "redeploy": Cadence(14),
    }
)
PROCEDURE = Cadence(3, working=True)
APPLICATION_CADENCES = MappingProxyType(
    {
        "started": Cadence(1, working=True),
        "completed": PROCEDURE,
        "in_procedure": PROCEDURE,
        "interviewed": PROCEDURE,
        "rejected": Cadence(30),
    }
)
GRACE_HOURS = MappingProxyType({"unfinished_application": 1.0})


@dataclass(frozen=True, slots=True)
class Model:
    """Settings of the ranking; what was agreed goes before the state of an application, and that before the stage."""

    s50: float = 25.0
    stage_cadences: Mapping[str, Cadence] = field(default_factory=lambda: STAGE_CADENCES)
    application_cadences: Mapping[str, Cadence] = field(default_factory=lambda: APPLICATION_CADENCES)
    other_cadence: Cadence = Cadence(14)
    grace_hours: Mapping[str, float] = field(default_factory=lambda: GRACE_HOURS)

    def cadence_of(self, situation: Situation) -> Cadence:
        if situation.cadence_days is not None:
            return Cadence(situation.cadence_days)
        return self.usual_cadence(situation.stage, situation.application_state)

    def usual_cadence(self, stage: str, application_state: str | None) -> Cadence:
        """Of everybody in this stage, or with an application in this state."""
        if application_state is not None and application_state in self.application_cadences:
            return self.application_cadences[application_state]
        return self.stage_cadences.get(stage, self.other_cadence)
