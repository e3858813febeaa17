"""The card behind the one on the screen, as it would be now: looking at it claims nobody and changes nothing."""

from datetime import datetime, timedelta
from typing import NamedTuple

from app.db import db
from app.domain.actions import queue
from app.domain.actions.queue import QueueCard
from app.domain.actions.queue_cards import Deck, Met, following, standing
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate, visible_to
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring.contact_next import NextUp


class Ahead(NamedTuple):
    """The card that comes when the one on the screen is left, how its candidate stands, and who is on the screen."""

    card: QueueCard
    met: Met
    left: Candidate


def ahead_of(person: Person, card_id: int, now: datetime) -> Ahead | None:
    """What follows a card of one's own.

    None when that is not the one on the screen, when nothing follows, and when the next candidate has to be passed
    over as things are: only the press itself passes over, and says so.
    """
    pile = queue.pile_of(person, now, ended_within=timedelta(0))
    deck = Deck(person, pile.queue, pile.cards, {}) if pile else None
    current = deck.current if deck else None
    if deck is None or current is None or current.id != card_id:
        return None
    left = visible_to(person, current.candidate_id)
    coming = next((card for card in following(deck, current.position) if card is not current), None)
    met = _met(deck, coming, now) if coming else None
    return Ahead(coming, met, left) if coming and met and left else None


def _met(deck: Deck, card: QueueCard, now: datetime) -> Met | None:
    state = db.session.get_one(ContactState, card.candidate_id)
    colleague = state.claimed_by_id not in {None, deck.person.id}
    if colleague and state.claimed_until and state.claimed_until > now:
        return None
    found = standing(deck, card, visible_to(deck.person, card.candidate_id), state, now)
    return Met(deck, found, state) if isinstance(found, NextUp) else None
