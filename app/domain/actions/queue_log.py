"""Logging the card on the screen, changing its next step, taking it back: each once, whatever is pressed twice."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, func, select, update

from app import clock
from app.db import db
from app.domain.actions import action, claim, consequence, promise, queue
from app.domain.actions.action import Logged
from app.domain.actions.bonus import Bonus
from app.domain.actions.consequence import Answer
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.promise import Promise
from app.domain.actions.queue import CardState, QueueCard
from app.domain.actions.queue_cards import Deck, Turned, deck_of, onward, turn
from app.domain.actions.verification import Verification
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.identity import Channel
from app.domain.game.ledger import LedgerEntry

SOURCE = "block"
MADE_BY = (Promise.made_by_action_id == EngagementAction.id) & Promise.withdrawn_at.is_(None)
BONUS = and_(
    LedgerEntry.source_kind == "action", LedgerEntry.source_id == EngagementAction.id, LedgerEntry.kind == "bonus"
)
UNPROVEN = and_(Verification.action_id == EngagementAction.id, Verification.evidence.is_(None))
SAID = (
    select(
        Candidate,
        EngagementAction.points,
        EngagementAction.award_reason,
        EngagementAction.note,
        Promise.due_at,
        func.coalesce(Verification.owing, 0),
        LedgerEntry.reason,
        LedgerEntry.points,
    )
    .join(Candidate, Candidate.id == EngagementAction.candidate_id)
    .outerjoin(Promise, MADE_BY)
    .outerjoin(Verification, UNPROVEN)
    .outerjoin(LedgerEntry, BONUS)
    .where(EngagementAction.id == bindparam("action", type_=Integer()))
    .order_by(Promise.id.desc(), LedgerEntry.id)
)
"""A row for every bonus, and for every promise that it made."""


class Said(NamedTuple):
    """For whom an action was, what it earned and will earn, what it says, and when its next step is due."""

    candidate: Candidate
    points: int
    reason: str | None
    note: str | None
    due_at: datetime | None
    owing: int
    bonuses: tuple[Bonus, ...]


class Worked(NamedTuple):
    """What was logged, None when the card was done already, and the card that is on the screen now.

    `elsewhere`: it was done by another form, in another tab or on another page; else the same press came twice.
    `said`: what was logged just now, so that a page need not ask again.
    """

    logged: Logged | None
    turned: Turned
    elsewhere: bool = False
    said: Said | None = None


def log(
    deck: Deck,
    card: QueueCard,
    candidate: Candidate,
    answer: Answer,
    *,
    now: datetime,
    key: bytes,
    channel: Channel | None = None,
    note: str = "",
    promise_at: datetime | None = None,
) -> Worked:
    """Log what came of a card and put the next one on the screen; a card that is done is not logged again.

    Raises:
        NotLoggable: its subclass says why; nothing was written.
    """
    if card.state == CardState.DONE:
        before = db.session.get(EngagementAction, card.action_id) if card.action_id else None
        return Worked(None, Turned(deck.current), elsewhere=before is None or before.key != key)
    outcome, kind = answer.logged_as
    logged = action.log(
        deck.person,
        candidate,
        outcome,
        at=now,
        now=now,
        kind=kind,
        channel=channel,
        note=note,
        promise_at=promise_at,
        key=key,
        source=SOURCE,
    )
    consequence.carry_out(answer, deck.person, candidate.id, channel, now)
    card.state, card.done_at, card.action_id, card.paused_until = CardState.DONE, now, logged.action_id, answer.until
    told = (logged.points, logged.reason, note or None, promise_at, logged.owing, tuple(logged.bonuses))
    said = Said(candidate, *told)
    return Worked(logged, _after(deck, card, now), said=said if logged.fresh else None)


def _after(deck: Deck, card: QueueCard, now: datetime) -> Turned:
    """The next card, unless another tab has gone on or stopped; the one that is left is for others again."""
    current = deck.current
    if current is not card:
        claim.release(deck.person, card.candidate_id)
    if deck.queue.ended_at is not None or (current is not None and current is not card):
        return Turned(current)
    return onward(deck, card.position, now)


def said_of(action_id: int) -> Said:
    """What was logged, and the next step that stands."""
    rows = db.session.execute(SAID, {"action": action_id}).all()
    bonuses = dict.fromkeys(Bonus(row[6], row[7]) for row in rows if row[6])
    candidate, points, reason, note, due_at, owing = rows[0][:6]
    return Said(candidate, points, reason, note, due_at, owing, tuple(bonuses))


def change_step(card: QueueCard, promise_at: datetime | None, note: str, now: datetime) -> bool:
    """Another next step, and another note, for what was logged with a card; False when it does not stand any more."""
    found = db.session.get(EngagementAction, card.action_id, populate_existing=True) if card.action_id else None
    if found is None or found.undone_at is not None or found.person_id is None:
        return False
    found.note = note or None
    made = promise.standing_of(found.id)
    if (made.due_at if made else None) != promise_at:
        _promise_instead(found, promise_at, now)
    db.session.flush()
    return True


def _promise_instead(found: EngagementAction, promise_at: datetime | None, now: datetime) -> None:
    """As if this had been agreed at once: another date replaces what was due and not kept, and no date nothing."""
    promise.reopen(found.candidate_id, found.recorded_at)
    earlier = update(Promise).where(Promise.made_by_action_id == found.id, Promise.withdrawn_at.is_(None))
    db.session.execute(earlier.values(withdrawn_at=now))
    if promise_at is None:
        promise.tell_next(found.candidate_id)
        return
    due = promise.due(found.candidate_id, clock.midnight(found.local_date + clock.DAY, the_zone()))
    promise.replace(found.candidate_id, due, found.recorded_at)
    by, channel = found.person_id or 0, found.channel
    promise.make(found.candidate_id, by, promise_at, channel=channel, action_id=found.id, now=now)


def undo(person: Person, action_id: int, now: datetime) -> EngagementAction | None:
    """Take back an action; the card with which it was logged is on the screen again.

    None when there is no such action or it is not one's own to undo.
    """
    found = queue.card_by_action(person, action_id)
    deck = deck_of(person, found[0].id) if found else None
    card = deck.card(found[1].id) if deck and found else _of_colleague(action_id)
    undone = action.undo(person, action_id, now)
    if undone is None or card is None or card.state != CardState.DONE:
        return undone
    consequence.take_back(undone, person, card.paused_until, now)
    card.state = CardState.SKIPPED if card.skipped_at else CardState.WAITING
    card.action_id = card.done_at = card.paused_until = None
    db.session.flush()
    if deck is not None and deck.queue.ended_at is None:
        turn(deck, [card], now)
    return undone


def _of_colleague(action_id: int) -> QueueCard | None:
    """An administrator takes back what the answer asked for too; the screen is their colleague's and stays."""
    return db.session.scalar(select(QueueCard).where(QueueCard.action_id == action_id))
