"""What the screen of the queue shows: the card with its why and its channels, what was just logged, or the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple
from uuid import uuid4

from flask import url_for
from markupsafe import Markup

from app import clock
from app.blueprints.block import blank
from app.blueprints.block.forms import NextStepForm, OutcomeForm
from app.blueprints.block.looking_back import Happened, Last, history_of, last_of, last_spoken
from app.db import db
from app.domain.actions import attendance, claim, covering, queue, queue_start
from app.domain.actions.channel_choice import Choice, choices_from
from app.domain.actions.claim import Standing
from app.domain.actions.queue import OPEN_STATES, CardState, Pile, Queue, QueueCard
from app.domain.actions.queue_cards import Deck, Met
from app.domain.actions.queue_log import Said
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.program import occurrence
from app.domain.scoring import capacity, contact_next, list_log
from app.domain.scoring.capacity import Capacity
from app.domain.scoring.contact_next import NextUp
from app.web.htmx import wants_part
from app.words import conversation, ways
from app.words.actions import outcome_label
from app.words.ways import Ready

STILL_SHOWN = timedelta(hours=1)
"""The end of a queue is shown for so long; after that one can begin another."""

COMING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """`state` is ready before the start, card while one is on the screen, done at the end.

    `of` are the cards that are not gone (before the start: how many there would be), `number` the place of the one on
    the screen, `done` how many were logged. `whose` pool it is, if a colleague's; `pools` those that one may work.
    `key` is that of the card's form; `form` only one that was sent and could not be taken, with what is wrong in it.
    `told` are sentences about what just happened, `claimed_by` the colleague who took the candidate meanwhile.
    """

    state: str
    of: int = 0
    number: int = 0
    done: int = 0
    whose: str = ""
    streak: int = 0
    ends_at: datetime | None = None
    minutes_left: int = 0
    card_id: int | None = None
    seen: str = ""
    next_up: NextUp | None = None
    ways: tuple[Ready, ...] = ()
    talking_points: Sequence[str] = ()
    history: Sequence[Happened] = ()
    last_spoken: str = ""
    claimed_by: str | None = None
    key: str = ""
    form: OutcomeForm | None = None
    last: Last | None = None
    hot: Sequence[NextUp] = ()
    told: Sequence[str] = ()
    pools: Sequence[Person] = ()
    capacity: Capacity | None = None
    sum: Sequence[tuple[str, int]] = ()
    points: int = 0
    coming: Sequence[NextUp] = ()

    @property
    def kept(self) -> dict[str, str]:
        """The fields that a press brings along unseen."""
        return {"key": self.key, "seen": self.seen}

    @property
    def fields(self) -> Markup | None:
        """What can be said of the card, as long as nobody typed."""
        return None if self.form else blank.card_fields(self.card_id or 0, self.key)

    @property
    def steps(self) -> dict[str, str]:
        """Where the ways to another card lead."""
        return {step: url_for(f"block.{step}", card_id=self.card_id) for step in blank.STEPS}


class Sent(NamedTuple):
    """What came with a press: sentences about what happened, or a form that could not be taken, of which card.

    `met` is whom it turned to, `said` what it logged, `last` what stands for that: they need not be asked again.
    """

    told: Sequence[str] = ()
    form: OutcomeForm | None = None
    step: NextStepForm | None = None
    card_id: int | None = None
    met: Met | None = None
    said: Said | None = None
    last: Last | None = None


class Screen(NamedTuple):
    """A queue with its cards, who looks at it and when."""

    person: Person
    row: Queue
    cards: Sequence[QueueCard]
    now: datetime
    sent: Sent

    @property
    def there(self) -> list[QueueCard]:
        return [card for card in self.cards if card.state != CardState.GONE]

    @property
    def whose(self) -> str:
        own = self.row.owner_id == self.person.id
        return "" if own else db.session.get_one(Person, self.row.owner_id).name

    @property
    def card(self) -> QueueCard | None:
        """The one on the screen; a form that could not be taken is shown with its own.

        Of who was forgotten while their card was on the screen there is none any more: then it is the first that waits.
        """
        if self.row.ended_at:
            return None
        asked = [card for card in self.cards if card.id == (self.sent.card_id or self.row.current_id)]
        waiting = [card for card in self.cards if card.state in OPEN_STATES] if self.row.current_id else []
        return next(iter([*asked, *waiting]), None)


def view_of(person: Person, now: datetime, sent: Sent = Sent()) -> QueueView:  # noqa: B008 - it cannot change
    """The queue as it stands."""
    pile = _dealt(sent.met.deck) if sent.met else queue.pile_of(person, now, STILL_SHOWN)
    if pile is None:
        return _ready(person, now, sent.told)
    screen = Screen(person, pile.queue, pile.cards, now, sent)
    return _card(screen, screen.card) if screen.card else _done(screen)


def _dealt(deck: Deck) -> Pile:
    return Pile(deck.queue, sorted(deck.cards, key=lambda card: (card.position, card.id)))


def _ready(person: Person, now: datetime, told: Sequence[str]) -> QueueView:
    streak = attendance.current(person, now)
    running = queue_start.begun_in(streak.coming, now)
    upcoming = contact_next.for_person(person, now, queue_start.cards_in(queue_start.minutes_of(running)))
    weekly = queue_start.minutes_of(streak.block)
    return QueueView(
        state="ready",
        of=len(upcoming.rows),
        told=told,
        pools=covering.covered_by(person, clock.local_day(now, the_zone())),
        capacity=capacity.of(person, now, weekly),
        streak=streak.weeks,
    )


def _card(screen: Screen, card: QueueCard) -> QueueView:
    person, row, now = screen.person, screen.row, screen.now
    met = screen.sent.met
    ranked = list_log.ranked_of(row.list_id, card.candidate_id) if row.list_id else None
    next_up = contact_next.card_of(person, card.candidate_id, ranked, now, met.next_up if met else None)
    found = ways.ways_of(person, next_up, _choices(next_up, met, now) if met else None)
    standing = Standing(met.state.last_two_way_at, None) if met else claim.standing(person, card.candidate_id, now)
    ends_at = row.started_at + timedelta(minutes=row.minutes)
    return QueueView(
        state="card",
        of=len(screen.there),
        number=next((place for place, one in enumerate(screen.there, 1) if one is card), 0),
        done=sum(one.state == CardState.DONE for one in screen.cards),
        whose=screen.whose,
        streak=_streak(person, now),
        ends_at=ends_at,
        minutes_left=max(0, ceil((ends_at - now) / timedelta(minutes=1))),
        card_id=card.id,
        seen=str(card.state),
        next_up=ways.aligned(next_up, found),
        ways=found,
        talking_points=conversation.talking_points(next_up),
        history=history_of(card.candidate_id),
        last_spoken=last_spoken(standing.spoke_at),
        claimed_by=standing.colleague,
        key=str(screen.sent.form.key.data) if screen.sent.form else uuid4().hex,
        form=screen.sent.form,
        last=screen.sent.last or last_of(screen.cards, screen.sent.step, screen.sent.said),
        hot=queue_start.hot_now(person, row, screen.cards, now),
        told=screen.sent.told,
    )


def _choices(next_up: NextUp, met: Met, now: datetime) -> tuple[Choice, ...] | None:
    found = next_up.addresses
    return choices_from(met.state, found.identities, found.wish, now) if found else None


def _done(screen: Screen) -> QueueView:
    person, now, total = screen.person, screen.now, queue.sum_of(screen.row)
    block = occurrence.next_for(person, screen.row.started_at + timedelta(minutes=screen.row.minutes))
    then = max(now, block.starts) if block else now + clock.WEEK
    return QueueView(
        state="done",
        of=len(screen.there),
        done=sum(total.outcomes.values()),
        whose=screen.whose,
        streak=attendance.current(person, now).weeks,
        last=last_of(screen.cards, screen.sent.step),
        told=screen.sent.told,
        sum=[(outcome_label(outcome), number) for outcome, number in total.outcomes.items()],
        points=total.points,
        coming=contact_next.for_person(person, then, COMING).rows,
    )


def _streak(person: Person, now: datetime) -> int:
    """The weeks in a row, once for the page: a key that is pressed leaves them as they stand."""
    return 0 if wants_part() else attendance.current(person, now).weeks
