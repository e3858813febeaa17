"""Facts that are put in the place of others for as long as a merge stands, and go back unless changed since."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypedDict, cast

from sqlalchemy import Column, ColumnElement, Date, Table, select, update

from app.db import Base, UtcDateTime, db


class Rewriting(TypedDict):
    """One row's facts that belong together, as they were and as they became; plain, so that JSON can hold it."""

    table: str
    key: dict[str, int]
    before: dict[str, Any]
    after: dict[str, Any]


def rewrite(table_name: str, key: Mapping[str, int], facts: Mapping[str, Any]) -> list[Rewriting]:
    """Write facts that belong together into one row; nothing when they are there already."""
    before = read(table_name, key, facts)
    if before == dict(facts):
        return []
    table = Base.metadata.tables[table_name]
    db.session.execute(update(table).where(*_here(table, key)).values(dict(facts)))
    return since(table_name, key, before)


def read(table_name: str, key: Mapping[str, int], names: Iterable[str]) -> dict[str, Any]:
    """Some facts of one row."""
    table = Base.metadata.tables[table_name]
    query = select(*(table.c[name] for name in names)).where(*_here(table, key))
    return dict(db.session.execute(query).mappings().one())


def since(table_name: str, key: Mapping[str, int], before: Mapping[str, Any]) -> list[Rewriting]:
    """What became of a row's facts that were read before."""
    after = read(table_name, key, before)
    if after == before:
        return []
    return [Rewriting(table=table_name, key=dict(key), before=_plain(before), after=_plain(after))]


def take_back(rewritings: Iterable[Rewriting]) -> None:
    """Put back what was there, the newest first; facts of which one was changed since stay as they are."""
    for each in reversed(list(rewritings)):
        table = Base.metadata.tables[each["table"]]
        before, after = _values(table, each["before"]), _values(table, each["after"])
        untouched = [table.c[name].is_not_distinct_from(value) for name, value in after.items()]
        db.session.execute(update(table).where(*_here(table, each["key"]), *untouched).values(before))


def _here(table: Table, key: Mapping[str, int]) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]


def _plain(facts: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        str(name): value.isoformat() if isinstance(value, date) else value  # a moment is a date as well
        for name, value in facts.items()
    }


def _values(table: Table, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in facts.items()}


def _value(column: Column[Any], value: object) -> object:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(cast("str", value))
    return date.fromisoformat(cast("str", value)) if isinstance(column.type, Date) else value
