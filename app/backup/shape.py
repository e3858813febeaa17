"""The shape of a table in a backup: its columns, of which kind each is, and what its rows are ordered by."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    TableClause,
    Text,
    cast,
    collate,
    column,
    select,
    table,
)
from sqlalchemy.types import TypeEngine

from app.db import UtcDateTime

VERSIONS = "alembic_version"
"""The table in which the migrations keep where they are; it is in no backup, whose manifest says it."""

NAME = re.compile(r"[a-z][a-z0-9_]*")
"""Names come from the file and go into statements."""
KINDS: Mapping[str, type[TypeEngine[Any]]] = MappingProxyType(
    {
        "boolean": Boolean,
        "integer": Integer,
        "number": Double,
        "moment": UtcDateTime,
        "day": Date,
        "json": JSON,
        "bytes": LargeBinary,
        "text": String,
    }
)
READ_AS: Mapping[str, type[TypeEngine[Any]]] = MappingProxyType({**KINDS, "json": Text})
"""JSON is carried as it is written, so that nothing between an empty value and none is lost."""


class Shape(NamedTuple):
    """Enough to read and write the rows of a table without its model, which may be of another version."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]

    @property
    def kinds(self) -> list[str]:
        return [kind for _, kind in self.columns]

    @property
    def is_bulky(self) -> bool:
        """Whether one row may be a whole file."""
        return "bytes" in self.kinds

    def clause(self) -> TableClause:
        return table(self.name, *(column(name, READ_AS[kind]()) for name, kind in self.columns))

    def rows(self, engine: str) -> Select[Any]:
        """All rows, in an order that both engines agree upon."""
        found, kinds = self.clause(), dict(self.columns)
        read = [cast(found.c[name], Text) if kind == "json" else found.c[name] for name, kind in self.columns]
        bytewise = engine != "sqlite"
        order = [
            collate(found.c[name], "C") if bytewise and kinds[name] == "text" else found.c[name] for name in self.key
        ]
        return select(*read).order_by(*order)


def shapes(metadata: MetaData) -> list[Shape]:
    """Every table; what a table can work out by itself is not in its shape."""
    return [_shape(found) for found in metadata.sorted_tables]


def _shape(found: Table) -> Shape:
    columns = [(each.name, kind_of(each.type)) for each in found.columns if each.computed is None]
    return Shape(found.name, tuple(columns), tuple(each.name for each in found.primary_key))


def kind_of(of: TypeEngine[Any]) -> str:
    """The name of a column's type.

    Raises:
        TypeError: no column had this type until now, so it is not known how to write it down.
    """
    for kind, known in KINDS.items():
        if isinstance(of, known):
            return kind
    raise TypeError(f"backups do not know columns of {of!r}")


def from_manifest(told: Mapping[str, Any]) -> Shape:
    """The shape of a table as a manifest has it."""
    columns: Sequence[Sequence[str]] = told["columns"]
    unknown = {kind for _, kind in columns} - set(KINDS)
    if unknown:
        raise ValueError(f"{told['name']} has columns of {', '.join(sorted(unknown))}")
    shape = Shape(str(told["name"]), tuple((name, kind) for name, kind in columns), tuple(told["key"]))
    if not all(NAME.fullmatch(name) for name in (shape.name, *shape.names, *shape.key)):
        raise ValueError(f"{shape.name!r} has names that no table of ours has")
    return shape
