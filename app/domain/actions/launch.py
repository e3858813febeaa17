"""What an agency still has to do after its setup before the program lives: five things, read from what there is."""

from enum import StrEnum

from sqlalchemy import exists, func, select

from app.db import db
from app.domain.actions.engagement_action import EngagementAction
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.program.block import Block
from app.domain.program.program import Program

SEVERAL = 2


class Item(StrEnum):
    """In the order in which they are best done."""

    SPONSOR = "sponsor"
    BLOCK = "block"
    COLLEAGUES = "colleagues"
    CANDIDATES = "candidates"
    ACTION = "action"


def checklist() -> dict[Item, bool]:
    """Which of the five are done: a sponsor, a block that somebody chose, colleagues, candidates, a first action."""
    people = select(func.count()).where(Person.deactivated_at.is_(None)).scalar_subquery()
    found = db.session.execute(
        select(
            exists().where(Program.sponsor_id.is_not(None)).label(Item.SPONSOR),
            exists().where(Block.set_by_id.is_not(None)).label(Item.BLOCK),
            (people >= SEVERAL).label(Item.COLLEAGUES),
            exists(select(Candidate.id)).label(Item.CANDIDATES),
            exists(select(EngagementAction.id)).label(Item.ACTION),
        )
    ).mappings()
    row = found.one()
    return {item: bool(row[item]) for item in Item}
