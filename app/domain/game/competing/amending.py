"""What is said of a competition after its rules were locked: it stands beside them and changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing.competition import Competition
from app.domain.game.competing.draft import may_run
from app.domain.game.competing.publishing import NotAllowed
from app.domain.game.competing.result import Amendment

MOST = 500


class StillADraft(Exception):  # noqa: N818 - it says which rule stands in the way
    """Nobody has read its rules yet: they can be changed themselves."""


def amend(competition: Competition, text: str, *, by: Person, now: datetime) -> Amendment:
    """Write something beside the rules, or beside the result, for everybody to read.

    Raises:
        NotAllowed: somebody else must.
        StillADraft: it was not published.
        ValueError: without a text.
    """
    if not may_run(by, competition):
        raise NotAllowed
    if competition.published_at is None:
        raise StillADraft
    if not text.strip():
        raise ValueError(text)
    row = Amendment(competition_id=competition.id, text=text.strip(), made_by_id=by.id, made_at=now)
    db.session.add(row)
    db.session.flush()
    return row


def amendments_of(competition_id: int) -> Sequence[Amendment]:
    """Everything that was said, the first one first."""
    rows = select(Amendment).where(Amendment.competition_id == competition_id)
    return db.session.scalars(rows.order_by(Amendment.made_at, Amendment.id).limit(MOST)).all()
