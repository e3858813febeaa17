"""Undoing a whole import: whom it added goes, what it changed goes back, and what was touched since stays."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, delete, func, or_, select, update

from app.db import db
from app.domain.candidates import changed, contact_state, retention, search
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.candidates.importing import candidate_import
from app.domain.candidates.importing.candidate_import import LEASE, CandidateImport, State
from app.domain.candidates.importing.steps import Step
from app.domain.candidates.importing.trace import ImportChange
from app.domain.candidates.importing.writing import UNTIL
from app.domain.candidates.importing.written import plain
from app.domain.candidates.label import CandidateLabel
from app.domain.custody.reference import DERIVED, pointing

PORTION = 100
"""Removing rows touches many pages: small enough that who writes beside it hardly waits."""
SHOWN = 100
MOST = 5_000
CANDIDATE = cast("Table", Candidate.__table__)
STATE = cast("Table", ContactState.__table__)
LABEL = cast("Table", CandidateLabel.__table__)
IDENTITY = cast("Table", Identity.__table__)
NO_ACT = DERIVED | {"carerix_score", "duplicate_pair", "import_change"}
"""Rows that machines make of a candidate's rows: nobody did anything when one of them is there."""
ACTS = "acts"
FOLLOWS = frozenset(("sort_name", "branch_id"))
"""Facts that nobody tells: they follow from the name and the owner."""
MARKS = [column for column in STATE.c if column.nullable and column.name not in {"owner_id", "tau"}]
BROUGHT = ("identity", "crm_id", "channel_preference", "consent", "stage_move")


def begin(import_id: int, person_id: int) -> bool:
    """Let the undoing begin; False when there is nothing to undo."""
    row = candidate_import.locked(import_id)
    if row is None or row.state != State.DONE:
        return False
    row.state, row.undone_by_id, row.trouble, row.written = State.UNDOING, person_id, "", 0
    db.session.flush()
    return True


def steps(row: CandidateImport) -> Iterator[Step]:
    """The steps that undo an import, each to be taken in a transaction of its own."""
    import_id, left = row.id, True

    def step(now: datetime) -> None:
        nonlocal left
        left = _undo_some(import_id, now)

    while left:
        yield step


def stayed(import_id: int) -> list[tuple[int, str, list[str]]]:
    """Who was left as they are in part or whole: id, name and what stays."""
    query = (
        select(CANDIDATE.c.id, CANDIDATE.c.name, ImportChange.stays)
        .join(ImportChange, ImportChange.candidate_id == CANDIDATE.c.id)
        .where(ImportChange.import_id == import_id, ImportChange.settled_at.is_not(None))
        .where(PRESENT)
        .order_by(CANDIDATE.c.sort_name, CANDIDATE.c.id)
    )
    rows = db.session.execute(query.limit(MOST)).all()
    told = ((row.id, row.name, [what for what in row.stays if what not in FOLLOWS]) for row in rows)
    return [each for each in told if each[2]][:SHOWN]


def _undo_some(import_id: int, now: datetime) -> bool:
    """Undo a portion; False when it was the last one."""
    row = candidate_import.locked(import_id)
    if row is None or row.state != State.UNDOING:
        return False
    open_ones = select(ImportChange).where(ImportChange.import_id == import_id, ImportChange.settled_at.is_(None))
    changes = list(db.session.scalars(open_ones.order_by(ImportChange.candidate_id).limit(PORTION)))
    if not changes:
        row.state, row.undone_at, row.lease_until = State.UNDONE, now, None
        db.session.flush()
        return False
    contact_state.hold_many([change.candidate_id for change in changes])
    removed = _take_away(import_id, [change for change in changes if change.added], now)
    kept = [change for change in changes if change.candidate_id not in removed]
    _put_back([change for change in kept if not change.added], now)
    ids = [change.candidate_id for change in kept]
    retention.begin_many(ids, now)
    search.refresh(ids)
    changed.note(ids, now)
    told = {"removed": len(removed), "stayed": sum(bool(change.stays) for change in kept)}
    told["reverted"] = len(kept) - told["stayed"]
    row.counts = row.counts | {name: row.counts.get(name, 0) + number for name, number in told.items()}
    row.written, row.lease_until = row.written + len(changes), now + LEASE
    db.session.flush()
    return True


def _take_away(import_id: int, changes: Sequence[ImportChange], now: datetime) -> set[int]:
    """Remove those with whom nothing happened since; the others stay."""
    touched = _touched(import_id, changes)
    for change in changes:
        if change.candidate_id in touched:
            change.stays, change.settled_at = [ACTS], now
    db.session.flush()
    gone = {change.candidate_id for change in changes} - touched
    for change in changes:
        if change.candidate_id in gone:
            db.session.expunge(change)
    for table, column in reversed(pointing()):
        if gone and table is not CANDIDATE:
            db.session.execute(delete(table).where(column.in_(gone)))
    if gone:
        db.session.execute(delete(CANDIDATE).where(CANDIDATE.c.id.in_(gone)))
    return gone


def _touched(import_id: int, changes: Sequence[ImportChange]) -> set[int]:
    """Of whom there is more, or less, than the import brought."""
    written = {change.candidate_id: change for change in changes}
    if not written:
        return set()
    facts = select(CANDIDATE.c.id, CANDIDATE.c.updated_at).where(CANDIDATE.c.id.in_(written))
    found = {row.id for row in db.session.execute(facts) if row.updated_at > written[row.id].written_at}
    marked = or_(*(column.is_not(None) for column in MARKS), STATE.c.attempts > 0)
    found |= set(db.session.scalars(select(STATE.c.candidate_id).where(STATE.c.candidate_id.in_(written), marked)))
    known = or_(IDENTITY.c.state_at.is_not(None), IDENTITY.c.state != IdentityState.UNVERIFIED)
    ways = select(IDENTITY.c.candidate_id).where(IDENTITY.c.candidate_id.in_(written), known)
    found |= set(db.session.scalars(ways))
    other = ImportChange.candidate_id.in_(written), ImportChange.import_id != import_id
    found |= set(db.session.scalars(select(ImportChange.candidate_id).where(*other)))
    for table, column in pointing():
        if table.name not in NO_ACT:
            counted = select(column, func.count()).where(column.in_(written)).group_by(column)
            counts = {row[0]: row[1] for row in db.session.execute(counted)}
            found |= {
                key for key, each in written.items() if counts.get(key, 0) != len(each.brought.get(table.name, ()))
            }
    return found


def _put_back(changes: Sequence[ImportChange], now: datetime) -> None:
    """Give candidates back the facts that are still as the import left them."""
    ids = [change.candidate_id for change in changes]
    query = select(CANDIDATE).where(CANDIDATE.c.id.in_(ids), CANDIDATE.c.anonymised_at.is_(None))
    present = {row["id"]: dict(row) for row in db.session.execute(query).mappings()}
    for change in changes:
        change.settled_at = now
        facts = present.get(change.candidate_id)
        if facts is None or facts["merged_into_id"] is not None:
            change.stays = [ACTS]
            continue
        back = {fact: value for fact, value in change.before.items() if not fact.startswith(UNTIL)}
        change.stays = [fact for fact in back if plain(facts[fact]) != change.after[fact]]
        _set(change.candidate_id, {fact: value for fact, value in back.items() if fact not in change.stays}, now)
        _put_back_labels(change)
        _take_rows(change)
    db.session.flush()


def _set(candidate_id: int, facts: Mapping[str, Any], now: datetime) -> None:
    if not facts:
        return
    values = {fact: _told(fact, value) for fact, value in facts.items()}
    db.session.execute(update(CANDIDATE).where(CANDIDATE.c.id == candidate_id).values(**values, updated_at=now))
    if "owner_id" in facts:
        state = update(STATE).where(STATE.c.candidate_id == candidate_id)
        db.session.execute(state.values(owner_id=facts["owner_id"]))


def _told(fact: str, value: Any) -> Any:  # noqa: ANN401 - a fact of any kind, from JSON
    return date.fromisoformat(value) if fact == "available_from" and value else value


def _put_back_labels(change: ImportChange) -> None:
    for fact, value in change.before.items():
        if not fact.startswith(UNTIL):
            continue
        after = change.after[fact]
        this = (
            LABEL.c.candidate_id == change.candidate_id,
            LABEL.c.label_id == int(fact.removeprefix(UNTIL)),
            LABEL.c.until == (date.fromisoformat(after) if after else None),
        )
        db.session.execute(update(LABEL).where(*this).values(until=date.fromisoformat(value) if value else None))


def _take_rows(change: ImportChange) -> None:
    """Remove the rows that the import added: an address of which somebody knows more stays, as does the way it came."""
    tables: dict[str, Table] = {table.name: table for table, _ in pointing()}
    for name in BROUGHT:
        ids: Collection[int] = change.brought.get(name, ())
        if not ids or (name == "stage_move" and "stage" in change.stays):
            continue
        table = tables[name]
        going = delete(table).where(table.c.id.in_(ids), table.c.candidate_id == change.candidate_id)
        if name == "identity":
            going = going.where(table.c.state_at.is_(None), table.c.state == IdentityState.UNVERIFIED)
        gone = cast("Any", db.session.execute(going)).rowcount
        if name == "identity" and gone < len(ids):
            change.stays = [*change.stays, name]
    if labels := change.brought.get("candidate_label"):
        held = LABEL.c.candidate_id == change.candidate_id, LABEL.c.label_id.in_(labels)
        db.session.execute(delete(LABEL).where(*held))
