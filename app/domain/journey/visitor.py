"""A visitor whom a trusted source introduced: the random id of a browser, and the candidate who sits behind it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, String, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates.candidate import Candidate

LONGEST = 100


class Visitor(Base):
    """Whoever was introduced last is behind the browser from then on; what was told of others before stays theirs."""

    __tablename__ = "visitor"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    anonymous_id: Mapped[str] = mapped_column(String(LONGEST), unique=True, info=PERSONAL)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)


TABLE = cast("Table", Visitor.__table__)
_NEW = insert(TABLE)
JOIN = _NEW.on_conflict_do_update(
    index_elements=["anonymous_id"],
    set_={name: _NEW.excluded[name] for name in ("candidate_id", "source_id", "joined_at")},
)
BEHIND = (
    select(TABLE.c.anonymous_id, func.coalesce(Candidate.merged_into_id, Candidate.id))
    .join(Candidate, Candidate.id == TABLE.c.candidate_id)
    .where(TABLE.c.anonymous_id.in_(bindparam("these", expanding=True)))
)


def join(behind: Mapping[str, int], source_id: int, now: datetime) -> None:
    """From now on these candidates sit behind these browsers; in one order, so that no two writers cross."""
    rows = [
        {"anonymous_id": anonymous_id, "candidate_id": candidate_id, "source_id": source_id, "joined_at": now}
        for anonymous_id, candidate_id in sorted(behind.items())
    ]
    if rows:
        db.session.connection().execute(JOIN, rows)


def behind(anonymous_ids: Collection[str]) -> dict[str, int]:
    """Who sits behind these browsers; whoever was merged is the one who was kept."""
    if not anonymous_ids:
        return {}
    found = db.session.connection().execute(BEHIND, {"these": list(anonymous_ids)})
    return {str(anonymous_id): candidate_id for anonymous_id, candidate_id in found}
