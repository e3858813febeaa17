"""Merging two candidates who are one person: the history moves to the one who stays, and can move back."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, cast, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.actions import history, owed, recovering
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person
from app.domain.candidates import changed, contact_state, search
from app.domain.candidates.candidate import LARGEST_ID, Candidate, visible_to
from app.domain.custody import reference, rewriting, union
from app.domain.custody.choice import Side
from app.domain.scoring import coming_back, engagement, fan

UNDONE_WITHIN = 30 * clock.DAY
MOST = 500


class Merge(Base):
    """`moved` holds the ids of the rows that moved, by table; `before` what was overwritten.

    Both are emptied when it cannot be undone any more.
    """

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    merged_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON, info=PERSONAL)
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class Why(StrEnum):
    """GONE: one of the two was merged or forgotten meanwhile. NEWER_FIRST: a later merge must be undone before."""

    GONE = "gone"
    UNDONE = "undone"
    TOO_LATE = "too_late"
    NEWER_FIRST = "newer_first"


class Refused(Exception):  # noqa: N818 - it names what is the case
    """Nothing was changed; `why` says what is in the way."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def merge(kept: Candidate, other: Candidate, choices: Mapping[str, Side], by: Person, now: datetime) -> Merge:
    """Let two candidates be one from now on; `choices` says whose fact stays, by the names of `choice.FACTS`.

    Rows that refer to the other one move; a row that would stand beside its like stays where it is. The ledger does
    not know of it.

    Raises:
        Refused: one of the two is not there any more, or they are one.
    """
    kept, other = _hold(kept.id, other.id)
    if kept is other or not (_stands(kept) and _stands(other)):
        raise Refused(Why.GONE)
    moved = reference.move(kept.id, other.id)
    rewritten = union.unite(kept, other, choices, by, now)
    _reckon(kept.id, other.id, now)
    rewritten += union.keep_longer(kept, other, now)
    row = Merge(
        candidate_id=kept.id,
        merged_id=other.id,
        moved=moved,
        before={"rewritten": rewritten},
        merged_by_id=by.id,
        merged_at=now,
    )
    db.session.add(row)
    search.refresh([kept.id])
    search.forget(other.id)
    changed.note([other.id], now)
    db.session.expire_all()
    return row


def undo(merged: Merge, now: datetime) -> None:
    """Let them be two again: each has what they had, and what was done since stays with the one who was kept.

    Raises:
        Refused: it is too late, it was undone before, or something that came later stands in the way.
    """
    kept, other = _hold(merged.candidate_id, merged.merged_id)
    row = db.session.get_one(Merge, merged.id, with_for_update=True, populate_existing=True)
    why = _hindrance(row, kept, other, now)
    if why:
        raise Refused(why)
    row.undone_at = now
    reference.move_back(row.moved, kept.id, other.id, row.merged_at)
    rewriting.take_back(union.possible(row.before["rewritten"], kept, other))
    _reckon(kept.id, other.id, now)
    search.refresh([kept.id, other.id])
    changed.note([kept.id, other.id], now)
    db.session.expire_all()


def _hold(kept_id: int, other_id: int) -> tuple[Candidate, Candidate]:
    """Both rows, held so that of two merges at once the second sees what the first did; contact states come first.

    Merges come one after the other: whoever followed one of the two is held as well, in no order.
    """
    db.session.flush()
    db.session.execute(select(Agency.id).with_for_update())
    contact_state.hold_many((kept_id, other_id))
    query = select(Candidate).where(Candidate.id.in_((kept_id, other_id))).order_by(Candidate.id)
    rows = db.session.scalars(query.with_for_update().execution_options(populate_existing=True))
    found = {row.id: row for row in rows}
    return found[kept_id], found[other_id]


def _stands(candidate: Candidate) -> bool:
    return candidate.merged_into_id is None and candidate.anonymised_at is None


def _reckon(first_id: int, second_id: int, now: datetime) -> None:
    """The contact state and the scores as the rows that each has now say."""
    for candidate_id in sorted((first_id, second_id)):
        history.rebuild(candidate_id)
        engagement.replay(candidate_id, now)
        owed.tell(candidate_id, now)
        recovering.tell_due(candidate_id)
    fan.realign((first_id, second_id))
    coming_back.realign((first_id, second_id))


def _hindrance(row: Merge, kept: Candidate, other: Candidate, now: datetime) -> Why | None:
    if row.undone_at is not None:
        return Why.UNDONE
    if now - row.merged_at > UNDONE_WITHIN:
        return Why.TOO_LATE
    if not _stands(kept) or other.merged_into_id != kept.id or other.anonymised_at is not None:
        return Why.GONE
    newest = _newest(kept.id)
    return Why.NEWER_FIRST if newest and newest.id != row.id else None


def _newest(candidate_id: int) -> Merge | None:
    query = select(Merge).where(Merge.candidate_id == candidate_id, Merge.undone_at.is_(None))
    return db.session.scalar(query.order_by(Merge.id.desc()).limit(1))


def of(candidate_id: int, now: datetime) -> Merge | None:
    """The merge into this candidate that can be undone now: the newest one, within thirty days."""
    newest = _newest(candidate_id)
    return newest if newest and now - newest.merged_at <= UNDONE_WITHIN else None


def one_of(candidate_id: int, merge_id: int) -> Merge | None:
    """One merge into this candidate and into nobody else."""
    return db.session.scalar(select(Merge).where(Merge.id == merge_id, Merge.candidate_id == candidate_id))


def successor(person: Person, candidate_id: int) -> Candidate | None:
    """With whom a merged candidate is one, when this person may see them."""
    if not 0 < candidate_id <= LARGEST_ID:
        return None
    into = db.session.scalar(select(Candidate.merged_into_id).where(Candidate.id == candidate_id))
    return visible_to(person, into) if into else None


def gather(now: datetime) -> int:
    """Move what was written to a merged candidate at the very moment of the merge; returns with how many it was so."""
    astray = reference.astray(MOST)
    for other_id, kept_id in astray.items():
        contact_state.hold_many((kept_id, other_id))
        moved = reference.move(kept_id, other_id)
        row = _newest(kept_id)
        if row:
            known = {name: [*row.moved.get(name, []), *keys] for name, keys in moved.items()}
            row.moved = row.moved | known
        _reckon(kept_id, other_id, now)
        changed.note([kept_id], now)
    return len(astray)


def forget_old(now: datetime) -> None:
    """Empty what was kept for an undo that is not possible any more."""
    over = update(Merge).where(Merge.merged_at < now - UNDONE_WITHIN, cast(Merge.before, Text) != "{}")
    db.session.execute(over.values(before={}, moved={}))
