"""How far the figures of days are: up to which action, back to which day, and which day is looked at again next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.oversight.day_figures import FigureMark

FRESH = timedelta(minutes=5)
"""Figures that were not looked after for so long are not shown."""


class Mark(StrEnum):
    """ACTIONS: the newest that was counted; HISTORY: the first day that was; POOL: when it was counted last.

    FIRST: the first day of which there was anything. The days before ROUND are looked at again next, HURRY portions
    of them at once: PAST, which is what can have changed of the past, was not what it had been.
    """

    ACTIONS = "actions"
    HISTORY = "history"
    FIRST = "first"
    ROUND = "round"
    HURRY = "hurry"
    PAST = "past"
    POOL = "pool"


@dataclass(frozen=True, slots=True)
class Known:
    """`since`: every day from this on was counted; None: nothing that may be shown was.

    `first` is the first day of which there is anything.
    """

    since: date | None
    first: date | None = None

    def holds(self, first: date) -> bool:
        """Whether the days from this one on can be shown as they were counted."""
        return self.since is not None and self.since <= first


NOTHING = Known(None)


def marks() -> Mapping[str, FigureMark]:
    """All of them by name."""
    return {row.name: row for row in db.session.scalars(select(FigureMark))}


def known(now: datetime) -> Known:
    """What may be shown."""
    return known_by(marks(), now)


def known_by(found: Mapping[str, FigureMark], now: datetime) -> Known:
    """The same by marks at hand: nothing while the days are not looked after, or were by a clock that was ahead."""
    looked_after = all(name in found and abs(now - found[name].at) <= FRESH for name in (Mark.ACTIONS, Mark.POOL))
    if not looked_after or Mark.HISTORY not in found:
        return NOTHING
    since, first = (found[name].row_id for name in (Mark.HISTORY, Mark.FIRST))
    return Known(date.fromordinal(max(1, since)), date.fromordinal(max(1, first)))


def put(name: Mark, row_id: int, at: datetime) -> None:
    """Move a mark."""
    facts = {"row_id": row_id, "at": at}
    row = insert(cast("Table", FigureMark.__table__)).values(name=str(name), **facts)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=facts))
