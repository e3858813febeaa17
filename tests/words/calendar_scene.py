"""A year of Sanne's calendar with everything that can happen to a block, as a file and as what it should say."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import calendar, promise, time_offer
from app.domain.actions.calendar import Diary
from app.domain.actions.time_offer import Proposed
from app.domain.agency.person import Person
from app.domain.candidates import link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import LinkPurpose
from app.domain.program import absence, occurrence
from app.domain.program.block import Scope, reserve
from app.domain.program.block_move import BlockMove
from app.domain.program.program import the_program
from app.language import in_language
from app.words import calendar as words
from tests.domain.actions.own import Own
from tests.domain.scoring.scene import NOW

HOST, URL = "voorbeeld.nl", "https://voorbeeld.nl/"
SENDER = Sender("Vaste Band", "Voorbeeld", HOST, lambda purpose, token: f"{URL}{purpose}/{token}")
UNTIL = datetime(2027, 4, 5, tzinfo=UTC)
Span = tuple[datetime, datetime]


class Year:
    """From before one clock change until after the one of a year later: holidays, leave, moves, another time."""

    def __init__(self) -> None:
        self.own = Own()
        sanne = self.own.people.sanne
        program = the_program()
        assert program is not None
        scope = Scope(program.id, person_id=sanne.id)
        reserve(scope, 1, 9 * 60, 60, from_week=date(2026, 9, 28), by_id=None, at=NOW)
        absence.record(sanne.id, date(2026, 7, 20), date(2026, 8, 7), by_id=None, now=NOW)
        absence.record(None, date(2026, 5, 15), date(2026, 5, 15), by_id=None, now=NOW)
        self.move(date(2026, 6, 8), datetime(2026, 6, 8, 7, tzinfo=UTC))
        self.move(date(2026, 10, 26), datetime(2026, 10, 29, 15, tzinfo=UTC))
        promise.make(self.own.pieter.id, sanne.id, NOW + clock.DAY, channel=Channel.PHONE, action_id=None, now=NOW)
        db.session.flush()

    def move(self, week: date, starts_at: datetime) -> None:
        """Put the block of one week elsewhere."""
        sanne = self.own.people.sanne
        db.session.add(BlockMove(person_id=sanne.id, week=week, starts_at=starts_at, minutes=50, moved_at=NOW))
        db.session.flush()

    @property
    def sanne(self) -> Person:
        return self.own.people.sanne

    def diary(self) -> Diary:
        return calendar.diary_of(self.sanne, NOW)

    def feed(self, language: str = "nl") -> bytes:
        with in_language(language):
            return words.feed(self.diary(), HOST, URL)

    def expected(self) -> list[Span]:
        """Every block and agreed time since the program began, as the rooms that know them tell."""
        blocks = occurrence.between(self.sanne, date(2026, 1, 5), UNTIL.date() - clock.DAY)
        spans = [(each.starts, each.ends) for each in blocks]
        agreed = calendar.appointments_of(self.sanne, NOW)
        return sorted([*spans, *((each.starts, each.starts + timedelta(minutes=each.minutes)) for each in agreed)])

    def offer(self, start: datetime) -> link.CandidateLink:
        """A time that Sanne proposes to Pieter."""
        time_offer.hand(self.own.pieter, self.sanne, Proposed((start,), Channel.PHONE), NOW, SENDER, by_mail=False)
        query = select(link.CandidateLink).where(link.CandidateLink.purpose == LinkPurpose.TIMES)
        return db.session.scalars(query).one()
