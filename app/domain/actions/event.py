"""What other systems send, as we read it: who, what, when; and what can become of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.actions.outcome import Outcome
from app.domain.journey.touchpoint import MOST_AHEAD


class Refusal(StrEnum):
    """Why an event was not taken in."""

    NOT_AN_EVENT = "not_an_event"
    TOO_LARGE = "too_large"
    NO_MESSAGE_ID = "no_message_id"
    UNSUPPORTED_TYPE = "unsupported_type"
    NO_NAME = "no_event_name"
    BAD_TIME = "bad_time"
    NO_CANDIDATE = "no_candidate"
    UNKNOWN_CANDIDATE = "unknown_candidate"
    AMBIGUOUS = "ambiguous_candidate"
    NO_TRAITS = "no_traits"
    NO_CONSENT = "no_consent"
    NOT_TRUSTED = "not_trusted"
    TOO_MANY = "too_many"
    KEY_IN_BROWSER = "key_in_browser"
    UNKNOWN_RECRUITER = "unknown_recruiter"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_KIND = "unknown_kind"
    TOO_OLD = "too_old"
    IN_THE_FUTURE = "in_the_future"
    DATE_NEEDED = "promise_date_needed"
    MESSAGE_ID_REUSED = "message_id_reused"


class Fate(StrEnum):
    """WAITING: of a visitor whom nobody introduced yet. PASSED: over, on purpose. UNFOLLOWED: the candidate said no."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    WAITING = "waiting"
    PASSED = "passed"
    UNFOLLOWED = "unfollowed"
    TESTED = "tested"


class Sender(NamedTuple):
    """The source that sends; not `trusted`: its key is in a public page, so it tells of browsers and not of people."""

    source_id: int
    name: str
    trusted: bool

    @property
    def mark(self) -> str:
        """What touchpoints that it sent name as their source."""
        return f"source:{self.source_id}"


class Subject(NamedTuple):
    """Whom an event is about; addresses are normalised, and empty when there are none.

    `anonymous_id` is the random id of a browser; `consent` what they said of being kept and followed, None: nothing.
    """

    external_id: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    given_name: str = ""
    anonymous_id: str = ""
    consent: bool | None = None

    @property
    def is_named(self) -> bool:
        return bool(self.external_id or self.email or self.phone)


class Happened(NamedTuple):
    """A candidate did something; `event` is what its source calls it.

    `message` and `link`: which mail it came from, and which of its links it was.
    """

    message_id: str
    subject: Subject
    event: str
    at: datetime
    payload: dict[str, Any] | None = None
    verdict: str = "human"
    vacancy: str | None = None
    message: str = ""
    link: str = ""

    def in_time(self, now: datetime) -> "Happened":
        """As `touchpoint.record_many` has it, and before anything reckons with a time at the end of the calendar."""
        if self.at <= now + MOST_AHEAD:
            return self
        return self._replace(at=now, payload=(self.payload or {}) | {"claimed_at": self.at.isoformat()})


class Introduced(NamedTuple):
    """Another system tells who somebody is."""

    message_id: str
    subject: Subject


class Logged(NamedTuple):
    """A recruiter did something, and logged it in another system."""

    message_id: str
    subject: Subject
    at: datetime
    recruiter: str
    outcome: Outcome
    kind: str | None = None
    note: str = ""
    promise_at: datetime | None = None


class Passed(NamedTuple):
    """Something that tells us nothing: it is accepted, and passed over."""

    message_id: str


Event = Happened | Introduced | Logged | Passed


class Became(NamedTuple):
    """What became of an event, and of whom it told."""

    fate: Fate | Refusal
    candidate_id: int | None = None
