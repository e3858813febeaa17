"""A goal of the sponsor's plan: a figure of the page that is to move from where it was to a target, by a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Double, ForeignKey, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.oversight.measure import MEASURES
from app.domain.oversight.window import OF_PEOPLE
from app.domain.program.program import Program

FEWEST, MOST = 3, 5
ENDED_SHOWN = 20


class Goal(Base):
    """`baseline` is what `measure` was when the goal was made, None when it had no value; `ended_at`: given up.

    `why` is why it is a goal; of one that was given up, why it was.
    """

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    measure: Mapped[str] = mapped_column(String(24))
    target: Mapped[float] = mapped_column(Double)
    due_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    baseline: Mapped[float | None] = mapped_column(Double, default=None)
    why: Mapped[str] = mapped_column(String(200), default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reached_on: Mapped[date | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_why: Mapped[str] = mapped_column(String(200), default="")


class Course(StrEnum):
    """How a goal stands: `UNKNOWN` while its figure has no value, `MISSED` when its day is over."""

    REACHED = "reached"
    ON_COURSE = "on_course"
    BEHIND = "behind"
    MISSED = "missed"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of which figure, by when, and why."""

    measure: str
    target: float
    due_on: date
    why: str = ""


IS_OPEN = and_(Goal.reached_on.is_(None), Goal.ended_at.is_(None))


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal with its figure now; `percent` is how far it came from its baseline to its target, from 0 to 100."""

    goal: Goal
    value: float | None
    course: Course
    percent: int

    @property
    def baseline(self) -> float | None:
        """Where it began, as far as it may be told now."""
        return begun(self.goal, told=self.value is not None)


class Full(ValueError):  # noqa: N818 - it says which rule stands in the way
    """There are as many open goals as anybody can keep in mind."""


class Twice(ValueError):  # noqa: N818 - as above
    """There is an open goal for this measure already."""


class Behind(ValueError):  # noqa: N818 - as above
    """The target is where the figure is already, or on the wrong side of it."""


def make(program_id: int, wish: Wish, baseline: float | None, *, by_id: int, now: datetime) -> Goal:
    """A new goal, from where its figure is now.

    Raises:
        Full, Twice, Behind: it cannot be one.
    """
    db.session.execute(select(Program.id).where(Program.id == program_id).with_for_update(key_share=True))
    open_ = open_of(program_id)
    if len(open_) >= MOST:
        raise Full
    if any(each.measure == wish.measure for each in open_):
        raise Twice
    if baseline is not None and reaches(wish.measure, baseline, wish.target):
        raise Behind
    row = Goal(
        program_id=program_id,
        measure=wish.measure,
        target=wish.target,
        due_on=wish.due_on,
        made_at=now,
        baseline=baseline,
        why=wish.why,
        made_by_id=by_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def give_up(goal: Goal, why: str, now: datetime) -> None:
    """It is no goal any more, and why; what was reached stays reached, and a second time changes nothing."""
    if goal.ended_at is None and goal.reached_on is None:
        goal.ended_at, goal.ended_why = now, why


def settle(goals: Sequence[Goal], values: Mapping[str, float | None], today: date) -> int:
    """A goal whose figure came to its target by its day was reached, and stays so; answers how many were now."""
    fresh = [each for each in goals if _comes(each, values.get(each.measure), today)]
    for each in fresh:
        each.reached_on = today
    return len(fresh)


def _comes(goal: Goal, value: float | None, today: date) -> bool:
    is_open = goal.reached_on is None and goal.ended_at is None
    return is_open and today <= goal.due_on and value is not None and reaches(goal.measure, value, goal.target)


def standing(goal: Goal, value: float | None, first: date, today: date) -> Standing:
    """How a goal stands that was made on the day `first`."""
    share = 1.0 if goal.reached_on else way(goal, value)
    return Standing(goal, value, _course(goal, value, first, today), int(100 * share))


def _course(goal: Goal, value: float | None, first: date, today: date) -> Course:
    if goal.reached_on:
        return Course.REACHED
    if goal.ended_at:
        return Course.GIVEN_UP
    if today > goal.due_on:
        return Course.MISSED
    if value is None:
        return Course.UNKNOWN
    ahead = reaches(goal.measure, value, goal.target) or way(goal, value) >= _time_gone(goal, first, today)
    return Course.ON_COURSE if ahead else Course.BEHIND


def begun(goal: Goal, *, told: bool) -> float | None:
    """Where its figure was; of a figure about people only while that may be told, whatever held when it was made."""
    return goal.baseline if told or goal.measure not in OF_PEOPLE else None


def way(goal: Goal, value: float | None) -> float:
    """Which part of the way from baseline to target was gone, from 0 to 1; without a baseline it began at nought.

    Where less is better there is no way from nought: without a baseline it is there or not.
    """
    if value is None:
        return 0.0
    if reaches(goal.measure, value, goal.target):
        return 1.0
    start = goal.baseline or 0.0
    whole = goal.target - start
    if not whole or (whole > 0) != MEASURES[goal.measure].good_if_more:
        return 0.0
    return min(1.0, max(0.0, (value - start) / whole))


def _time_gone(goal: Goal, first: date, today: date) -> float:
    whole = (goal.due_on - first).days
    return (today - first).days / whole if whole > 0 else 1.0


def reaches(measure: str, value: float, target: float) -> bool:
    """Whether a figure is at its target or better."""
    return value >= target if MEASURES[measure].good_if_more else value <= target


def open_of(program_id: int) -> Sequence[Goal]:
    """What is aimed at now, the nearest day first."""
    rows = select(Goal).where(Goal.program_id == program_id, IS_OPEN)
    return db.session.scalars(rows.order_by(Goal.due_on, Goal.id).limit(MOST)).all()


def ended_of(program_id: int) -> Sequence[Goal]:
    """What was reached or given up, the newest first."""
    over = or_(Goal.reached_on.is_not(None), Goal.ended_at.is_not(None))
    rows = select(Goal).where(Goal.program_id == program_id, over).order_by(Goal.id.desc())
    return db.session.scalars(rows.limit(ENDED_SHOWN)).all()


def find(program_id: int, goal_id: int) -> Goal | None:
    """One of the program's."""
    return db.session.scalar(select(Goal).where(Goal.id == goal_id, Goal.program_id == program_id))
