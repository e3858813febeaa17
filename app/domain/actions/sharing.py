"""Sharing something useful with a candidate: a link of their own for each channel, followed or not."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.actions.channel_rule import Choice, ChoiceState
from app.domain.agency import token as tokens
from app.domain.agency.person import Person
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.journey import tracked_link
from app.domain.journey.shared_item import SharedItem
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.tracked_link import TrackedLink
from app.domain.scoring import contact_next
from app.domain.scoring.contact_next import NextUp

MESSAGES = (Channel.WHATSAPP, Channel.EMAIL, Channel.SMS, Channel.LINKEDIN)
CLOSED = frozenset({"retention_over", "no_channel", "do_not_contact", "consent_withdrawn"})
"""Why nothing may be sent at all; other gates only say that later would be better."""
SHOWN = 10
LOOKS_BACK = 200
LONGEST_MESSAGE = 32


class Before(NamedTuple):
    """Something that was shared with a candidate: what, by whom, when, and whether a person opened it."""

    title: str
    by: str | None
    at: datetime
    opened: bool


def standing(person: Person, candidate: Candidate, now: datetime) -> NextUp:
    """Whether a candidate may be sent something now, and what speaks against it."""
    return contact_next.alone(person, candidate, now)


def is_closed(next_up: NextUp) -> bool:
    """Whether nothing may be sent to them."""
    gate = next_up.ranked.gate
    return gate is not None and gate.reason in CLOSED


def writable(chosen: Iterable[Choice]) -> dict[Channel, Choice]:
    """The channels on which a message may be written, the best one first; when it is sent is up to the sender."""
    found = (one for one in chosen if one.state in (ChoiceState.OPEN, ChoiceState.QUIET))
    return {one.channel: one for one in found if one.channel in MESSAGES and one.href}


def share(
    candidate: Candidate, item: SharedItem, channels: Collection[Channel], by: Person, now: datetime
) -> Mapping[Channel | None, str]:
    """A token for each channel, and under None one for elsewhere; which of them is sent, whoever sends it chooses."""
    message = tokens.fresh()[:LONGEST_MESSAGE]
    return {
        channel: tracked_link.make(
            candidate.id, item.url, message=message, item_id=item.id, channel=channel, by_id=by.id, now=now
        ).token
        for channel in (*channels, None)
    }


def before(candidate_id: int) -> list[Before]:
    """What was shared with a candidate, each item once, what was shared last first."""
    link = TrackedLink
    rows = db.session.execute(
        select(SharedItem.id, SharedItem.title, Person.name, link.made_at)
        .join(SharedItem, SharedItem.id == link.item_id)
        .outerjoin(Person, Person.id == link.made_by_id)
        .where(link.candidate_id == candidate_id)
        .order_by(link.made_at.desc(), link.id.desc())
        .limit(LOOKS_BACK)
    ).all()
    newest = {item_id: (title, by, at) for item_id, title, by, at in reversed(rows)}
    opened = _opened(candidate_id, newest)
    found = [Before(*facts, item_id in opened) for item_id, facts in newest.items()]
    return sorted(found, key=lambda each: each.at, reverse=True)[:SHOWN]


def _opened(candidate_id: int, item_ids: Collection[int]) -> set[int]:
    sources = {f"{tracked_link.ITEM}{item_id}": item_id for item_id in item_ids}
    query = select(Touchpoint.source).where(
        Touchpoint.candidate_id == candidate_id,
        Touchpoint.source.in_(sources),
        Touchpoint.verdict != "machine",
        Touchpoint.reversed_at.is_(None),
    )
    return {sources[source] for source in db.session.scalars(query.distinct())}
