"""What somebody's answer changes beyond the contact: a pause, a channel that is closed, a number that is not theirs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates import consent, consenting, contact_flags, contact_state, identity
from app.domain.candidates.address import NUMBERED, Channel
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.identity import IdentityState

ORIGIN = "recruiter"
REFUSAL = "refusal"


class Scope(StrEnum):
    """How far "do not contact me" goes: at all, on one channel, or not before a day."""

    EVERYTHING = "everything"
    CHANNEL = "channel"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it, with what it asks: `until` when they want to be left alone, `closes` the channel they refuse."""

    outcome: Outcome
    scope: Scope = Scope.EVERYTHING
    until: datetime | None = None
    closes: Channel | None = None

    @property
    def narrow(self) -> bool:
        """A refusal that does not go for everything: it is respected and earns, and does not close the candidate."""
        return self.outcome is Outcome.DO_NOT_CONTACT and self.scope is not Scope.EVERYTHING

    @property
    def logged_as(self) -> tuple[Outcome, str | None]:
        """The outcome and the kind under which the action stands."""
        return (Outcome.DONE, REFUSAL) if self.narrow else (self.outcome, None)


def carry_out(answer: Answer, person: Person, candidate_id: int, channel: Channel | None, now: datetime) -> None:
    """Do what the answer asks, at the moment of the action."""
    if answer.until is not None:
        contact_flags.paused(candidate_id, answer.until)
    if answer.narrow and answer.scope is Scope.CHANNEL and answer.closes is not None:
        _close(candidate_id, answer.closes, person, now)
    if answer.outcome is Outcome.WRONG_NUMBER:
        _not_theirs(candidate_id, channel, now)


def take_back(found: EngagementAction, person: Person, paused_until: datetime | None, now: datetime) -> None:
    """The answer never was: what it closed is as it was, unless somebody has said more since."""
    state = contact_state.lock(found.candidate_id)
    if paused_until is not None and state.paused_until == paused_until:
        state.paused_until = None
    _open_again(found, person, now)
    closed = {channel for (_, channel), said in consent.current(found.candidate_id).items() if not said.given}
    for row in identity.identities_of(found.candidate_id):
        if row.state_at == found.recorded_at and row.state_origin == ORIGIN and row.channel not in closed:
            identity.mark(row, IdentityState.UNVERIFIED, origin=ORIGIN, now=now)


def _close(candidate_id: int, channel: Channel, person: Person, now: datetime) -> None:
    """A channel that they refused before stays refused as it was: taking this back would open it."""
    said = consent.current(candidate_id).get((ConsentPurpose.CONTACT, channel))
    if said is None or said.given:
        _tell(candidate_id, channel, person, now, given=False)


def _open_again(found: EngagementAction, person: Person, now: datetime) -> None:
    """What they had said about a channel in the moment of the action counts no more, when it is their last word."""
    for (purpose, channel), said in consent.current(found.candidate_id).items():
        if purpose == ConsentPurpose.CONTACT and channel and not said.given and said.at == found.recorded_at:
            _tell(found.candidate_id, Channel(channel), person, now, given=True)


def _tell(candidate_id: int, channel: Channel, person: Person, now: datetime, *, given: bool) -> None:
    purpose, via = ConsentPurpose.CONTACT, Via.RECRUITER
    consenting.tell(candidate_id, purpose, channel, given=given, via=via, by_id=person.id, now=now)


def _not_theirs(candidate_id: int, channel: Channel | None, now: datetime) -> None:
    """The number that was tried; what follows from a phone number goes with it."""
    rows = identity.identities_of(candidate_id)
    tried = identity.ways(rows).get(channel if channel in NUMBERED else Channel.PHONE)
    for row in rows:
        theirs = tried and row.channel in NUMBERED and row.address == tried.address
        if theirs and row.state != IdentityState.OPTED_OUT:
            identity.mark(row, IdentityState.INVALID, origin=ORIGIN, now=now)
