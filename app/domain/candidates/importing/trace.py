"""What an import left behind: refused rows with their cells, and per candidate what was there before."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey, Index, String, Table, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.importing.entry import Reason, Refusal

PORTION = 500


class ImportRefusal(Base):
    """`cells` are the row as it was brought, so that it can be downloaded after the file itself is gone."""

    __tablename__ = "import_refusal"
    __table_args__ = (Index(None, "import_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    import_id: Mapped[int] = mapped_column(ForeignKey("candidate_import.id"))
    line: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(String(160), default="")
    cells: Mapped[list[str]] = mapped_column(JSON)


class ImportChange(Base):
    """`added`: the import brought the candidate; else `before` and `after` are the facts that it changed.

    `brought` are the ids of rows that it added, by table. `settled_at` is when the undoing of the import came to this
    candidate, and `stays` what it left, because somebody did something with it since.
    """

    __tablename__ = "import_change"
    __table_args__ = (Index(None, "candidate_id"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("candidate_import.id"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    added: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict, info=PERSONAL)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict, info=PERSONAL)
    brought: Mapped[dict[str, list[int]]] = mapped_column(JSON, default_factory=dict)
    stays: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


REFUSAL = cast("Table", ImportRefusal.__table__)


def refuse(import_id: int, refused: Iterable[Refusal]) -> None:
    """Keep refused rows."""
    rows = [
        {"import_id": import_id, "line": each.line, "reason": each.reason, "about": each.about, "cells": each.cells}
        for each in refused
    ]
    if rows:
        db.session.connection().execute(insert(REFUSAL), rows)


def unrefuse(import_id: int, lines: Collection[int] | None = None) -> None:
    """Forget refused rows: those of some lines, else all."""
    gone = delete(REFUSAL).where(REFUSAL.c.import_id == import_id)
    db.session.execute(gone if lines is None else gone.where(REFUSAL.c.line.in_(lines)))


def twice(import_id: int, first: int, last: int) -> dict[int, str]:
    """Which of these lines are somebody who was in the file before, and on which line that was."""
    query = select(REFUSAL.c.line, REFUSAL.c.about).where(
        REFUSAL.c.import_id == import_id, REFUSAL.c.line.between(first, last), REFUSAL.c.reason == Reason.TWICE
    )
    return {row.line: row.about for row in db.session.execute(query)}


def refusals(import_id: int, most: int | None = None) -> Iterator[Refusal]:
    """The refused rows in the file's order, read by portions."""
    query = select(REFUSAL).where(REFUSAL.c.import_id == import_id).order_by(REFUSAL.c.line, REFUSAL.c.id)
    rows = db.session.execute(query.limit(most).execution_options(yield_per=PORTION))
    return (Refusal(row.line, Reason(row.reason), row.about, row.cells) for row in rows)


def why_refused(import_id: int) -> dict[Reason, int]:
    """How many rows were refused for which reason, the most frequent first."""
    query = select(REFUSAL.c.reason, func.count()).where(REFUSAL.c.import_id == import_id).group_by(REFUSAL.c.reason)
    rows = db.session.execute(query.order_by(func.count().desc(), REFUSAL.c.reason)).all()
    return {Reason(reason): count for reason, count in rows}


def numbered_by(import_id: int, candidate_ids: Collection[int]) -> set[int]:
    """Which of these candidates an import added, or gave their number in the agency's own system."""
    query = select(ImportChange.candidate_id, ImportChange.added, ImportChange.after)
    found = db.session.execute(
        query.where(ImportChange.import_id == import_id, ImportChange.candidate_id.in_(candidate_ids))
    )
    return {row.candidate_id for row in found if row.added or "external_id" in row.after}


def forget(import_id: int) -> None:
    """Forget everything that an import left behind, but not whom it brought."""
    for table in (ImportRefusal, ImportChange):
        db.session.execute(delete(table).where(table.import_id == import_id))
