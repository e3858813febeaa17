"""The scheduler's lease and heartbeat: who leads, and when each job ran last."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db


class Lease(Base):
    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(60))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobRun(Base):
    """The last run of a recurring job, and how it fared until now; `done` is how many things the last run did."""

    __tablename__ = "job_run"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    error: Mapped[str | None] = mapped_column(String(300), default=None)
    done: Mapped[int] = mapped_column(default=0)
    runs: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    failure: Mapped[str | None] = mapped_column(String(300), default=None)


SCHEDULER = "scheduler"
"""The name of the lease under which the jobs run."""

TERM = timedelta(seconds=90)
SKEW = timedelta(seconds=90)
"""By how much the clocks of two machines may differ."""
SILENT = timedelta(seconds=90)
"""After which silence the process that runs the jobs is taken for gone."""


def lead(name: str, owner: str, now: datetime) -> bool:
    """Take or renew the lease of a name; False while another owner holds it.

    One that ends later than any could is of a time when a clock was wrong, and holds nobody up until then.
    """
    lease = {"owner": owner, "expires_at": now + TERM}
    free = or_(Lease.owner == owner, Lease.expires_at < now, Lease.expires_at > now + TERM + SKEW)
    taken = (
        insert(Lease).values(name=name, **lease).on_conflict_do_update(index_elements=["name"], set_=lease, where=free)
    )
    return db.session.execute(taken.returning(Lease.name)).first() is not None


def release(name: str, owner: str) -> None:
    """Give the lease back, so that the next process need not wait for its end."""
    db.session.execute(delete(Lease).where(Lease.name == name, Lease.owner == owner))


def ran(name: str, started: datetime, finished: datetime, error: str | None, done: int = 0) -> None:
    """Remember the last run of a job; the last fault stays known after runs that went well."""
    run: dict[str, Any] = {"started_at": started, "finished_at": finished, "error": error, "done": done}
    fault = {"failed_at": started, "failure": error} if error else {}
    failed = int(bool(error))
    more = {"runs": JobRun.runs + 1, "failures": JobRun.failures + failed}
    first = insert(JobRun).values(name=name, runs=1, failures=failed, **run, **fault)
    db.session.execute(first.on_conflict_do_update(index_elements=["name"], set_=run | fault | more))


def leader(name: str) -> Lease | None:
    """Who leads, or led last."""
    return db.session.get(Lease, name, populate_existing=True)


def last_beat() -> datetime | None:
    """When any job ran last; None before the first."""
    return db.session.scalar(select(func.max(JobRun.started_at)))


def is_silent(beat: datetime, now: datetime) -> bool:
    """Whether the process that runs the jobs is gone, by its last beat: one that is to come is of a wrong clock."""
    return not now - SILENT <= beat <= now + SKEW


def last_run(name: str) -> JobRun | None:
    """The last run of one job; None before the first."""
    return db.session.get(JobRun, name, populate_existing=True)


def runs() -> Sequence[JobRun]:
    """The last run of every job, by name."""
    return db.session.scalars(select(JobRun).order_by(JobRun.name)).all()
