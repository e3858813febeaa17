"""A question that is open with a candidate: at most one at a time, so that nobody is asked from all sides."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ForeignKey, Index, String, Table, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db

OPEN = text("closed_at IS NULL")
LAPSES_AFTER = timedelta(days=14)
LAPSED = "lapsed"
PREFERENCE = "preference"


class Question(Base):
    """`subject` is what was asked: preference, renewal or satisfaction; `answer` how it ended."""

    __tablename__ = "question"
    __table_args__ = (
        Index("uq_question_open", "candidate_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(None, "candidate_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    subject: Mapped[str] = mapped_column(String(12), info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    answer: Mapped[str] = mapped_column(String(12), default="", info=PERSONAL)


TABLE = cast("Table", Question.__table__)
INSERT = insert(TABLE).on_conflict_do_nothing().returning(TABLE.c.id)


class AlreadyAsked(Exception):  # noqa: N818 - it names what is the case
    """Another question is still open with this candidate."""


def ask(candidate_id: int, subject: str, *, channel: str | None, by_id: int | None, now: datetime) -> Question:
    """Open a question; one that went unanswered for fourteen days makes room for it.

    Raises:
        AlreadyAsked: the candidate still has another one to answer.
    """
    lapse(candidate_id, now)
    facts = {"candidate_id": candidate_id, "subject": subject, "channel": channel, "asked_by_id": by_id}
    rest = {"asked_at": now, "closed_at": None, "answer": ""}
    asked = db.session.connection().execute(INSERT, facts | rest).scalar_one_or_none()
    if asked is None:
        raise AlreadyAsked
    return db.session.get_one(Question, asked)


def lapse(candidate_id: int, now: datetime) -> None:
    """Close a question that nobody answered in fourteen days."""
    stale = update(Question).where(
        Question.candidate_id == candidate_id, Question.closed_at.is_(None), Question.asked_at <= now - LAPSES_AFTER
    )
    db.session.execute(stale.values(closed_at=now, answer=LAPSED))


def close(candidate_id: int, answer: str, now: datetime, *, subject: str | None = None) -> None:
    """The open question, if there is one (about this subject), has ended with this answer."""
    still_open = update(Question).where(Question.candidate_id == candidate_id, Question.closed_at.is_(None))
    if subject is not None:
        still_open = still_open.where(Question.subject == subject)
    db.session.execute(still_open.values(closed_at=now, answer=answer))


def open_question(candidate_id: int, now: datetime | None = None) -> Question | None:
    """What is still to be answered; at a moment `now`, what has lapsed by then is open no more."""
    query = select(Question).where(Question.candidate_id == candidate_id, Question.closed_at.is_(None))
    if now is not None:
        query = query.where(Question.asked_at > now - LAPSES_AFTER)
    return db.session.scalar(query)
