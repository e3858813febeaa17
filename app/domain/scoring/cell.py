"""Awards of the score: one cell per candidate, kind, local day and ruleset, and the score that they add up to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple, cast

from sqlalchemy import Double, ForeignKey, Index, String, Table, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db


class Cell(Base):
    """`key` is the largest event key of the day's hits, in epoch seconds; `counted`: the week's cap keeps it."""

    __tablename__ = "cell"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[float] = mapped_column(Double)
    counted: Mapped[bool] = mapped_column(default=True)
    touchpoint_id: Mapped[int] = mapped_column(ForeignKey("touchpoint.id"))


class EngagementScore(Base):
    """`tau`: the moment, in epoch seconds, at which the score will have decayed to one point."""

    __tablename__ = "engagement_score"
    __table_args__ = (Index(None, "ruleset_id", "tau"),)

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"), primary_key=True)
    tau: Mapped[float] = mapped_column(Double)


class Place(NamedTuple):
    """Where a cell lies."""

    candidate_id: int
    kind: str
    local_date: date


class Held(NamedTuple):
    """What a cell holds."""

    key: float
    counted: bool
    touchpoint_id: int


CELLS, SCORES = cast("Table", Cell.__table__), cast("Table", EngagementScore.__table__)
_cells, _scores = insert(CELLS), insert(SCORES)
SAVE_CELLS = _cells.on_conflict_do_update(
    index_elements=CELLS.primary_key,
    set_={name: _cells.excluded[name] for name in ("key", "counted", "touchpoint_id")},
)
SAVE_SCORES = _scores.on_conflict_do_update(index_elements=SCORES.primary_key, set_={"tau": _scores.excluded.tau})
WITHIN = select(
    CELLS.c.candidate_id, CELLS.c.kind, CELLS.c.local_date, CELLS.c.key, CELLS.c.counted, CELLS.c.touchpoint_id
).where(
    CELLS.c.candidate_id.in_(bindparam("ids", expanding=True)),
    CELLS.c.ruleset_id == bindparam("ruleset_id"),
    CELLS.c.kind.in_(bindparam("kinds", expanding=True)),
    CELLS.c.local_date.between(bindparam("first"), bindparam("last")),
)
TAUS = select(SCORES.c.candidate_id, SCORES.c.tau).where(
    SCORES.c.candidate_id.in_(bindparam("ids", expanding=True)), SCORES.c.ruleset_id == bindparam("ruleset_id")
)


def within(
    ruleset_id: int, candidate_ids: Collection[int], kinds: Collection[str], first: date, last: date
) -> dict[Place, Held]:
    """The cells of some candidates and kinds on the days from first to last."""
    which = {"ruleset_id": ruleset_id, "ids": list(candidate_ids), "kinds": list(kinds), "first": first, "last": last}
    return {Place(*row[:3]): Held(*row[3:]) for row in db.session.connection().execute(WITHIN, which)}


def taus(ruleset_id: int, candidate_ids: Collection[int]) -> dict[int, float]:
    """The tau of each candidate who has one."""
    which = {"ruleset_id": ruleset_id, "ids": list(candidate_ids)}
    return dict(db.session.connection().execute(TAUS, which).all())


def save(ruleset_id: int, cells: Mapping[Place, Held], taus: Iterable[tuple[int, float]]) -> None:
    """Write cells and scores, new or changed."""
    connection = db.session.connection()
    if cells:
        rows = [place._asdict() | held._asdict() | {"ruleset_id": ruleset_id} for place, held in cells.items()]
        connection.execute(SAVE_CELLS, rows)
    if rows := [{"candidate_id": each, "ruleset_id": ruleset_id, "tau": tau} for each, tau in taus]:
        connection.execute(SAVE_SCORES, rows)


def clear(ruleset_id: int, candidate_id: int) -> None:
    """Forget what a candidate's touchpoints earned, before they are counted anew."""
    for table in (CELLS, SCORES):
        mine = (table.c.candidate_id == candidate_id, table.c.ruleset_id == ruleset_id)
        db.session.execute(delete(table).where(*mine))
