"""A pool of sanne's on a Wednesday, and one line per fact that the ranking knows."""

from datetime import UTC, datetime, timedelta

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import identity
from app.domain.candidates.candidate import Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Channel, IdentityState
from tests import make
from tests.people import People, make_people

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)  # a Wednesday, 11:00 in Amsterdam
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Pool:
    """The people of every test; `add` gives sanne, or somebody else, one candidate more."""

    def __init__(self) -> None:
        self.people: People = make_people()

    def add(
        self, name: str = "Bram Willems", owner: Person | None = None, at: datetime = NOW - DAY, **state: object
    ) -> Candidate:
        row = make.candidate(name, owner=owner or self.people.sanne, stage=Stage.ENGAGE, at=at)
        contact = db.session.get_one(ContactState, row.id)
        for column, value in state.items():
            setattr(contact, column, value)
        db.session.flush()
        return row

    def reach(self, row: Candidate, channel: Channel, address: str, state: IdentityState | None = None) -> None:
        found = identity.add(row, channel, address, NOW)
        if state:
            identity.mark(found, state, origin="recruiter", now=NOW)
