"""Mails about rewards: to those who run them when one waits, and to whoever asked when it was decided.

They are planned from what happened, wherever it happened, and each is planned once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Row, select

from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.game.rewarding.redemption import Redemption, RedemptionMove, RedemptionState
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_person

WAITS, DECIDED = "reward_waits", "reward_decided"
TOLD = (RedemptionState.APPROVED, RedemptionState.DECLINED, RedemptionState.EXPIRED)
"""What whoever asked cannot know by themselves: the rest they took in their hands, or back."""
LIVES = LOOKED_BACK = timedelta(days=4)
"""As long as it is worth reading it is planned, also after a weekend in which no job ran."""
AT_ONCE = 500


class Letter(NamedTuple):
    """A mail about a step of a redemption, to one person."""

    kind: str
    person_id: int
    redemption: Redemption
    state: str


def plan_due(now: datetime, host: str) -> int:
    """Plan what is not planned yet; answers how many mails are new."""
    planned = 0
    for steps in _lately(now):
        runs = running()
        letters = [letter for row, move in steps for letter in _letters(row, move, runs)]
        known = _known(letters)
        planned += sum(_plan(each, now, host) for each in letters if _same(each) not in known)
    return planned


def _lately(now: datetime) -> Iterator[Sequence[Row[Redemption, RedemptionMove]]]:
    """The steps of the last days, a portion at a time: however many there were, each is looked at."""
    steps = select(Redemption, RedemptionMove).join(RedemptionMove, RedemptionMove.redemption_id == Redemption.id)
    steps = steps.where(RedemptionMove.moved_at > now - LOOKED_BACK).order_by(RedemptionMove.id).limit(AT_ONCE)
    last = 0
    while portion := db.session.execute(steps.where(RedemptionMove.id > last)).all():
        yield portion
        last = portion[-1][1].id


def running() -> Sequence[int]:
    """Who hears that something waits: the sponsors, and where there is none the administrators."""
    for role in (Role.SPONSOR, Role.ADMIN):
        rows = select(Person.id).where(Person.role == role, Person.deactivated_at.is_(None), Person.email.is_not(None))
        if found := db.session.scalars(rows.order_by(Person.id)).all():
            return found
    return []


def _letters(row: Redemption, move: RedemptionMove, runs: Sequence[int]) -> Iterator[Letter]:
    """What was granted by itself waits to be handed over, what was asked for waits for a decision."""
    at_once = move.state == RedemptionState.APPROVED and move.moved_by_id is None
    if row.state == move.state and (at_once or move.state == RedemptionState.REQUESTED):
        yield from (Letter(WAITS, each, row, move.state) for each in runs if each != row.person_id)
    if move.state in TOLD:
        yield Letter(DECIDED, row.person_id, row, move.state)


def _same(letter: Letter) -> tuple[str, str, str]:
    """By its key, because numbers of rows may come again."""
    return letter.kind, name_person(letter.person_id), f"{letter.redemption.key.hex()}:{letter.state}"


def _known(letters: Sequence[Letter]) -> set[tuple[str, str, str]]:
    """Which of them were planned before, so that looking again writes nothing."""
    periods = [_same(each)[2] for each in letters]
    rows = select(OutboxRow.kind, OutboxRow.recipient, OutboxRow.period).where(
        OutboxRow.kind.in_((WAITS, DECIDED)), OutboxRow.period.in_(periods)
    )
    return {(row[0], row[1], row[2]) for row in db.session.execute(rows)} if letters else set()


def _plan(letter: Letter, now: datetime, host: str) -> bool:
    kind, recipient, period = _same(letter)
    payload = {"redemption_id": letter.redemption.id, "state": letter.state}
    when = {"due_at": now, "not_after": now + LIVES, "now": now}
    return outbox.plan(kind=kind, recipient=recipient, period=period, payload=payload, host=host, **when)
