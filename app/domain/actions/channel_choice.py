"""Which channel to use now for a candidate, from what is known of reaching them: three questions, also for many."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from app.db import db
from app.domain.actions.channel_rule import Choice, ChoiceState, House, Known, Tried, decide
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, UNANSWERED, Outcome
from app.domain.agency.agency import the_agency, the_zone
from app.domain.agency.person import Person
from app.domain.candidates import consent
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, visible
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.candidates.preference import ChannelPreference, Purpose

__all__ = ["Choice", "ChoiceState", "choices", "choices_of"]

LOOKS_BACK = timedelta(days=180)
MOST_EACH = 60
Contact = tuple[Channel, str, datetime]


def choices(
    person: Person, candidate: Candidate, now: datetime, purpose: Purpose = Purpose.CONTACT
) -> tuple[Choice, ...]:
    """The ways to reach a candidate now, the best one first; empty when we have no address."""
    return choices_of(person, [candidate.id], now, purpose).get(candidate.id, ())


def choices_of(
    person: Person, candidate_ids: Collection[int], now: datetime, purpose: Purpose = Purpose.CONTACT
) -> dict[int, tuple[Choice, ...]]:
    """The same for some dozens of candidates; whom this person may not see is not there."""
    if not candidate_ids:
        return {}
    agency = the_agency()
    house = House(the_zone(), agency is not None and agency.whatsapp_business)
    found = _known(person, candidate_ids, now, purpose)
    return {candidate_id: decide(known, house, now) for candidate_id, known in found.items()}


def _known(person: Person, candidate_ids: Collection[int], now: datetime, purpose: Purpose) -> dict[int, Known]:
    refused, contacts = _refused(candidate_ids), _contacts(candidate_ids, now)
    rows = db.session.execute(_ways_of(person, candidate_ids, purpose))
    found = {}
    for state, each in groupby(rows, key=lambda row: row[0]):
        told = list(each)
        found[state.candidate_id] = Known(
            identities=tuple(row[1] for row in told if row[1] is not None),
            wish=told[0][2],
            refused=refused.get(state.candidate_id, frozenset()),
            do_not_contact=state.do_not_contact_at is not None,
            tried=_tried(contacts.get(state.candidate_id, ()), state),
        )
    return found


def _ways_of(
    person: Person, candidate_ids: Collection[int], purpose: Purpose
) -> Select[ContactState, Identity | None, ChannelPreference | None]:
    """A row for each address; what they said of this purpose goes before what they said of contact."""
    seen = visible(person).where(Candidate.id.in_(candidate_ids)).with_only_columns(Candidate.id)
    wish = func.coalesce(_newest(purpose), _newest(Purpose.CONTACT))
    return (
        select(ContactState, Identity, ChannelPreference)
        .outerjoin(Identity, Identity.candidate_id == ContactState.candidate_id)
        .outerjoin(ChannelPreference, ChannelPreference.id == wish)
        .where(ContactState.candidate_id.in_(seen))
        .order_by(ContactState.candidate_id, Identity.id)
    )


def _newest(purpose: Purpose) -> ScalarSelect[int | None]:
    said = aliased(ChannelPreference)
    return (
        select(func.max(said.id))
        .where(said.candidate_id == ContactState.candidate_id, said.purpose == purpose)
        .correlate(ContactState)
        .scalar_subquery()
    )


def _refused(candidate_ids: Collection[int]) -> dict[int, frozenset[str | None]]:
    """On which channels they took back that we may approach them; None: on all."""
    return {
        candidate_id: frozenset(
            channel for (purpose, channel), row in said.items() if purpose == ConsentPurpose.CONTACT and not row.given
        )
        for candidate_id, said in consent.current_of(candidate_ids).items()
    }


def _contacts(candidate_ids: Collection[int], now: datetime) -> dict[int, list[Contact]]:
    """What was tried lately and what came of it, newest first."""
    action = EngagementAction
    query = (
        select(action.candidate_id, action.channel, action.outcome, action.occurred_at)
        .where(
            action.candidate_id.in_(candidate_ids),
            action.occurred_at > now - LOOKS_BACK,
            action.channel.is_not(None),
            action.undone_at.is_(None),
        )
        .order_by(action.occurred_at.desc(), action.id.desc())
        .limit(MOST_EACH * len(candidate_ids))
    )
    found: dict[int, list[Contact]] = {}
    for candidate_id, channel, outcome, at in db.session.execute(query):
        found.setdefault(candidate_id, []).append((Channel(channel or ""), outcome, at))
    return found


def _tried(contacts: Iterable[Contact], state: ContactState) -> dict[Channel, Tried]:
    """A reply of their own answers an attempt and is none itself."""
    heard = [at for at in (state.last_two_way_at, state.last_inbound_at) if at is not None]
    since = max(heard, default=None)
    found: dict[Channel, Tried] = {}
    for channel, outcome, at in contacts:
        before = found.get(channel, Tried())
        answered, failed = outcome in TWO_WAY, outcome in UNANSWERED
        found[channel] = Tried(
            attempts=before.attempts + (failed or (answered and outcome != Outcome.REPLIED)),
            answers=before.answers + answered,
            unanswered=before.unanswered + (failed and (since is None or at > since)),
            heard_at=before.heard_at or (at if answered else None),
        )
    return found
