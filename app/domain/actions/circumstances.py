"""Whatever decides what an action earns beside the action itself, in one question: what was earned and given before."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, LargeBinary, String, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.domain.actions import streak
from app.domain.actions.award import WEEK_PLACES
from app.domain.actions.contact import Contact
from app.domain.actions.contact_start import ContactStart
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.place import AwardPlace
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.preference import ChannelPreference, Purpose
from app.domain.game.ledger import LedgerEntry
from app.domain.program.block import Block
from app.domain.program.block_move import BlockMove
from app.domain.program.kind_rule import KindRule
from app.prepared import Prepared

PLACES = range(1, max(WEEK_PLACES.values()) + 1)
BITS = {place: 1 << place for place in PLACES}
SIDE = streak.EITHER_SIDE.seconds // 60
_back = aliased(LedgerEntry)

PERSON, CANDIDATE, KIND = (bindparam(name, type_=Integer()) for name in ("person", "candidate", "kind"))
MINUTE, TEAM = bindparam("minute", type_=Integer()), bindparam("team", type_=Integer())
KNOWN = (
    select(func.count()).where(EngagementAction.key == bindparam("key", type_=LargeBinary())).scalar_subquery()
    + select(func.count())
    .where(
        EngagementAction.source == bindparam("source", type_=String()),
        EngagementAction.external_id == bindparam("external", type_=String()),
    )
    .scalar_subquery()
)
"""Two questions, each by its own index: one with an OR reads every action where the statistics mislead SQLite."""
MINE = (
    LedgerEntry.person_id == PERSON,
    LedgerEntry.candidate_id == CANDIDATE,
    LedgerEntry.action_kind_id == KIND,
    LedgerEntry.local_date == bindparam("day"),
    LedgerEntry.nth.is_not(None),
)
EARNED = select(func.count()).where(*MINE).scalar_subquery()
REVERSED = select(func.count()).select_from(LedgerEntry).join(_back, _back.reverses_id == LedgerEntry.id).where(*MINE)
TAKEN = (
    select(func.coalesce(func.sum(case(BITS, value=AwardPlace.place, else_=0)), 0))
    .where(
        AwardPlace.candidate_id == CANDIDATE,
        AwardPlace.week == bindparam("week"),
        AwardPlace.place_class == bindparam("class"),
        AwardPlace.freed_at.is_(None),
    )
    .scalar_subquery()
)
OPENED = (
    select(func.count())
    .where(ContactStart.person_id == PERSON, ContactStart.candidate_id == CANDIDATE, ContactStart.settled_at.is_(None))
    .scalar_subquery()
)
WISHED = (
    select(ChannelPreference.channel)
    .where(ChannelPreference.candidate_id == CANDIDATE, ChannelPreference.purpose == Purpose.CONTACT)
    .order_by(ChannelPreference.id.desc())
    .limit(1)
    .scalar_subquery()
)
RESERVED = (
    select(func.count())
    .where(
        Block.program_id == bindparam("program"),
        or_(
            Block.person_id == PERSON,
            Block.team_id == TEAM,
            and_(Block.person_id.is_(None), Block.team_id.is_(None)),
        ),
        Block.starts - SIDE <= MINUTE,
        Block.starts + Block.minutes + SIDE > MINUTE,
    )
    .scalar_subquery()
)
MOVED = select(func.count()).where(BlockMove.person_id == PERSON, BlockMove.week == bindparam("week")).scalar_subquery()
ASKED = Prepared(
    select(
        KNOWN,
        OPENED,
        EARNED,
        REVERSED.scalar_subquery(),
        TAKEN,
        Candidate.stage,
        Candidate.registered_at,
        WISHED,
        RESERVED + MOVED,
    ).where(Candidate.id == CANDIDATE)
)


class Circumstances(NamedTuple):
    """`known`: it was recorded before; `opened`: a channel was opened, and what came of it not told yet.

    `times` and `reversals` are of the same kind for this candidate today, `places` the bits of those that are taken.
    `around`: a block was ever reserved, or moved this week, near this time of the day: else there is none to look for.
    """

    known: int
    opened: int
    times: int
    reversals: int
    places: int
    stage: str
    registered_at: datetime
    channel: str | None
    around: int

    @property
    def taken(self) -> Sequence[int]:
        """The pointed places that the candidate's week has given away."""
        return [place for place, bit in BITS.items() if self.places & bit]


def of(contact: Contact, rule: KindRule) -> Circumstances:
    """How things stand; the caller holds the person's day and the candidate's row."""
    at = contact.at.astimezone(contact.zone)
    facts = {
        "person": contact.person_id,
        "team": contact.team_id,
        "program": contact.program_id,
        "candidate": contact.candidate_id,
        "kind": rule.kind_id,
        "class": rule.place_class,
        "day": contact.day,
        "week": clock.week_of(contact.day).start,
        "minute": at.hour * 60 + at.minute,
        "key": contact.key,
        "source": contact.source,
        "external": contact.external_id,
    }
    return Circumstances(*ASKED.run(facts)[0])
