"""The launch checklist: what makes a program begin well, ticked by what Fanfare sees or by hand."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, String, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.block_week import BlockWeek
from app.domain.actions.streak import WeekState
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.game.rewarding.reward import Reward
from app.domain.oversight import goal
from app.domain.oversight.goal import Goal
from app.domain.oversight.scan import Scan
from app.domain.program.block import Block
from app.domain.program.program import AGREED, Program

SEVERAL = 5


class LaunchStep(Base):
    """A step that somebody ticked by hand."""

    __tablename__ = "launch_step"

    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(24), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)


class Step(StrEnum):
    """In the order in which they are best done."""

    NAMED = "named"
    SPONSOR = "sponsor"
    COUNCIL = "council"
    GOALS = "goals"
    SCAN = "scan"
    BLOCK = "block"
    PEOPLE = "people"
    CANDIDATES = "candidates"
    REWARD = "reward"
    KICK_OFF = "kick_off"
    TOLD = "told"
    PROMISE = "promise"
    BLOCK_HELD = "block_held"


BY_HAND = frozenset({Step.KICK_OFF, Step.TOLD, Step.PROMISE})
"""Nobody but people can see that these are done."""


class StepState(NamedTuple):
    """A step of the list, and whether it is done."""

    step: Step
    done: bool

    @property
    def by_hand(self) -> bool:
        return self.step in BY_HAND


def steps(program_id: int) -> Sequence[StepState]:
    """The whole list as it stands."""
    answers = _seen(program_id) | {step: _ticked(program_id, step) for step in BY_HAND}
    asked = select(*(answer.label(step) for step, answer in answers.items())).where(Program.id == program_id)
    found = db.session.execute(asked).mappings().one()
    return [StepState(step, bool(found[step])) for step in Step]


def _ticked(program_id: int, step: Step) -> ColumnElement[bool]:
    return exists().where(LaunchStep.program_id == program_id, LaunchStep.step == step)


def _seen(program_id: int) -> dict[Step, ColumnElement[bool]]:
    joined = select(func.count()).where(Person.deactivated_at.is_(None), Person.password_hash.is_not(None))
    plan = select(func.count()).where(Goal.program_id == program_id, Goal.ended_at.is_(None))
    return {
        Step.NAMED: Program.name != "",
        Step.SPONSOR: (Program.sponsor_message != "") & _has_photo(),
        Step.COUNCIL: AGREED,
        Step.GOALS: plan.scalar_subquery() >= goal.FEWEST,
        Step.SCAN: exists().where(Scan.program_id == program_id),
        Step.BLOCK: exists().where(Block.program_id == program_id, Block.set_by_id.is_not(None)),
        Step.PEOPLE: joined.scalar_subquery() >= SEVERAL,
        Step.CANDIDATES: exists(select(Candidate.id)),
        Step.REWARD: exists().where(Reward.program_id == program_id, Reward.retired_at.is_(None)),
        Step.BLOCK_HELD: exists().where(BlockWeek.state == WeekState.KEPT),
    }


def _has_photo() -> ColumnElement[bool]:
    return exists().where(Person.id == Program.sponsor_id, Person.picture_id.is_not(None))


def tick(program_id: int, step: Step, by_id: int, now: datetime) -> None:
    """It was done; a second time changes nothing."""
    row = {"program_id": program_id, "step": step, "done_at": now, "done_by_id": by_id}
    db.session.execute(insert(LaunchStep).on_conflict_do_nothing(index_elements=["program_id", "step"]), row)


def untick(program_id: int, step: Step) -> None:
    """It was not done after all."""
    db.session.execute(delete(LaunchStep).where(LaunchStep.program_id == program_id, LaunchStep.step == step))
