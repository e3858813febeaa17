"""Awards of the score: one cell per candidate, kind, local day and ruleset, and the score that they add up to."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple, cast

from sqlalchemy import Double, ForeignKey, Index, String, Table, bindparam, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db, is_sqlite

SIX_DAYS = timedelta(days=6)


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
READ = [CELLS.c[name] for name in ("candidate_id", "kind", "local_date", "key", "counted", "touchpoint_id")]
OF_WEEKS = {
    True: """
        SELECT cell.candidate_id, cell.kind, cell.local_date, cell.key, cell.counted, cell.touchpoint_id
        FROM json_each(:weeks) AS week CROSS JOIN cell
        WHERE ruleset_id = :ruleset_id AND candidate_id = json_extract(week.value, '$[0]')
        AND kind = json_extract(week.value, '$[1]')
        AND local_date BETWEEN json_extract(week.value, '$[2]') AND json_extract(week.value, '$[3]')
    """,
    False: """
        SELECT cell.candidate_id, cell.kind, cell.local_date, cell.key, cell.counted, cell.touchpoint_id
        FROM jsonb_array_elements(CAST(:weeks AS jsonb)) AS week CROSS JOIN cell
        WHERE ruleset_id = :ruleset_id AND candidate_id = CAST(week->>0 AS integer) AND kind = week->>1
        AND local_date BETWEEN CAST(week->>2 AS date) AND CAST(week->>3 AS date)
    """,
}
"""On SQLite and elsewhere. Each week is looked up by itself: together they may lie years apart."""
WEEKS = {sqlite: text(query).columns(*READ) for sqlite, query in OF_WEEKS.items()}
TAUS = select(SCORES.c.candidate_id, SCORES.c.tau).where(
    SCORES.c.candidate_id.in_(bindparam("ids", expanding=True)), SCORES.c.ruleset_id == bindparam("ruleset_id")
)


def of_weeks(ruleset_id: int, weeks: Iterable[tuple[int, str, date]]) -> list[tuple[Place, Held]]:
    """The cells of some candidates, kinds and weeks, which are told by their Sundays."""
    asked = [(who, kind, (last - SIX_DAYS).isoformat(), last.isoformat()) for who, kind, last in weeks]
    found = db.session.connection().execute(WEEKS[is_sqlite()], {"ruleset_id": ruleset_id, "weeks": json.dumps(asked)})
    return [(Place(*row[:3]), Held(*row[3:])) for row in found]


def taus(ruleset_id: int, candidate_ids: Collection[int]) -> dict[int, float]:
    """The tau of each candidate who has one."""
    which = {"ruleset_id": ruleset_id, "ids": list(candidate_ids)}
    return dict(db.session.connection().execute(TAUS, which).all())


def save(ruleset_id: int, cells: Mapping[Place, Held], taus: Iterable[tuple[int, float]]) -> None:
    """Write cells and scores, new or changed."""
    connection = db.session.connection()
    if cells:
        connection.execute(SAVE_CELLS, [_row(ruleset_id, place, held) for place, held in cells.items()])
    if rows := [{"candidate_id": each, "ruleset_id": ruleset_id, "tau": tau} for each, tau in taus]:
        connection.execute(SAVE_SCORES, rows)


def _row(ruleset_id: int, place: Place, held: Held) -> dict[str, object]:
    candidate_id, kind, local_date = place
    key, counted, touchpoint_id = held
    return {
        "candidate_id": candidate_id,
        "ruleset_id": ruleset_id,
        "kind": kind,
        "local_date": local_date,
        "key": key,
        "counted": counted,
        "touchpoint_id": touchpoint_id,
    }


def clear(ruleset_id: int, candidate_id: int) -> None:
    """Forget what a candidate's touchpoints earned, before they are counted anew."""
    for table in (CELLS, SCORES):
        mine = (table.c.candidate_id == candidate_id, table.c.ruleset_id == ruleset_id)
        db.session.execute(delete(table).where(*mine))
