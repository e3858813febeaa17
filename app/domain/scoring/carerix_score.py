"""The score of a candidate for Carerix: planned once a day for whom it changed, and what Carerix answered last."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Row, Select, String, and_, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.crm_id import Crm, CrmId
from app.domain.notices import outbox
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.recipient import name_for_carerix
from app.domain.scoring import carerix_standing, engagement
from app.domain.scoring.carerix_standing import IS_WRITTEN, CarerixStanding
from app.domain.scoring.rules import live

KIND = "carerix_score"
PORTION = 500
"""How many are looked at, planned or forgotten in one transaction."""
MOST = 5_000
"""How many are planned or forgotten in a run; the next one goes on."""
WORTH = clock.DAY
KEPT = timedelta(days=7)
UNKNOWN_FOR = timedelta(days=28)
"""How long we believe Carerix that nobody there has a number."""
SHOWN = 50
NOBODY = "nobody"
"""How a fault begins that says so."""


class CarerixScore(Base):
    """Under `number` the score `shown`, of 0 to 100, stands there; None: nobody there has this number."""

    __tablename__ = "carerix_score"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    shown: Mapped[int | None]
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Written(NamedTuple):
    """What is to be written: the number of the candidate there, and the score."""

    number: str
    shown: int


Known = tuple[int, str, float | None, str, int | None, datetime]
"""A candidate with their number there and their tau, and the number, score and moment of the last answer, if any."""


def due(now: datetime, zone: ZoneInfo) -> Iterator[list[int]]:
    """Whose score is another than what stands there, in portions; not who was planned, or answered of, today.

    Between two portions the transaction may be another one.
    """
    today = clock.local_day(now, zone)
    planned, midnight, last = outbox.planned(KIND, str(today)), clock.midnight(today, zone), 0
    answered = or_(CarerixScore.answered_at.is_(None), CarerixScore.answered_at < midnight)
    standing = exists().where(CarerixStanding.number == CrmId.number)
    scored = or_(ContactState.tau.is_not(None), CarerixScore.candidate_id.is_not(None), standing)
    query = _numbered().where(answered, scored).order_by(Candidate.id).limit(PORTION)
    while rows := db.session.execute(query.where(Candidate.id > last)).all():
        last = rows[-1].candidate_id
        found = [each.candidate_id for each in rows if _differs(each, now)]
        yield [each for each in found if name_for_carerix(each) not in planned]


def plan(candidate_id: int, today: date, now: datetime, host: str) -> bool:
    """Plan somebody's score, once a day; True when it is new."""
    return outbox.plan(
        kind=KIND,
        recipient=name_for_carerix(candidate_id),
        period=str(today),
        payload={},
        due_at=now,
        not_after=now + WORTH,
        now=now,
        host=host,
    )


def wanted(candidate_id: int, now: datetime) -> Written | None:
    """What is written now; None for whoever objected to a score, was forgotten, or has no number there."""
    row = db.session.execute(_numbered().where(Candidate.id == candidate_id)).first()
    return Written(row.number, _shown(row.tau, now)) if row else None


def _numbered() -> Select[*Known]:
    """Everybody whom Carerix knows by a number and of whom a score may be kept, with what it answered last."""
    return (
        select(
            Candidate.id.label("candidate_id"),
            CrmId.number,
            ContactState.tau,
            CarerixScore.number.label("answered_to"),
            CarerixScore.shown,
            CarerixScore.answered_at,
        )
        .join(Candidate, Candidate.id == CrmId.candidate_id)
        .join(ContactState, ContactState.candidate_id == Candidate.id)
        .outerjoin(CarerixScore, CarerixScore.candidate_id == Candidate.id)
        .where(*IS_WRITTEN)
    )


def _differs(row: Row[*Known], now: datetime) -> bool:
    if row.answered_to != row.number:
        return True
    if row.shown is None:
        return bool(row.answered_at < now - UNKNOWN_FOR)
    return bool(row.shown != _shown(row.tau, now))


def written(candidate_id: int, wrote: Written, now: datetime) -> None:
    """It stands there now; also when nobody has the number here any more, and it must be taken back."""
    carerix_standing.note(wrote.number)
    _answered(candidate_id, wrote.number, wrote.shown, now)


def unknown(candidate_id: int, number: str, now: datetime) -> None:
    """Nobody there has this number: it is asked for again in four weeks, or when the number is another one."""
    carerix_standing.taken_back(number)
    _answered(candidate_id, number, None, now)


def taken_back(number: str) -> None:
    """Nothing stands under this number any more: whoever is known by it again is written anew."""
    carerix_standing.taken_back(number)
    db.session.execute(delete(CarerixScore).where(CarerixScore.number == number))


def _answered(candidate_id: int, number: str, shown: int | None, now: datetime) -> None:
    """Of somebody who was forgotten meanwhile nothing is kept."""
    still = select(Candidate.id).where(Candidate.id == candidate_id, PRESENT)
    if db.session.scalar(still) is None:
        return
    facts = {"number": number, "shown": shown, "answered_at": now}
    new = insert(CarerixScore).values(candidate_id=candidate_id, **facts)
    db.session.execute(new.on_conflict_do_update(index_elements=["candidate_id"], set_=facts))


def outlived(before: datetime) -> Sequence[int]:
    """What became something long ago, as rows of the outbox: what stands there is kept elsewhere."""
    over = OutboxRow.kind == KIND, OutboxRow.state.in_(("sent", "failed", "skipped")), OutboxRow.due_at < before
    return db.session.scalars(select(OutboxRow.id).where(*over).limit(MOST)).all()


def forget(ids: Collection[int]) -> None:
    """These rows of the outbox go."""
    db.session.execute(delete(OutboxRow).where(OutboxRow.id.in_(ids)).execution_options(synchronize_session=False))


def state() -> dict[str, int]:
    """How many are in each state of the outbox."""
    query = select(OutboxRow.state, func.count()).where(OutboxRow.kind == KIND).group_by(OutboxRow.state)
    return {str(each): number for each, number in db.session.execute(query)}


def last_fault() -> str:
    """What went wrong last, of what waits still or failed; numbers that nobody has there are told apart."""
    faulty = OutboxRow.kind == KIND, OutboxRow.last_error.is_not(None), OutboxRow.state.in_(("pending", "failed"))
    query = select(OutboxRow.last_error).where(*faulty, OutboxRow.last_error.not_like(f"{NOBODY}%"))
    return db.session.scalar(query.order_by(OutboxRow.next_try_at.desc(), OutboxRow.id.desc()).limit(1)) or ""


def last_written_at() -> datetime | None:
    """When something was written last."""
    return db.session.scalar(select(func.max(CarerixScore.answered_at)).where(CarerixScore.shown.is_not(None)))


def known_to_nobody() -> Sequence[CrmId]:
    """Numbers of candidates here that nobody has there, what we heard last first."""
    told = and_(CarerixScore.candidate_id == CrmId.candidate_id, CarerixScore.number == CrmId.number)
    query = select(CrmId).join(CarerixScore, told).where(CrmId.crm == Crm.CARERIX, CarerixScore.shown.is_(None))
    return db.session.scalars(query.order_by(CarerixScore.answered_at.desc(), CrmId.id).limit(SHOWN)).all()


def _shown(tau: float | None, now: datetime) -> int:
    return round(engagement.score_at(tau, now, live()).shown)
