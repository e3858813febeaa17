"""Objections to a provisional result: made by who takes part, answered by who runs it and is not concerned."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import finalising, life
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.entrant import entrant_of
from app.domain.game.competing.result import Dispute, Result
from app.domain.game.running import RUNS, NotAllowed

MOST = 500


class NotNow(Exception):  # noqa: N818 - it says which rule stands in the way
    """There is no provisional result, or the two days are over."""


class Answered(Exception):  # noqa: N818 - it says which rule stands in the way
    """Somebody answered it before, or there is no result any more that it could be about."""


def object_to(competition: Competition, person: Person, reason: str, now: datetime) -> Dispute:
    """Say that the provisional result is wrong; it waits until that is answered. Somebody has one open at a time.

    Raises:
        NotAllowed: they do not take part.
        NotNow: there is nothing to object to, or no longer.
        ValueError: without a reason.
    """
    entrant = entrant_of(competition.id, person.id)
    if entrant is None or not entrant.takes_part:
        raise NotAllowed
    life.hold(competition)
    reviewed = competition.reviewed_at
    if reviewed is None or competition.final_at or competition.cancelled_at or now >= reviewed + finalising.TO_OBJECT:
        raise NotNow
    if not reason.strip():
        raise ValueError(reason)
    mine = Dispute.competition_id == competition.id, Dispute.person_id == person.id, Dispute.decided_at.is_(None)
    before = db.session.scalar(select(Dispute).where(*mine))
    if before is not None:
        return before
    row = Dispute(competition_id=competition.id, person_id=person.id, reason=reason.strip(), opened_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def decide(dispute: Dispute, answer: str, *, upheld: bool, by: Person, now: datetime) -> Result | None:
    """Answer an objection; when it was right the result is made anew from the ledger. None when it stays as it was.

    Raises:
        NotAllowed: it is one's own, one takes part, or one does not run competitions.
        Answered: somebody did before, or the competition was cancelled.
        ValueError: without an answer.
    """
    competition = db.session.get_one(Competition, dispute.competition_id)
    entrant = entrant_of(competition.id, by.id)
    if by.role not in RUNS or dispute.person_id == by.id or (entrant and entrant.takes_part):
        raise NotAllowed
    if not answer.strip():
        raise ValueError(answer)
    life.hold(competition)
    facts = {"upheld": upheld, "answer": answer.strip(), "decided_by_id": by.id, "decided_at": now}
    waiting = update(Dispute).where(Dispute.id == dispute.id, Dispute.decided_at.is_(None)).values(**facts)
    if competition.cancelled_at or db.session.scalar(waiting.returning(Dispute.id)) is None:
        raise Answered
    db.session.refresh(dispute)
    return finalising.again(competition, now) if upheld else None


def disputes_of(competition_id: int) -> Sequence[Dispute]:
    """All objections to a result, the first one first."""
    rows = select(Dispute).where(Dispute.competition_id == competition_id)
    return db.session.scalars(rows.order_by(Dispute.opened_at, Dispute.id).limit(MOST)).all()
