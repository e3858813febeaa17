"""Beginning a queue with the list of the moment, taking somebody in who became hot, and ending it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from app.db import UtcDateTime, db
from app.domain.actions import queue
from app.domain.actions.queue import Queue, QueueCard
from app.domain.actions.queue_cards import Deck, Turned, deck_of, onward, turn
from app.domain.agency.person import Person
from app.domain.candidates.contact_state import ContactState
from app.domain.program import occurrence
from app.domain.program.occurrence import Occurrence
from app.domain.scoring import capacity, contact_next, list_log
from app.domain.scoring.contact_next import NextUp, Upcoming

MINUTES = 45
MOST_CARDS = 40
EARLY = timedelta(minutes=15)
NEWER = (
    select(ContactState.candidate_id)
    .where(
        ContactState.owner_id == bindparam("owner"),
        ContactState.trigger_at > bindparam("since", type_=UtcDateTime()),
        ContactState.candidate_id.not_in(bindparam("known", expanding=True)),
    )
    .limit(1)
)
"""Who begins so shortly before the block begins it."""


def start(
    person: Person,
    now: datetime,
    *,
    owner_id: int | None = None,
    k: int | None = None,
    minutes: int | None = None,
) -> Turned | None:
    """Freeze the list of this moment and put its first card on the screen; the queue that is open goes on instead.

    By itself it is as long as the block that runs, or three quarters of an hour, with a card for every 4.5 minutes.
    None when nobody is to be contacted.
    """
    _one_at_a_time(person)
    going = queue.open_of(person, now)
    deck = deck_of(person, going.id) if going else None
    if deck and deck.open:
        return resume(deck, now)
    _end_all(person, now)
    running = begun_in(occurrence.next_for(person, now), now)
    minutes = minutes or minutes_of(running)
    upcoming = contact_next.for_person(person, now, k or cards_in(minutes), owner_id=owner_id)
    if not upcoming.rows:
        return None
    begun = Queue(person_id=person.id, owner_id=owner_id or person.id, started_at=now, minutes=minutes)
    begun.block_at = running.starts if running else None
    return _deal(person, begun, upcoming, now)


def begun_in(coming: Occurrence | None, now: datetime) -> Occurrence | None:
    """The block that runs or comes next, if what begins now is begun in it."""
    return coming if coming and coming.starts <= now + EARLY else None


def minutes_of(block: Occurrence | None) -> int:
    """How long a block lasts; three quarters of an hour without one."""
    return block.minutes if block else MINUTES


def cards_in(minutes: int) -> int:
    """For how many conversations there is time."""
    return min(MOST_CARDS, max(1, capacity.offers(minutes)))


def resume(deck: Deck, now: datetime) -> Turned:
    """Go on where one was, on whichever device; the claim of the card is taken again."""
    current = deck.current
    return turn(deck, [current, *onwards(deck, current)], now) if current else onward(deck, 0, now)


def onwards(deck: Deck, card: QueueCard) -> list[QueueCard]:
    """The open cards after this one."""
    return [one for one in deck.open if one.position > card.position]


def _one_at_a_time(person: Person) -> None:
    """Hold the person, so that two devices do not begin two queues; what refers to a person need not wait."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))


def _end_all(person: Person, now: datetime) -> None:
    for row in db.session.scalars(select(Queue).where(Queue.person_id == person.id, Queue.ended_at.is_(None))):
        row.ended_at, row.current_id = min(now, queue.touched_at(row, queue.cards_of(row)) + queue.LEFT_ALONE), None


def _deal(person: Person, begun: Queue, upcoming: Upcoming, now: datetime) -> Turned:
    begun.list_id = list_log.note(person, upcoming, "queue", now)
    db.session.add(begun)
    db.session.flush()
    cards = [
        QueueCard(
            queue_id=begun.id, candidate_id=each.candidate.id, position=position, slot=each.ranked.slot or "ranked"
        )
        for position, each in enumerate(upcoming.rows, 1)
    ]
    db.session.add_all(cards)
    db.session.flush()
    return onward(Deck(person, begun, cards, {each.candidate.id: each.candidate for each in upcoming.rows}), 0, now)


def hot_now(person: Person, row: Queue, cards: Iterable[QueueCard], now: datetime) -> list[NextUp]:
    """Who became hot since the queue began and has no card in it; the pool is ranked anew only when somebody did."""
    known = [card.candidate_id for card in cards]
    asked = {"owner": row.owner_id, "since": row.started_at, "known": known}
    if db.session.connection().scalar(NEWER, asked) is None:
        return []
    found = contact_next.hot_for(person, row.owner_id, row.started_at, now)
    return [each for each in found if each.candidate.id not in known]


def offer(deck: Deck, candidate_id: int, now: datetime) -> bool:
    """Let somebody who became hot come next, after the card on the screen; False when they are not hot any more."""
    if any(card.candidate_id == candidate_id for card in deck.cards):
        return True
    if candidate_id not in {each.candidate.id for each in hot_now(deck.person, deck.queue, deck.cards, now)}:
        return False
    current = deck.current
    position = current.position if current else max((card.position for card in deck.cards), default=0)
    for card in deck.cards:
        card.position += card.position > position
    db.session.add(
        QueueCard(queue_id=deck.queue.id, candidate_id=candidate_id, position=position + 1, slot=queue.OFFERED)
    )
    db.session.flush()
    return True


def end(deck: Deck, now: datetime) -> None:
    """Stop here; the candidates whose cards are open are for another time."""
    turn(deck, (), now)
    deck.queue.ended_at = deck.queue.ended_at or now
    db.session.flush()
