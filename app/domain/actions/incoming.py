"""Events that other systems send: what candidates did, who they are, and what recruiters logged elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.actions import action
from app.domain.actions.contact import DateNeeded, InTheFuture, KeyReused, NotLoggable, TooOld, UnknownKind
from app.domain.actions.outcome import Outcome
from app.domain.actions.response import take_in_many
from app.domain.agency.person import Person, by_email
from app.domain.candidates import candidate, identity, retention
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import ExternalIdTaken, Facts
from app.domain.candidates.identity import Known
from app.domain.journey.touchpoint import Hit


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
    UNKNOWN_RECRUITER = "unknown_recruiter"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_KIND = "unknown_kind"
    TOO_OLD = "too_old"
    IN_THE_FUTURE = "in_the_future"
    DATE_NEEDED = "promise_date_needed"
    MESSAGE_ID_REUSED = "message_id_reused"


class Fate(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"


class Subject(NamedTuple):
    """Whom an event is about; addresses are normalised, and empty when there are none."""

    external_id: str = ""
    email: str = ""
    phone: str = ""
    name: str = ""
    given_name: str = ""


class Happened(NamedTuple):
    """A candidate did something."""

    message_id: str
    subject: Subject
    kind: str
    at: datetime
    payload: dict[str, Any] | None = None


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


Event = Happened | Introduced | Logged


def take_in_events(source_id: int, origin: str, events: Sequence[Event], now: datetime) -> list[Fate | Refusal]:
    """Take at most five hundred events in; the answers are in their order. Who is introduced first is known after."""
    subjects = [event.subject for event in events]
    known = identity.find_known(
        {each.external_id for each in subjects if each.external_id},
        {address for each in subjects for address in (each.email, each.phone) if address},
    )
    answers: list[Fate | Refusal] = []
    hits: dict[int, Hit] = {}
    for number, event in enumerate(events):
        who = _who(event.subject, known)
        answer: Fate | Refusal = who if isinstance(who, Refusal) else Fate.ACCEPTED
        if isinstance(event, Introduced) and who in UNKNOWN:
            answer = _introduce(event.subject, known, origin, now)
        elif isinstance(event, Happened) and not isinstance(who, Refusal):
            hits[number] = _hit(event, who, source_id)
        elif isinstance(event, Logged) and not isinstance(who, Refusal):
            answer = _log(event, who, now)
        answers.append(answer)
    for number, taken in zip(hits, take_in_many(list(hits.values()), now), strict=True):
        answers[number] = Fate.ACCEPTED if taken.fresh else Fate.DUPLICATE
    return answers


NOT_LOGGABLE: Mapping[type[NotLoggable], Refusal] = {
    TooOld: Refusal.TOO_OLD,
    InTheFuture: Refusal.IN_THE_FUTURE,
    UnknownKind: Refusal.UNKNOWN_KIND,
    DateNeeded: Refusal.DATE_NEEDED,
    KeyReused: Refusal.MESSAGE_ID_REUSED,
}
UNKNOWN = frozenset((Refusal.UNKNOWN_CANDIDATE, Refusal.NO_CANDIDATE))


def _who(subject: Subject, known: Known) -> int | Refusal:
    """The candidate by the agency's own number, else the only one who has the address."""
    if subject.external_id in known.by_external_id:
        return known.by_external_id[subject.external_id]
    sharing = known.by_address.get(subject.email, set()) or known.by_address.get(subject.phone, set())
    if len(sharing) > 1:
        return Refusal.AMBIGUOUS
    if sharing:
        return next(iter(sharing))
    return Refusal.UNKNOWN_CANDIDATE if any(subject[:3]) else Refusal.NO_CANDIDATE


def _hit(event: Happened, candidate_id: int, source_id: int) -> Hit:
    return Hit(candidate_id, event.kind, event.at, f"source:{source_id}", event.message_id, payload=event.payload)


def _introduce(subject: Subject, known: Known, origin: str, now: datetime) -> Fate | Refusal:
    name = subject.name or subject.email.partition("@")[0]
    if not name or not any(subject[:3]):
        return Refusal.NO_TRAITS
    facts = Facts(name, subject.given_name, origin=origin, external_id=subject.external_id or None)
    try:
        with db.session.begin_nested():
            row = candidate.add(None, facts, now)
            for channel, text in ((Channel.EMAIL, subject.email), (Channel.PHONE, subject.phone)):
                if text:
                    identity.add(row, channel, text, now, origin)
            retention.begin(row.id, now)
    except (IntegrityError, ExternalIdTaken):  # another process introduced them in this very moment
        known.by_external_id.update(identity.find_known([subject.external_id], []).by_external_id)
        return Fate.ACCEPTED
    if subject.external_id:
        known.by_external_id[subject.external_id] = row.id
    for address in filter(None, (subject.email, subject.phone)):
        known.by_address.setdefault(address, set()).add(row.id)
    return Fate.ACCEPTED


def _log(event: Logged, candidate_id: int, now: datetime) -> Fate | Refusal:
    recruiter = _recruiter(event.recruiter)
    if recruiter is None:
        return Refusal.UNKNOWN_RECRUITER
    row = candidate.visible_to(recruiter, candidate_id)
    if row is None:
        return Refusal.UNKNOWN_CANDIDATE
    try:
        with db.session.begin_nested():
            logged = action.log(
                recruiter,
                row,
                event.outcome,
                at=event.at,
                now=now,
                kind=event.kind,
                note=event.note,
                promise_at=event.promise_at,
                source="api",
                external_id=event.message_id,
            )
    except NotLoggable as reason:
        return NOT_LOGGABLE[type(reason)]
    return Fate.ACCEPTED if logged.fresh else Fate.DUPLICATE


def _recruiter(mail: str) -> Person | None:
    found = by_email(mail)
    return found if found and found.is_active else None
