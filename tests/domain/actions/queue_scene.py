"""A block of Sanne: three candidates who were promised a call, in a known order, and a colleague beside her."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.db import db
from app.domain.actions import promise, queue, queue_cards, queue_log, queue_start
from app.domain.actions.consequence import Answer
from app.domain.actions.outcome import Outcome
from app.domain.actions.queue import CardState, QueueCard
from app.domain.actions.queue_cards import Deck, Turned
from app.domain.actions.queue_log import Worked
from app.domain.agency.person import Person
from app.domain.candidates import identity
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel
from tests import make
from tests.people import make_people

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday, 11:00 in Amsterdam
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Block:
    """`one`, `two` and `three` are due in that order; `sanne` looks after them, `bram` is of her team."""

    def __init__(self) -> None:
        self.people = make_people()
        self.sanne, self.bram = self.people.sanne, self.people.bram
        self.one, self.two, self.three = (self.promised(days) for days in (2, 1, 0))

    def promised(self, days: int) -> Candidate:
        row = make.candidate(owner=self.sanne, at=NOW - 30 * DAY)
        identity.add(row, Channel.PHONE, "0612345678", NOW - 30 * DAY)
        due, made = NOW - days * DAY, NOW - 20 * DAY
        promise.make(row.id, self.sanne.id, due, channel=None, action_id=None, now=made)
        return row

    def start(self, person: Person | None = None, at: datetime = NOW, **facts: int) -> Turned | None:
        return queue_start.start(person or self.sanne, at, **facts)

    def deck(self, person: Person | None = None, at: datetime = NOW) -> Deck:
        person = person or self.sanne
        row = queue.open_of(person, at)
        found = queue_cards.deck_of(person, row.id) if row else None
        assert found
        return found

    def current(self) -> QueueCard:
        card = self.deck().current
        assert card
        return card

    def on_screen(self) -> int | None:
        """Whose card it is."""
        card = self.deck().current
        return card.candidate_id if card else None

    def states(self) -> list[CardState]:
        return [card.state for card in self.deck().cards]

    def log(self, outcome: Outcome = Outcome.SPOKE, at: datetime = NOW, key: bytes = b"", **said: object) -> Worked:
        return self.answer(Answer(outcome), at, key, **said)

    def answer(self, answer: Answer, at: datetime = NOW, key: bytes = b"", **said: object) -> Worked:
        deck = self.deck()
        card = deck.current
        assert card
        return self.log_card(deck, card, answer, at, key, **said)

    def log_card(
        self, deck: Deck, card: QueueCard, answer: Answer, at: datetime = NOW, key: bytes = b"", **said: object
    ) -> Worked:
        candidate = db.session.get_one(Candidate, card.candidate_id)
        key = key or uuid4().bytes
        return queue_log.log(deck, card, candidate, answer, now=at, key=key, **said)  # type: ignore[arg-type]

    def claimed_by(self, candidate: Candidate) -> int | None:
        return db.session.get_one(ContactState, candidate.id, populate_existing=True).claimed_by_id
