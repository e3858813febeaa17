"""Turning the cards of a queue: the next, the one before, a skip; whom a colleague has by then is passed over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, select

from app.db import db
from app.domain.actions import claim, queue
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.queue import OPEN_STATES, CardState, Queue, QueueCard
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.scoring import contact_next
from app.domain.scoring.contact_next import NextUp

CLAIMED, CONTACTED, LOGGED = "claimed", "contacted", "logged"
KNOWN_BEFORE = frozenset({CLAIMED, "channel_closed"})
"""Gates that are no reason to take a card away: a claim is tried itself, and a closed channel opens again."""


class Gone(NamedTuple):
    """Who was passed over, and why: `by` a colleague, or the reason of a gate."""

    name: str
    reason: str
    by: str | None


class Deck(NamedTuple):
    """A queue that is held, with its cards in their order, and of these the candidates whom the person may see."""

    person: Person
    queue: Queue
    cards: Sequence[QueueCard]
    candidates: Mapping[int, Candidate]

    def card(self, card_id: int | None) -> QueueCard | None:
        return next((card for card in self.cards if card.id == card_id), None)

    @property
    def current(self) -> QueueCard | None:
        return self.card(self.queue.current_id)

    @property
    def open(self) -> list[QueueCard]:
        """In the order of their positions, also after a skip has moved one."""
        return sorted((card for card in self.cards if card.state in OPEN_STATES), key=lambda card: card.position)


class Met(NamedTuple):
    """Whom a deck was turned to: how they stand now, and the copy of their contact state that the claim gave."""

    deck: Deck
    next_up: NextUp
    state: ContactState


class Turned(NamedTuple):
    """The card on the screen now, or None at the end, and who was passed over on the way to it.

    `met` when it was looked at just now, so that a page need not ask again.
    """

    card: QueueCard | None
    gone: tuple[Gone, ...] = ()
    met: Met | None = None


def deck_of(person: Person, queue_id: int) -> Deck | None:
    """One's own queue with its cards, held until the transaction ends."""
    return _deck(person, queue.held(person, queue_id))


def deck_with(person: Person, card_id: int) -> Deck | None:
    """The same, of one of its cards."""
    return _deck(person, queue.held_with(person, card_id))


def _deck(person: Person, found: Queue | None) -> Deck | None:
    """When whoever was on the screen was forgotten, the first card that waits takes that place."""
    if found is None:
        return None
    pairs = queue.cards_with_candidates(person, found)
    deck = Deck(person, found, [card for card, _ in pairs], {them.id: them for _, them in pairs if them})
    if found.current_id and deck.current is None:
        found.current_id = next((card.id for card in deck.open), None)
    return deck


def turn(deck: Deck, to: Iterable[QueueCard], now: datetime) -> Turned:
    """Put the first of these cards on the screen that nothing stands in the way of, and claim its candidate."""
    gone: list[Gone] = []
    for card in () if deck.queue.ended_at else to:
        found = _meet(deck, card, now)
        if isinstance(found, Met):
            deck.queue.current_id = card.id
            db.session.flush()
            return Turned(card, tuple(gone), found)
        gone += [found] if card.state != CardState.DONE else []
    if deck.current is not None:
        claim.release(deck.person, deck.current.candidate_id)
    deck.queue.current_id = None
    db.session.flush()
    return Turned(None, tuple(gone))


def following(deck: Deck, position: int) -> list[QueueCard]:
    """The cards that are open, those behind this position first."""
    return sorted(deck.open, key=lambda card: card.position <= position)


def onward(deck: Deck, position: int, now: datetime) -> Turned:
    """The next card that is open, after the last one the first."""
    return turn(deck, following(deck, position), now)


def forward(deck: Deck, card: QueueCard, now: datetime) -> Turned:
    """Look at the next one without having done this one, which stays open."""
    return onward(deck, card.position, now)


def backward(deck: Deck, card: QueueCard, now: datetime) -> Turned:
    """The open card before this one; before the first there is none, so that one stays."""
    before = [one for one in deck.open if one.position < card.position]
    return turn(deck, [*reversed(before), *(one for one in deck.open if one.position >= card.position)], now)


def skip(deck: Deck, card: QueueCard, now: datetime, *, seen: str | None = None) -> Turned:
    """Not now: it comes back once, behind the last; skipped again it is passed for good.

    `seen` is the state in which the card was seen: a press that comes twice skips once.
    """
    if card is not deck.current or (seen or card.state) != card.state:
        return Turned(deck.current)
    position, card.skipped_at = card.position, now
    if card.state == CardState.SKIPPED:
        card.state = CardState.PASSED
    else:
        card.state, card.position = CardState.SKIPPED, max(one.position for one in deck.cards) + 1
    return onward(deck, position, now)  # written once both candidates are held, as whoever forgets one does


def stay(deck: Deck, card: QueueCard, now: datetime) -> Turned:
    """One is still at it: the claim lasts ten minutes from now; whoever is gone by now makes room."""
    if card is not deck.current:
        return Turned(deck.current)
    return turn(deck, [card, *(one for one in deck.open if one.position > card.position)], now)


def _meet(deck: Deck, card: QueueCard, now: datetime) -> Met | Gone:
    """Claim the candidate of a card, leaving the one on the screen; else mark it, and say what stands in the way."""
    left = deck.current if deck.current is not card else None
    claimed = claim.turn(deck.person, card.candidate_id, left.candidate_id if left else None, now)
    state = claimed or db.session.get_one(ContactState, card.candidate_id, populate_existing=True)
    candidate = deck.candidates.get(card.candidate_id)
    found = standing(deck, card, candidate, state, now) if claimed else CLAIMED
    if isinstance(found, NextUp):
        return Met(deck, found, state)
    if claimed:
        claim.release(deck.person, card.candidate_id)
    if done := _logged_elsewhere(deck, card, state):
        card.state, card.action_id, card.done_at = CardState.DONE, done.id, done.recorded_at
        return Gone("", LOGGED, None)
    card.state = CardState.GONE
    by = {CLAIMED: state.claimed_by_id, CONTACTED: state.last_attempt_by_id}.get(found)
    return Gone(candidate.name if candidate else "", found, _name(by))


def standing(
    deck: Deck, card: QueueCard, candidate: Candidate | None, state: ContactState, now: datetime
) -> NextUp | str:
    """How somebody stands whom no colleague has, or the reason why they are not to be contacted."""
    if _logged_elsewhere(deck, card, state):
        return LOGGED
    if candidate is None:
        return "retention_over"
    if _tried_since(deck, state) and state.last_attempt_by_id != deck.person.id:
        return CONTACTED
    found = contact_next.alone(deck.person, candidate, now)
    gate = found.ranked.gate
    return gate.reason if gate and gate.reason not in KNOWN_BEFORE else found


def _tried_since(deck: Deck, state: ContactState) -> bool:
    return state.last_attempt_at is not None and state.last_attempt_at > deck.queue.started_at


def _logged_elsewhere(deck: Deck, card: QueueCard, state: ContactState) -> Row[int, datetime] | None:
    """What one did with this card on another page since the queue began; then it is done."""
    if not _tried_since(deck, state) or state.last_attempt_by_id != deck.person.id:
        return None
    action = EngagementAction
    query = select(action.id, action.recorded_at).where(
        action.person_id == deck.person.id,
        action.candidate_id == card.candidate_id,
        action.recorded_at >= deck.queue.started_at,
        action.undone_at.is_(None),
    )
    return db.session.execute(query.order_by(action.id.desc()).limit(1)).first()


def _name(person_id: int | None) -> str | None:
    found = db.session.get(Person, person_id) if person_id else None
    return found.name if found else None
