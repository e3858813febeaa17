"""One change to many candidates at once: handed to an owner, or given a tag; it can be undone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.candidates import contact_state, label
from app.domain.candidates.candidate import PRESENT, Candidate, branch_of, visible
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.label import LabelKind

MOST = 5_000
PORTION = 500
"""So many are held at once: who changes more gives them in portions, each in a transaction of its own."""
UNDO = timedelta(hours=24)
Held = tuple[int, int | None, int | None]


class Kind(StrEnum):
    OWNER = "owner"
    TAG = "tag"


class BulkChange(Base):
    """`before` is what each changed candidate had, by id, until it is put back; `after` is what all were given."""

    __tablename__ = "bulk_change"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(10))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[int | None] = mapped_column(default=None)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


def assign(
    person: Person, candidate_ids: Sequence[int], owner_id: int | None, now: datetime, *, part_of: int | None = None
) -> BulkChange:
    """Hand candidates to an owner, or to nobody; those who were theirs already do not change.

    `part_of`: the change of which they are one more portion.
    """
    branch_id = branch_of(owner_id)
    before: dict[str, Any] = {}
    for portion in _portions(person, candidate_ids):
        changed = [held for held in _held(portion) if held[1] != owner_id]
        before |= {str(one): [owner, branch] for one, owner, branch in changed}
        ids = [one for one, _, _ in changed]
        branch = {"branch_id": branch_id} if branch_id else {}
        _put(ids, {"owner_id": owner_id, "updated_at": now} | branch)
    return _grown(part_of, before) or _keep(person, Kind.OWNER, before, owner_id, now)


def tag(
    person: Person, candidate_ids: Sequence[int], name: str, now: datetime, *, part_of: int | None = None
) -> BulkChange:
    """Give candidates a tag; those who have it already do not change. `part_of` as above."""
    (label_id,) = label.ensure(LabelKind.TAG, [name]).values()
    changed: list[int] = []
    for portion in _portions(person, candidate_ids):
        changed += label.add([one for one, _, _ in _held(portion)], LabelKind.TAG, name, now)
    before = dict.fromkeys(map(str, changed))
    return _grown(part_of, before) or _keep(person, Kind.TAG, before, label_id, now)


def undo(person: Person, change_id: int, now: datetime) -> int | None:
    """Put back a portion of what one's own change of the last day did, save what was changed since.

    Answers of how many; None when there is nothing left to put back.
    """
    row = db.session.get(BulkChange, change_id, with_for_update=True)
    if row is None or row.made_by_id != person.id or row.undone_at or now - row.made_at > UNDO:
        return None
    some = dict(islice(sorted((int(each), had) for each, had in row.before.items()), PORTION))
    row.before = {each: had for each, had in row.before.items() if int(each) not in some}
    row.undone_at = None if row.before else now
    if row.kind == Kind.TAG:
        return _take_tag(list(some), row.after or 0, now)
    return _give_back(some, row.after, now)


def _take_tag(ids: Sequence[int], label_id: int, now: datetime) -> int:
    held = [one for one, _, _ in _held(ids)]
    label.remove(held, label_id, now)
    return len(held)


def _give_back(before: Mapping[int, Any], after: int | None, now: datetime) -> int:
    """By what they had: a few owners, so a few statements."""
    groups: dict[tuple[int | None, int | None], list[int]] = {}
    for one, owner, _ in _held(list(before)):
        if owner == after:
            was_owner, was_branch = before[one]
            groups.setdefault((was_owner, was_branch), []).append(one)
    for (owner, branch), these in groups.items():
        _put(these, {"owner_id": owner, "branch_id": branch, "updated_at": now})
    return sum(map(len, groups.values()))


def _put(ids: Sequence[int], values: dict[str, Any]) -> None:
    db.session.execute(update(Candidate).where(Candidate.id.in_(ids)).values(values))
    owned = update(ContactState).where(ContactState.candidate_id.in_(ids))
    db.session.execute(owned.values(owner_id=values["owner_id"]))


def _held(ids: Sequence[int]) -> list[Held]:
    """Who has them and where, held in ascending order so that no two changes cross; contact states are held first.

    Whoever is nobody any more is left out.
    """
    contact_state.hold_many(ids)
    query = select(Candidate.id, Candidate.owner_id, Candidate.branch_id).where(Candidate.id.in_(ids), PRESENT)
    return [
        (row.id, row.owner_id, row.branch_id)
        for row in db.session.execute(query.order_by(Candidate.id).with_for_update(key_share=True))
    ]


def _portions(person: Person, candidate_ids: Sequence[int]) -> Iterator[list[int]]:
    """Those whom the person may see, some hundreds at once."""
    ids = sorted(set(candidate_ids))[:MOST]
    for start in range(0, len(ids), PORTION):
        these = visible(person).where(Candidate.id.in_(ids[start : start + PORTION]))
        yield list(db.session.scalars(these.with_only_columns(Candidate.id).order_by(Candidate.id)))


def _grown(change_id: int | None, before: dict[str, Any]) -> BulkChange | None:
    """The change of which this is a portion, with it; None for the first."""
    if change_id is None:
        return None
    row = db.session.get_one(BulkChange, change_id, populate_existing=True)
    row.before = row.before | before
    db.session.flush()
    return row


def _keep(person: Person, kind: Kind, before: dict[str, Any], after: int | None, now: datetime) -> BulkChange:
    row = BulkChange(kind=kind, before=before, after=after, made_by_id=person.id, made_at=now)
    db.session.add(row)
    db.session.flush()
    return row
