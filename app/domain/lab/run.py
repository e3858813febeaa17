"""A run of the lab: the past replayed under a draft, or a proposal sought in it; the job does it, a page follows it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, String, Text, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from app.clock import Period
from app.db import Base, UtcDateTime, db
from app.domain.lab import logbook
from app.domain.program.program import Program

MOST = 100
SILENT = timedelta(seconds=60)
"""Whoever worked on a run and said nothing for so long is taken to be gone."""
TIMES = 3
"""A run whose worker was killed so often is not begun once more: it may be what kills them."""

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
REPLAY, PROPOSAL = KINDS = ("replay", "proposal")


class LabRun(Base):
    """`progress` from 0 to 1; `rules` are those of the draft as they were when it was asked for.

    `state` is waiting, running, done, failed or stopped.
    """

    __tablename__ = "lab_run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    subject: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(10))
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    first: Mapped[date]
    until: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("lab_draft.id"), default=None, index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    state: Mapped[str] = mapped_column(String(8), default="waiting", index=True)
    progress: Mapped[float] = mapped_column(Double, default=0.0)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    failure: Mapped[str] = mapped_column(Text, default="")

    @property
    def dates(self) -> Period:
        return Period(self.first, self.until)

    @property
    def is_over(self) -> bool:
        return self.state not in (WAITING, RUNNING)


def ask(
    kind: str,
    subject: str,
    rules: dict[str, Any],
    dates: Period,
    *,
    by_id: int | None,
    now: datetime,
    draft_id: int | None = None,
) -> LabRun:
    """Ask for a run; the job takes it up. Whoever asks for what is going on already gets that.

    Raises:
        ValueError: there is no such kind of run.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    db.session.execute(select(Program.id).with_for_update(key_share=True))  # whoever asks at the same time waits here
    if (same := _going(kind, subject, rules, dates, draft_id)) is not None:
        return same
    row = LabRun(
        kind=kind,
        subject=subject,
        rules=rules,
        first=dates.start,
        until=dates.end,
        asked_at=now,
        asked_by_id=by_id,
        draft_id=draft_id,
    )
    db.session.add(row)
    db.session.flush()
    logbook.write("asked", by_id, now, draft_id=draft_id, run_id=row.id, kind=kind, subject=subject)
    return row


def _going(kind: str, subject: str, rules: dict[str, Any], dates: Period, draft_id: int | None) -> LabRun | None:
    """The run that is not over and tries the same."""
    of = LabRun.draft_id.is_(None) if draft_id is None else LabRun.draft_id == draft_id
    same = LabRun.kind == kind, LabRun.subject == subject, LabRun.first == dates.start, LabRun.until == dates.end
    rows = select(LabRun).where(of, *same, LabRun.state.in_((WAITING, RUNNING))).order_by(LabRun.id).limit(MOST)
    return next((row for row in db.session.scalars(rows) if row.rules == rules), None)


def stop(row: LabRun, by_id: int, now: datetime) -> None:
    """Let a run go; who works on it notices at its next step. One that is over stays as it is."""
    if _move(row.id, STOPPED, now):
        logbook.write("stopped", by_id, now, draft_id=row.draft_id, run_id=row.id)


def next_due(now: datetime) -> LabRun | None:
    """The oldest run that waits, or of which whoever worked on it went silent."""
    silent = and_(LabRun.state == RUNNING, LabRun.beat_at < now - SILENT)
    due = select(LabRun).where(or_(LabRun.state == WAITING, silent))
    return db.session.scalar(due.order_by(LabRun.id).limit(1))


def take_up(run_id: int, now: datetime) -> bool:
    """Begin a run, or begin it anew; False when somebody else did."""
    silent = and_(LabRun.state == RUNNING, LabRun.beat_at < now - SILENT)
    again = db.session.scalar(select(LabRun.id).where(LabRun.id == run_id, silent)) is not None
    mine = update(LabRun).where(LabRun.id == run_id, or_(LabRun.state == WAITING, silent))
    begun = _changed(mine.values(state=RUNNING, started_at=now, beat_at=now, progress=0.0).returning(LabRun.id))
    if begun and again:
        logbook.write("again", None, now, run_id=run_id)
    return begun


def is_hopeless(run_id: int) -> bool:
    """Whether it was begun anew so often that it is let go."""
    return logbook.times("again", run_id) >= TIMES


def beat(run_id: int, progress: float, now: datetime) -> bool:
    """Say how far it is; False when it was stopped meanwhile."""
    going = update(LabRun).where(LabRun.id == run_id, LabRun.state == RUNNING)
    return _changed(going.values(progress=progress, beat_at=now).returning(LabRun.id))


def finish(row: LabRun, result: dict[str, Any], now: datetime) -> None:
    """Keep what it found, unless it was stopped."""
    if _move(row.id, DONE, now, result=result, progress=1.0):
        logbook.write("finished", None, now, draft_id=row.draft_id, run_id=row.id, kind=row.kind, subject=row.subject)


def fail(row: LabRun, failure: str, now: datetime) -> None:
    """Keep what went wrong; it is not tried again by itself."""
    if _move(row.id, FAILED, now, failure=failure):
        logbook.write("failed", None, now, draft_id=row.draft_id, run_id=row.id)


def _move(run_id: int, state: str, now: datetime, **facts: object) -> bool:
    going = update(LabRun).where(LabRun.id == run_id, LabRun.state.in_((WAITING, RUNNING)))
    return _changed(going.values(state=state, ended_at=now, **facts).returning(LabRun.id))


def _changed(step: ReturningUpdate[int]) -> bool:
    return db.session.scalar(step) is not None


def newest(draft_id: int | None = None) -> Sequence[LabRun]:
    """The newest runs, of one draft or of all."""
    rows = select(LabRun).order_by(LabRun.id.desc()).limit(MOST)
    return db.session.scalars(rows if draft_id is None else rows.where(LabRun.draft_id == draft_id)).all()
