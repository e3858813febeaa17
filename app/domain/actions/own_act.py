"""What a candidate does on a page of their own: each act writes what it means, and is a touchpoint where it is one."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.domain.actions import call_back, promise, response
from app.domain.actions.call_back import Part
from app.domain.agency.agency import the_agency
from app.domain.candidates import (
    candidate_mail,
    consent,
    contact_flags,
    contact_state,
    identity,
    link,
    preference,
    privacy_terms,
    question,
    retention,
)
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.gone import Gone
from app.domain.candidates.link import CandidateLink
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.journey.touchpoint import Hit
from app.domain.journey.touchpoint_kind import REPLY

SOURCE = "own-page"
ORIGIN = "candidate"
SURVEY = "survey_answered"


def prefer(visit: CandidateLink, wishes: Mapping[str, Wish], now: datetime) -> None:
    """How they want to be reached, for each purpose of which they say something; an open question is answered."""
    them = held(visit)
    for purpose, wish in wishes.items():
        preference.prefer(them.id, wish, purpose=purpose, said_by=SaidBy.CANDIDATE, by_id=None, now=now)
        them.language = wish.language or them.language
    question.close(them.id, "answered", now)
    acted(visit, them, "prefer", now)


def slow_down(visit: CandidateLink, rest_days: int | None, now: datetime) -> None:
    """At least so many days between contacts; None is our own rhythm again."""
    them = held(visit)
    contact_flags.rested(them.id, rest_days)
    acted(visit, them, "slow_down", now)


def pause(visit: CandidateLink, until: datetime | None, now: datetime) -> None:
    """Not before a moment; None ends the pause."""
    them = held(visit)
    contact_flags.paused(them.id, until)
    acted(visit, them, "pause", now)


def ask_call(visit: CandidateLink, day: date, part: Part, now: datetime) -> datetime:
    """Call me back: a promise of whoever looks after them, else a reason for everybody to call. Answers the moment.

    Raises:
        TooLate: that part of the day is over.
    """
    them = held(visit)
    due = call_back.agree(them, day, part, now)
    acted(visit, them, "ask_call", now, kind=REPLY, payload={"call_on": day.isoformat(), "part": str(part)})
    return due


def stop(visit: CandidateLink, channels: Collection[Channel] | None, now: datetime) -> None:
    """No contact on these channels, or none at all; leaving is no interest, so nothing warms and no clock restarts."""
    them = held(visit)
    for channel in channels or ():
        identity.opt_out(them.id, channel, origin=ORIGIN, now=now)
        consent.withdraw(them.id, ConsentPurpose.CONTACT, via=Via.OWN_PAGE, by_id=None, now=now, channel=channel)
    if channels is None:
        contact_flags.refused(them.id, now)
        consent.withdraw(them.id, ConsentPurpose.CONTACT, via=Via.OWN_PAGE, by_id=None, now=now)
        question.close(them.id, "stopped", now)
    if channels is None or Channel.PHONE in channels:
        promise.replace(them.id, promise.asked_by_them(them.id), now)
    if channels is None or Channel.EMAIL in channels:
        candidate_mail.withdraw(them.id, "stopped")
    link.used(visit, now)


def resume(visit: CandidateLink, now: datetime) -> None:
    """They may be contacted after all; channels that they closed one by one stay closed."""
    them = held(visit)
    contact_flags.refused(them.id, None)
    consent.give(them.id, ConsentPurpose.CONTACT, via=Via.OWN_PAGE, by_id=None, now=now)
    acted(visit, them, "resume", now)


def renew(visit: CandidateLink, now: datetime, *, stays: bool) -> None:
    """They stay in the pool for another term, or leave it: then the clock runs as it does without consent."""
    them, terms = held(visit), privacy_terms.on_record(now)
    if stays:
        until = now + timedelta(days=terms.pool_days)
        consent.give(
            them.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=now, terms_id=terms.id, until=until
        )
        question.close(them.id, "renewed", now)
        acted(visit, them, "renew", now)
    else:
        consent.withdraw(them.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=now, terms_id=terms.id)
        question.close(them.id, "declined", now)
        retention.reckon(them.id, now)
        link.used(visit, now)


def holder(visit: CandidateLink) -> Candidate:
    """Whose page it is.

    Raises:
        Gone: they were forgotten since it was opened.
    """
    found = link.holder(visit)
    if found is None:
        raise Gone
    return found


def held(visit: CandidateLink) -> Candidate:
    """The same for writing of them: whoever forgets them waits, or was before.

    Raises:
        Gone: they were forgotten since it was opened.
    """
    them = holder(visit)
    contact_state.hold(them.id)
    return them


def acted(
    visit: CandidateLink,
    them: Candidate,
    act: str,
    now: datetime,
    *,
    kind: str = SURVEY,
    payload: dict[str, Any] | None = None,
) -> bool:
    """The act as a touchpoint, once a day, and the retention clock that it restarts; False when it was there today."""
    link.used(visit, now)
    agency = the_agency()
    day = clock.local_day(now, agency.zone) if agency else now.date()
    hit = Hit(them.id, kind, now, SOURCE, f"{visit.mark}:{act}:{day.isoformat()}", payload=payload)
    taken = response.take_in(hit, now)
    retention.restart(them.id, now)
    return taken.fresh
