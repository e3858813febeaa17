"""A candidate chooses one of the times that were proposed to them: it becomes a promise, once."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.actions import own_act, promise, proposing, time_offer, verification
from app.domain.actions.promise import Promise
from app.domain.actions.time_offer import TimeOffer
from app.domain.actions.verification import Evidence
from app.domain.agency.person import Person
from app.domain.candidates import contact_state
from app.domain.candidates.gone import Gone
from app.domain.candidates.link import CandidateLink
from app.domain.notices import notice, outbox
from app.domain.notices.recipient import name_candidate, name_person

KIND = "time_chosen"


class TimeTaken(Exception):  # noqa: N818 - it names what is the case
    """That time is over, was never offered, or went to somebody else."""


class Choice(NamedTuple):
    """A time that was offered, and whether it can still be chosen."""

    at: datetime
    free: bool


class Standing(NamedTuple):
    """What a link offers as it stands now: by whom, what can be chosen, and the promise that was made of it."""

    offer: TimeOffer
    person: Person
    choices: list[Choice]
    agreed: Promise | None


def standing(visit: CandidateLink, now: datetime) -> Standing:
    """What the candidate sees.

    Raises:
        Gone: nothing was ever offered by this link.
    """
    offer = time_offer.of_link(visit.id)
    if offer is None:
        raise Gone
    person = db.session.get_one(Person, offer.person_id)
    may = person.is_active and offer.is_open(now)
    choices = [Choice(at, may and at > now and proposing.is_free(offer, at)) for at in offer.moments]
    return Standing(offer, person, choices, _agreed(offer))


def _agreed(offer: TimeOffer) -> Promise | None:
    """The promise that was made, as long as nobody took it back."""
    made = db.session.get(Promise, offer.promise_id) if offer.promise_id else None
    return made if made and made.withdrawn_at is None else None


def choose(visit: CandidateLink, start: datetime, now: datetime, host: str) -> None:
    """Agree on one of the times; once one was chosen, choosing again changes nothing.

    Raises:
        Gone: nothing is offered by this link, or whose page it was is nobody any more.
        TimeTaken: that one cannot be chosen any more.
    """
    them = own_act.holder(visit)
    offer = _held(visit)
    contact_state.hold(them.id)
    if offer.picked_at is not None:
        return
    if not any(choice.free for choice in standing(visit, now).choices if choice.at == start):
        raise TimeTaken
    promise.replace(them.id, promise.asked_by_them(them.id), now)
    offer.picked_at, offer.picked = now, start
    offer.promise_id = promise.make(them.id, offer.person_id, start, channel=offer.channel, action_id=None, now=now)
    verification.seen(them.id, Evidence.CALENDAR, now, now)
    # No reply: a reply is owed an answer within a day, and theirs is the conversation that was agreed.
    own_act.acted(visit, them, "choose_time", now, payload={"time": start.isoformat()})
    _tell(offer, visit, now, host)


def _held(visit: CandidateLink) -> TimeOffer:
    """The offer, while no other candidate can be promised the same time: whoever offered it is held first."""
    offer = time_offer.of_link(visit.id)
    if offer is None:
        raise Gone
    db.session.execute(select(Person.id).where(Person.id == offer.person_id).with_for_update(key_share=True))
    db.session.refresh(offer)
    return offer


def _tell(offer: TimeOffer, visit: CandidateLink, now: datetime, host: str) -> None:
    """One mail to whoever will call, and a line under their bell."""
    whom, about = name_person(offer.person_id), name_candidate(visit.candidate_id)
    facts = {"at": (offer.picked or now).isoformat()}
    notice.tell(KIND, [whom], period=visit.mark, about=about, facts=facts, now=now)
    outbox.plan(
        kind=KIND,
        recipient=whom,
        period=visit.mark,
        payload={"promise_id": offer.promise_id},
        due_at=now,
        not_after=offer.picked or now,
        now=now,
        host=host,
    )


def decline(visit: CandidateLink, now: datetime) -> None:
    """None of them suits: the times are given back, and the page stays, to say when it does."""
    offer = _held(visit)
    if offer.is_open(now):
        offer.withdrawn_at = now
