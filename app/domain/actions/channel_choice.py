"""Which channel to use now for a candidate, from what is known of reaching them: one question, also for many."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.db import UtcDateTime, db
from app.domain.actions.channel_rule import Choice, ChoiceState, House, Known, Tried, decide
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import TWO_WAY, UNANSWERED, Outcome
from app.domain.agency.agency import the_agency, the_zone
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity
from app.domain.candidates.preference import ChannelPreference, Purpose

__all__ = ["Choice", "ChoiceState", "choices", "choices_from", "choices_of"]

LOOKS_BACK = timedelta(days=180)
MOST_EACH = 100
REFUSED = "refused"
Contact = tuple[str | None, str, datetime]
"""A channel, an outcome or that it was refused, and when."""


class Heard(NamedTuple):
    """What the choice needs of a contact state."""

    candidate_id: int
    last_two_way_at: datetime | None
    last_inbound_at: datetime | None
    do_not_contact_at: datetime | None


Ways = tuple[Heard, list[Identity], ChannelPreference | None]
"""What was learned of somebody: their addresses, and what they said of this purpose or else of contact."""
THESE: BindParameter[int] = bindparam("these", expanding=True)


def _newest(purpose: ColumnElement[str] | Purpose) -> ScalarSelect[int | None]:
    said = aliased(ChannelPreference)
    return (
        select(func.max(said.id))
        .where(said.candidate_id == ContactState.candidate_id, said.purpose == purpose)
        .correlate(ContactState)
        .scalar_subquery()
    )


def _refusals() -> Select[int, str | None, str, datetime]:
    newest = (
        select(func.max(Consent.id))
        .where(Consent.candidate_id.in_(THESE), Consent.purpose == ConsentPurpose.CONTACT)
        .group_by(Consent.candidate_id, Consent.channel)
    )
    refused = literal(REFUSED).label("outcome")
    rows = select(Consent.candidate_id, Consent.channel, refused, Consent.at.label("at"))
    return rows.where(Consent.id.in_(newest), Consent.given.is_(False))


def _contacts() -> Select[int, str | None, str, datetime]:
    action = EngagementAction
    return select(action.candidate_id, action.channel, action.outcome, action.occurred_at).where(
        action.candidate_id.in_(THESE),
        action.occurred_at > bindparam("since", type_=UtcDateTime()),
        action.channel.is_not(None),
        action.outcome.in_((*TWO_WAY, *UNANSWERED)),
        action.undone_at.is_(None),
    )


def _said_first() -> Select[int, str | None, str, datetime]:
    rows = union_all(_refusals(), _contacts()).subquery()
    return select(rows).order_by(rows.c.outcome != REFUSED, rows.c.at.desc()).limit(bindparam("most", type_=Integer()))


SAID = _said_first()
WISH = ChannelPreference.id == func.coalesce(_newest(bindparam("purpose")), _newest(Purpose.CONTACT))


def _everything() -> Select[*tuple[Any, ...]]:
    """A row for each address, and then one for each thing that was said."""
    said, part = SAID.subquery(), union_all(select(literal(0).label("number")), select(literal(1))).subquery()
    return (
        select(*(getattr(ContactState, name) for name in Heard._fields), Identity, ChannelPreference, *said.c)
        .select_from(part)
        .outerjoin(ContactState, and_(part.c.number == 0, ContactState.candidate_id.in_(THESE)))
        .outerjoin(Identity, Identity.candidate_id == ContactState.candidate_id)
        .outerjoin(ChannelPreference, WISH)
        .outerjoin(said, part.c.number == 1)
        .order_by(Identity.id, said.c.outcome != REFUSED, said.c.at.desc())
    )


EVERYTHING = _everything()


def choices(candidate: Candidate, now: datetime, purpose: Purpose = Purpose.CONTACT) -> tuple[Choice, ...]:
    """The ways to reach a candidate now, the best one first; empty when we have no address."""
    return choices_of([candidate.id], now, purpose).get(candidate.id, ())


def choices_of(
    candidate_ids: Collection[int], now: datetime, purpose: Purpose = Purpose.CONTACT
) -> dict[int, tuple[Choice, ...]]:
    """The same for some dozens of candidates whom whoever asks is known to see, as those of their own list."""
    if not candidate_ids:
        return {}
    house, said, ways = _house(), defaultdict[int, list[Contact]](list), dict[int, Ways]()
    asked = _asked(candidate_ids, now) | {"purpose": purpose}
    for *heard, identity, wish, who, channel, outcome, at in db.session.execute(EVERYTHING, asked):
        if who is not None:
            said[who].append((channel, outcome, at))
        elif (state := Heard(*heard)).candidate_id is not None:
            found = ways.setdefault(state.candidate_id, (state, [], wish))
            found[1].extend([identity] if identity else [])
    return {who: decide(_known(*known, said[who]), house, now) for who, known in ways.items()}


def choices_from(
    state: ContactState, identities: Iterable[Identity], wish: ChannelPreference | None, now: datetime
) -> tuple[Choice, ...]:
    """The same for a page that knows the candidate's addresses and wish already, in one question."""
    said = _said([state.candidate_id], now).get(state.candidate_id, [])
    return decide(_known(state, identities, wish, said), _house(), now)


def _house() -> House:
    agency = the_agency()
    return House(the_zone(), agency is not None and agency.whatsapp_business)


def _known(
    state: Heard | ContactState, identities: Iterable[Identity], wish: ChannelPreference | None, said: Sequence[Contact]
) -> Known:
    return Known(
        identities=tuple(identities),
        wish=wish,
        refused=frozenset(channel for channel, outcome, _at in said if outcome == REFUSED),
        do_not_contact=state.do_not_contact_at is not None,
        tried=_tried(said, state),
    )


def _said(candidate_ids: Collection[int], now: datetime) -> dict[int, list[Contact]]:
    """On which channels they took back that we may approach them, and what was tried lately, newest first."""
    found: dict[int, list[Contact]] = {}
    for candidate_id, channel, outcome, at in db.session.connection().execute(SAID, _asked(candidate_ids, now)):
        found.setdefault(candidate_id, []).append((channel, outcome, at))
    return found


def _asked(candidate_ids: Collection[int], now: datetime) -> dict[str, Any]:
    return {"these": list(candidate_ids), "since": now - LOOKS_BACK, "most": MOST_EACH * len(candidate_ids)}


def _tried(contacts: Iterable[Contact], state: Heard | ContactState) -> dict[Channel, Tried]:
    """By channel, from the newest to the oldest; a reply of their own answers an attempt and is none itself."""
    heard = [at for at in (state.last_two_way_at, state.last_inbound_at) if at is not None]
    since = max(heard, default=None)
    found: dict[Channel, Tried] = {}
    for name, outcome, at in contacts:
        if outcome == REFUSED or name is None:
            continue
        channel = Channel(name)
        before = found.get(channel, Tried())
        answered, failed = outcome in TWO_WAY, outcome in UNANSWERED
        found[channel] = Tried(
            attempts=before.attempts + (failed or (answered and outcome != Outcome.REPLIED)),
            answers=before.answers + answered,
            unanswered=before.unanswered + (failed and (since is None or at > since)),
            heard_at=before.heard_at or (at if answered else None),
        )
    return found
