"""The lab's logbook: who drafted, tried, stopped, published or threw away what, and when."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Page, UtcDateTime, db, page_of
from app.domain.agency.person import Person


class LabEntry(Base):
    """`what` is a code whose sentence is made when it is read; `facts` are what the sentence needs."""

    __tablename__ = "lab_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(16))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("lab_draft.id"), default=None)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("lab_run.id"), default=None)


class Line(NamedTuple):
    """An entry with the name of whoever did it; None: the system."""

    entry: LabEntry
    by: str | None


def write(
    what: str,
    by_id: int | None,
    now: datetime,
    *,
    draft_id: int | None = None,
    run_id: int | None = None,
    **facts: Any,  # noqa: ANN401 - what a sentence needs is of many kinds
) -> None:
    """Enter what was done; an entry is never changed."""
    db.session.add(LabEntry(at=now, what=what, facts=facts, by_id=by_id, draft_id=draft_id, run_id=run_id))
    db.session.flush()


def times(what: str, run_id: int) -> int:
    """How often something befell a run."""
    rows = select(func.count()).select_from(LabEntry).where(LabEntry.run_id == run_id, LabEntry.what == what)
    return db.session.scalar(rows) or 0


def listed(number: int = 1) -> Page[LabEntry]:
    """One page of everything that was done, the newest first."""
    return page_of(select(LabEntry).order_by(LabEntry.at.desc(), LabEntry.id.desc()), number)


def named(page: Page[LabEntry]) -> list[Line]:
    """The entries with who did what."""
    ids = {each.by_id for each in page.rows if each.by_id is not None}
    names = dict(db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all())
    return [Line(each, names.get(each.by_id or 0)) for each in page.rows]
