"""Feedback: what a candidate was asked about a stage of their journey, and what they answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.link import LIVES, LinkPurpose


class Feedback(Base):
    """`score` is a face from 1 (bad) to 5 (good), `answer` the same for the rotating `question`, `recommends` 0-10.

    `recommends` is asked only at the end (`at_the_end`). `team_id` and `person_id` are whose care it was when asked.
    """

    __tablename__ = "feedback"
    __table_args__ = (Index(None, "candidate_id", "asked_at"), Index(None, "answered_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    stage: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    at_the_end: Mapped[bool] = mapped_column(default=False)
    question: Mapped[str] = mapped_column(String(20), info=PERSONAL)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    lapses_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    score: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    answer: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    recommends: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    said: Mapped[str] = mapped_column(String(1000), default="", info=PERSONAL)

    def may_change(self, now: datetime) -> bool:
        """Whether an answer is still taken: until it lapses, and once given for a day."""
        until = self.lapses_at if self.answered_at is None else self.answered_at + CHANGES_FOR
        return now < until


FACES = (1, 2, 3, 4, 5)
MOST_LIKELY = 10
LOW = 2
QUESTIONS = ("clear", "easy")
"""Asked in turn, beside the faces: whether the information was clear, and whether it all went easily."""

REST = timedelta(days=60)
CHANGES_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody answered: a face, the same for the question in turn, and at the end whether they recommend us."""

    score: int
    answer: int | None = None
    recommends: int | None = None

    def __post_init__(self) -> None:
        faces = {self.score, self.answer or self.score}
        if not faces <= set(FACES) or not 0 <= (self.recommends or 0) <= MOST_LIKELY:
            raise ValueError("an answer is a face from 1 to 5, a recommendation a figure from 0 to 10")


def ask(
    candidate_id: int, stage: str, *, at_the_end: bool, team_id: int | None, person_id: int | None, now: datetime
) -> Feedback:
    """Write down that somebody is asked, by a link that is made at the same moment."""
    row = Feedback(
        candidate_id=candidate_id,
        stage=stage,
        at_the_end=at_the_end,
        question=QUESTIONS[_times(candidate_id) % len(QUESTIONS)],
        team_id=team_id,
        person_id=person_id,
        asked_at=now,
        lapses_at=now + LIVES[LinkPurpose.FEEDBACK],
    )
    db.session.add(row)
    db.session.flush()
    return row


def _times(candidate_id: int) -> int:
    query = select(func.count()).select_from(Feedback).where(Feedback.candidate_id == candidate_id)
    return db.session.scalar(query) or 0


def answer(row: Feedback, said: Said, now: datetime) -> None:
    """Keep what somebody answered; the first moment counts as the moment of answering."""
    row.score, row.answer = said.score, said.answer
    row.recommends = said.recommends if row.at_the_end else None
    row.answered_at = row.answered_at or now
    db.session.flush()


def asked_since(candidate_ids: Collection[int], since: datetime) -> set[int]:
    """Who of these was asked after a moment, answered or not."""
    query = select(Feedback.candidate_id).where(Feedback.candidate_id.in_(candidate_ids), Feedback.asked_at > since)
    return set(db.session.scalars(query))


def said_by(candidate_id: int, most: int = 3) -> Sequence[Feedback]:
    """What somebody added in their own words, newest first."""
    query = select(Feedback).where(Feedback.candidate_id == candidate_id, Feedback.said != "")
    return db.session.scalars(query.order_by(Feedback.asked_at.desc()).limit(most)).all()


def of_link(candidate_id: int, made_at: datetime) -> Feedback | None:
    """What a link of this candidate asks: what was asked at the moment when it was made."""
    query = select(Feedback).where(Feedback.candidate_id == candidate_id, Feedback.asked_at == made_at)
    return db.session.scalar(query.limit(1))
