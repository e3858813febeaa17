"""The score of a candidate for Carerix: planned once a day for whom it changed, and which was written last."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_for_carerix
from app.domain.scoring import engagement
from app.domain.scoring.rules import live

KIND = "carerix_score"
PORTION = 1_000
MOST = 5_000
"""How many are planned in a run; the next one plans the rest."""
WORTH = clock.DAY
KEPT = timedelta(days=7)
LONGEST_NUMBER = 12


class CarerixScore(Base):
    """`shown` is the score of 0 to 100 that stands there."""

    __tablename__ = "carerix_score"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    shown: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Written(NamedTuple):
    """What is to be written: the number of the candidate there, and the score."""

    number: int
    shown: int


def plan_due(now: datetime, zone: ZoneInfo, host: str) -> int:
    """Plan it for whom the score differs from what stands there, once a day each; answers how many are new."""
    today, planned = clock.local_day(now, zone), 0
    for candidate_id in _changed(today, now, zone):
        planned += outbox.plan(
            kind=KIND,
            recipient=name_for_carerix(candidate_id),
            period=str(today),
            payload={},
            due_at=now,
            not_after=now + WORTH,
            now=now,
            host=host,
        )
        if planned >= MOST:
            break
    return planned


def _changed(today: date, now: datetime, zone: ZoneInfo) -> Iterator[int]:
    """Whose score is another than the one that was written, and was not written today."""
    last = 0
    query = (
        select(Candidate.id, Candidate.external_id, ContactState.tau, CarerixScore.shown)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .outerjoin(CarerixScore, CarerixScore.candidate_id == Candidate.id)
        .where(PRESENT, Candidate.external_id.is_not(None), ContactState.objected_at.is_(None))
        .where(or_(ContactState.tau.is_not(None), CarerixScore.candidate_id.is_not(None)))
        .where(or_(CarerixScore.written_at.is_(None), CarerixScore.written_at < clock.midnight(today, zone)))
        .order_by(Candidate.id)
    )
    while rows := db.session.execute(query.where(Candidate.id > last).limit(PORTION)).all():
        for candidate_id, number, tau, written in rows:
            if _is_number(number) and _shown(tau, now) != written:
                yield candidate_id
        last = rows[-1][0]


def wanted(candidate_id: int, now: datetime) -> Written | None:
    """What is written now; None for whoever objected to a score, was forgotten, or is nobody there."""
    row = db.session.execute(
        select(Candidate.external_id, ContactState.tau)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .where(Candidate.id == candidate_id, PRESENT, ContactState.objected_at.is_(None))
    ).first()
    if row is None or not _is_number(row.external_id):
        return None
    return Written(int(row.external_id), _shown(row.tau, now))


def written(candidate_id: int, shown: int, now: datetime) -> None:
    """It stands there now; of somebody who was forgotten meanwhile nothing is kept."""
    still = select(Candidate.id).where(Candidate.id == candidate_id, PRESENT)
    if db.session.scalar(still) is None:
        return
    facts = {"shown": shown, "written_at": now}
    new = insert(CarerixScore).values(candidate_id=candidate_id, **facts)
    db.session.execute(new.on_conflict_do_update(index_elements=["candidate_id"], set_=facts))


def forget(before: datetime) -> int:
    """That something was written a week ago is of no use: what was, is kept; answers how many went."""
    over = OutboxRow.kind == KIND, OutboxRow.state.in_(("sent", "failed", "skipped")), OutboxRow.due_at < before
    gone = db.session.execute(delete(OutboxRow).where(*over).execution_options(synchronize_session=False))
    return int(gone.rowcount)  # type: ignore[attr-defined] # a DELETE's result has it


def state() -> dict[str, int]:
    """How many are in each state of the outbox."""
    query = select(OutboxRow.state, func.count()).where(OutboxRow.kind == KIND).group_by(OutboxRow.state)
    return {str(each): number for each, number in db.session.execute(query)}


def last_fault() -> str:
    """What went wrong last, of what waits still or failed."""
    faulty = OutboxRow.kind == KIND, OutboxRow.last_error.is_not(None), OutboxRow.state.in_(("pending", "failed"))
    query = select(OutboxRow.last_error).where(*faulty).order_by(OutboxRow.next_try_at.desc(), OutboxRow.id.desc())
    return db.session.scalar(query.limit(1)) or ""


def last_written_at() -> datetime | None:
    """When something was written last."""
    return db.session.scalar(select(func.max(CarerixScore.written_at)))


def _shown(tau: float | None, now: datetime) -> int:
    return round(engagement.score_at(tau, now, live()).shown)


def _is_number(text: str | None) -> bool:
    return text is not None and text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
