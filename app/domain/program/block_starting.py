"""That the block which people have in common is about to begin, for the chats of teams and of everybody."""

from datetime import datetime, timedelta

from app import clock
from app.domain.notices import chat_owner, outbox
from app.domain.notices.catalogue import BLOCK_STARTS
from app.domain.notices.chat_target import ChatTarget
from app.domain.program import common_block
from app.domain.program.placing import Occurrence
from app.domain.program.program import the_program

AHEAD = timedelta(minutes=15)


def plan_due(now: datetime, host: str) -> int:
    """Plan what is due within a quarter of an hour of a block; returns how many are new."""
    chats = chat_owner.open_shared()
    blocks = {team_id: starting(team_id, now) for team_id in {each.team_id for each in chats}}
    return sum(_plan(each, block, now, host) for each in chats if (block := blocks[each.team_id]))


def starting(team_id: int | None, now: datetime) -> Occurrence | None:
    """The block of a team, or of everybody, that is about to begin; None when none is."""
    program = the_program()
    block = common_block.coming(program.id, team_id, now) if program else None
    return block if block and block.starts - AHEAD <= now < block.starts else None


def _plan(chat: ChatTarget, block: Occurrence, now: datetime, host: str) -> bool:
    return outbox.plan(
        kind=BLOCK_STARTS,
        recipient=chat.recipient,
        period=clock.week_name(block.week),
        payload={},
        due_at=block.starts - AHEAD,
        not_after=block.starts,
        now=now,
        host=host,
    )
