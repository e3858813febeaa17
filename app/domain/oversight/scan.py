"""The scan: ten questions on where the agency stands, answered at setup and with every season."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.program import season
from app.domain.program.program import Program

SCALE = range(1, 6)
ADVISED = 2
AGAIN = timedelta(minutes=5)
"""Who sends the same ten answers again so soon pressed twice."""
MOST = 24


class Question(StrEnum):
    """In the order in which they are asked; each is answered from 1 (not at all) to 5 (wholly)."""

    COMMITMENT = "commitment"
    OWNER = "owner"
    NAME = "name"
    TIME = "time"
    INCENTIVES = "incentives"
    CHANNELS = "channels"
    PREFERENCES = "preferences"
    FOLLOW_UP = "follow_up"
    REDEPLOYMENT = "redeployment"
    MEASURING = "measuring"


class Scan(Base):
    """`answers` by question, from 1 (not at all) to 5 (wholly); `season_id` None before the first season."""

    __tablename__ = "scan"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"), index=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[dict[str, int]] = mapped_column(JSON)
    season_id: Mapped[int | None] = mapped_column(ForeignKey("season.id"), default=None)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(Text, default="")


class Incomplete(ValueError):  # noqa: N818 - it says which rule stands in the way
    """A question has no answer, or one beyond the scale."""


def take(program_id: int, answers: Mapping[str, int], note: str, *, by_id: int, now: datetime, today: date) -> Scan:
    """Write down where the agency stands today; whoever presses twice wrote it down once.

    Raises:
        Incomplete: not every question has an answer from 1 to 5.
    """
    if set(answers) != set(Question) or any(each not in SCALE for each in answers.values()):
        raise Incomplete
    db.session.execute(select(Program.id).where(Program.id == program_id).with_for_update(key_share=True))
    running = season.at(program_id, today)
    told: dict[str, Any] = {
        "answers": {str(question): answers[question] for question in Question},
        "season_id": running.id if running else None,
        "taken_by_id": by_id,
        "note": note,
    }
    newest = next(iter(all_of(program_id)), None)
    if newest and newest.taken_at > now - AGAIN and told == {name: getattr(newest, name) for name in told}:
        return newest
    row = Scan(program_id=program_id, taken_at=now, **told)
    db.session.add(row)
    db.session.flush()
    return row


def all_of(program_id: int) -> Sequence[Scan]:
    """Every scan, the newest first."""
    rows = select(Scan).where(Scan.program_id == program_id).order_by(Scan.taken_at.desc(), Scan.id.desc())
    return db.session.scalars(rows.limit(MOST)).all()


def lowest(scan: Scan) -> Sequence[Question]:
    """Where there is most to win: the two lowest, of equals the one that is asked first; nothing where all is well."""
    low = [each for each in Question if scan.answers[each] < SCALE[-1]]
    return sorted(low, key=lambda each: scan.answers[each])[:ADVISED]


def average(scan: Scan) -> float:
    """Of all ten."""
    return sum(scan.answers.values()) / len(scan.answers)


def is_due(program_id: int, newest: Scan | None, today: date) -> bool:
    """Whether it is time for one: there is none yet, or a season has begun since."""
    if newest is None:
        return True
    running = season.at(program_id, today)
    return running is not None and newest.season_id != running.id
