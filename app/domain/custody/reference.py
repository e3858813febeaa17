"""Rows that speak of a candidate, found by their foreign keys: they follow when two become one, and return."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import Column, ColumnElement, Select, Table, UniqueConstraint, select, update

from app.db import Base, db
from app.domain.candidates.candidate import Candidate

CANDIDATE = cast("Table", Candidate.__table__)
DERIVED = frozenset({"candidate_search", "cell", "contact_state", "engagement_score"})
"""Reckoned anew from the rows that moved."""
ABOUT_THE_RECORD = frozenset({"duplicate_pair", "import_change", "intake_log", "merge"})
"""They tell what was done to the one record, not what the person did, and stay with it."""
BORN = ("added_at", "asked_at")
PORTION = 500
Moved = dict[str, list[int]]


class Reference(NamedTuple):
    """A column that says of which candidate a row is, and what else tells the rows of one candidate apart."""

    table: Table
    column: Column[Any]

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"

    @property
    def key(self) -> Column[Any]:
        """Where a candidate has one row at most, nothing else does."""
        (rest,) = [column for column in self.table.primary_key if column is not self.column] or [self.column]
        return rest

    @property
    def born_at(self) -> Column[Any] | None:
        """When a row was added, in tables from which rows are also removed."""
        return next((self.table.c[name] for name in BORN if name in self.table.c), None)


def pointing() -> list[tuple[Table, Column[Any]]]:
    """Every column of every table that refers to a candidate."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.c
        if any(key.column is CANDIDATE.c.id for key in column.foreign_keys)
    ]


def references() -> list[Reference]:
    """The columns whose rows follow the person."""
    return [Reference(*each) for each in pointing() if each[0].name not in DERIVED | ABOUT_THE_RECORD]


def move(kept_id: int, other_id: int) -> Moved:
    """Give the rows of one candidate to another; what the other one has already stays behind. Answers what moved."""
    moved = {each.name: _move(each, kept_id, other_id) for each in references()}
    return {name: keys for name, keys in moved.items() if keys}


def _move(reference: Reference, kept_id: int, other_id: int) -> list[int]:
    staying = {*twins(reference, kept_id, other_id), *({kept_id} if reference.table is CANDIDATE else ())}
    going = update(reference.table).where(reference.column == other_id, reference.key.not_in(staying))
    return sorted(db.session.execute(going.values({reference.column: kept_id}).returning(reference.key)).scalars())


def move_back(moved: Moved, kept_id: int, other_id: int, moved_at: datetime) -> None:
    """Return the rows that moved, unless they went elsewhere since.

    A key of a row that people remove may be given out again: what was added later is another row.
    """
    for each in references():
        keys = moved.get(each.name, [])
        for portion in (keys[at : at + PORTION] for at in range(0, len(keys), PORTION)):
            going = update(each.table).where(each.column == kept_id, each.key.in_(portion))
            going = going if each.born_at is None else going.where(each.born_at <= moved_at)
            db.session.execute(going.values({each.column: other_id}))


def twins(reference: Reference, kept_id: int, other_id: int) -> dict[int, int]:
    """Rows of the other one that would stand beside their like, by key, each with the key of its like."""
    found: dict[int, int] = {}
    for rest, condition in _unique(reference):
        own = {values: key for key, values in _rows(reference, kept_id, rest, condition)}
        found |= {key: own[values] for key, values in _rows(reference, other_id, rest, condition) if values in own}
    return found


def _unique(reference: Reference) -> Iterator[tuple[list[Column[Any]], ColumnElement[bool] | None]]:
    """What no two rows of one candidate may have in common: the other columns of a key, and for which rows it holds."""
    table, column = reference
    keys: list[tuple[Iterable[Column[Any]], ColumnElement[bool] | None]] = [(table.primary_key.columns, None)]
    keys += [(each.columns, None) for each in table.constraints if isinstance(each, UniqueConstraint)]
    keys += [(each.columns, each.dialect_options["sqlite"]["where"]) for each in table.indexes if each.unique]
    for columns, condition in keys:
        if any(each is column for each in columns):
            yield [each for each in columns if each is not column], condition


def _rows(
    reference: Reference, candidate_id: int, rest: Sequence[Column[Any]], condition: ColumnElement[bool] | None
) -> list[tuple[int, tuple[Any, ...]]]:
    query: Select[Any] = select(reference.key, *rest).where(reference.column == candidate_id)
    if condition is not None:
        query = query.where(condition)
    found = [(key, tuple(values)) for key, *values in db.session.execute(query)]
    return [(key, values) for key, values in found if None not in values]


def astray(limit: int) -> dict[int, int]:
    """Merged candidates to whom something was written since, each with whom they are one; of what has no twins."""
    merged = CANDIDATE.alias()
    found: dict[int, int] = {}
    for each in references():
        if not any(True for _ in _unique(each)):
            query = (
                select(merged.c.id, merged.c.merged_into_id)
                .join_from(merged, each.table, each.column == merged.c.id)
                .where(merged.c.merged_into_id.is_not(None), each.key != merged.c.merged_into_id)
                .distinct()
            )
            found |= dict(db.session.execute(query.limit(limit)).all())
    return found
