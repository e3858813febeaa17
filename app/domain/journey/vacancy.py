"""A vacancy: what a candidate looks at and applies for, known by the reference that the website gives it."""

from collections.abc import Iterable
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

from sqlalchemy import String, Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.candidates.folding import fold

NO_REFERENCE = ""
"""What an application for no vacancy in particular refers to."""

BY_HAND = "hand:"
LONGEST_REFERENCE, LONGEST_TITLE, LONGEST_URL = 80, 160, 500


class Vacancy(Base):
    __tablename__ = "vacancy"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(160), default="")
    url: Mapped[str] = mapped_column(String(500), default="")


TABLE = cast("Table", Vacancy.__table__)


class Seen(NamedTuple):
    """A vacancy as an event tells of it."""

    reference: str
    title: str = ""
    url: str = ""


def note(seen: Iterable[Seen]) -> dict[str, int]:
    """The ids of these vacancies by their references; those that are new are kept. Two at once make one."""
    told: dict[str, Seen] = {}
    for one in seen:
        before = told.get(one.reference, Seen(one.reference))
        told[one.reference] = Seen(one.reference, one.title or before.title, _link(one.url) or before.url)
    if not told:
        return {}
    found = _known(told)
    new = [_row(told[reference]) for reference in sorted(told.keys() - found.keys())]
    if new:
        db.session.execute(insert(TABLE).on_conflict_do_nothing(index_elements=["reference"]), new)
        found = _known(told)
    for reference, row in found.items():
        _refresh(row, told[reference])
    return {reference: row.id for reference, row in found.items()}


def _known(references: Iterable[str]) -> dict[str, Vacancy]:
    found = db.session.scalars(select(Vacancy).where(Vacancy.reference.in_(list(references))))
    return {row.reference: row for row in found}


def _row(seen: Seen) -> dict[str, Any]:
    return {"reference": seen.reference, "title": seen.title[:LONGEST_TITLE], "url": seen.url}


def _refresh(row: Vacancy, seen: Seen) -> None:
    """A title stays as it was first told, and a page that moved on its website: a browser's key could send any other.

    What stays the same is not written, so that popular vacancies are no place where writers meet.
    """
    row.title = row.title or seen.title[:LONGEST_TITLE]
    if seen.url and (not row.url or urlsplit(seen.url).hostname == urlsplit(row.url).hostname):
        row.url = seen.url


def _link(url: str) -> str:
    return url if url.startswith("https://") and len(url) <= LONGEST_URL else ""


def by_hand(title: str) -> int:
    """The vacancy that a recruiter names, as it was named first; without a title it is the open application."""
    reference = f"{BY_HAND}{fold(title)}"[:LONGEST_REFERENCE] if title else NO_REFERENCE
    known = _known([reference])
    if known:
        return known[reference].id
    return note([Seen(reference, title)])[reference]
