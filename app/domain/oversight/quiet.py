"""Gone quiet: the candidates who wait too long for us, longest first."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.candidate import PRESENT, Candidate, Stage
from app.domain.candidates.contact_state import ContactState
from app.domain.oversight.contact import LAST_CONTACT, NEVER, terms
from app.domain.oversight.coverage import late, on_time_now

TOP = 10
MOST = 5000


class Quiet(NamedTuple):
    """`contact_at` None: never yet. `owner` None: people may not be named."""

    candidate_id: int
    name: str
    stage: Stage
    contact_at: datetime | None
    registered_at: datetime
    owner: str | None


def gone_quiet(now: datetime, limit: int = TOP, *, named: bool) -> list[Quiet]:
    """Never contacted first, by registration; then by the last contact. `named`: with the owner's name."""
    within = terms()
    query = (
        select(Candidate.id, Candidate.name, Candidate.stage, LAST_CONTACT, Candidate.registered_at, Person.name)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .join(Person, Person.id == Candidate.owner_id)
        .where(PRESENT, late(now, on_time_now(now, within), within))
        .order_by(LAST_CONTACT, Candidate.registered_at, Candidate.id)
        .limit(min(limit, MOST))
    )
    return [
        Quiet(id_, name, Stage(stage), None if at == NEVER else at, registered_at, owner if named else None)
        for id_, name, stage, at, registered_at, owner in db.session.execute(query)
    ]
