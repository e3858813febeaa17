"""What is said of a competition after its rules were locked: it stands beside them and changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import life
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.publishing import check_published
from app.domain.game.competing.result import Amendment

MOST = 500


def amend(competition: Competition, text: str, *, by: Person, now: datetime) -> Amendment:
    """Write something beside the rules, or beside the result, for everybody to read; the same twice is said once.

    Raises:
        NotAllowed: somebody else must.
        NotPublished: it was not published.
        ValueError: without a text.
    """
    check_published(competition, by)
    if not text.strip():
        raise ValueError(text)
    life.hold(competition)
    before = amendments_of(competition.id)
    if before and (before[-1].text, before[-1].made_by_id) == (text.strip(), by.id):
        return before[-1]
    row = Amendment(competition_id=competition.id, text=text.strip(), made_by_id=by.id, made_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def amendments_of(competition_id: int) -> Sequence[Amendment]:
    """Everything that was said, the first one first."""
    rows = select(Amendment).where(Amendment.competition_id == competition_id)
    return db.session.scalars(rows.order_by(Amendment.made_at, Amendment.id).limit(MOST)).all()
