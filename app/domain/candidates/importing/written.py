"""What an import wrote: the facts before and after and the new rows by candidate, kept so that it can be undone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates.importing.match import Judged
from app.domain.candidates.importing.trace import ImportChange

CHANGE = cast("Table", ImportChange.__table__)


class Writer(NamedTuple):
    """Who writes which import, when."""

    import_id: int
    person: Person
    zone: ZoneInfo
    now: datetime


class Written:
    """What was written of each candidate: the facts before and after, and the ids of new rows by table."""

    def __init__(self) -> None:
        self.before: dict[int, dict[str, Any]] = defaultdict(dict)
        self.after: dict[int, dict[str, Any]] = defaultdict(dict)
        self.brought: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))


Target = tuple[int, Judged]


def execute(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(insert(table), rows)


def insert_rows(model: type[Any], rows: Sequence[Mapping[str, Any]], written: Written) -> None:
    """Write rows that hold a candidate's id, and remember theirs."""
    if not rows:
        return
    table = cast("Table", model.__table__)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    ids = db.session.connection().execute(statement, rows).scalars()
    for row, row_id in zip(rows, ids, strict=True):
        written.brought[row["candidate_id"]][table.name].append(row_id)


def plain(value: object) -> object:
    """As a fact is kept in JSON."""
    return value.isoformat() if isinstance(value, date) else value


def remember(by: Writer, added: Sequence[Target], changed: Sequence[Target], written: Written) -> None:
    """What an undo needs; who is met twice in one import is remembered as they were before the first time."""
    fresh = {key for key, _ in added}
    ids = list(dict.fromkeys(key for key, _ in [*added, *changed]))
    query = select(CHANGE).where(CHANGE.c.import_id == by.import_id, CHANGE.c.candidate_id.in_(ids))
    earlier = {row.candidate_id: row for row in db.session.execute(query)} if changed else {}
    rows = []
    for key in ids:
        row = {
            "import_id": by.import_id,
            "candidate_id": key,
            "added": key in fresh,
            "before": dict(written.before[key]),
            "after": dict(written.after[key]),
            "brought": {table: list(found) for table, found in written.brought[key].items()},
            "stays": [],
            "written_at": by.now,
        }
        rows.append(_together(earlier[key], row) if key in earlier else row)
    if earlier:
        old = CHANGE.c.import_id == by.import_id, CHANGE.c.candidate_id.in_(earlier)
        db.session.execute(CHANGE.delete().where(*old))
    execute(CHANGE, rows)


def _together(first: Any, then: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a row as the driver gives it
    tables = {**first.brought, **then["brought"]}
    return then | {
        "added": first.added,
        "before": then["before"] | first.before,
        "after": first.after | then["after"],
        "brought": {table: [*first.brought.get(table, []), *then["brought"].get(table, [])] for table in tables},
    }
