"""The ground under every table: base class, UTC moments, the session, its write transaction, pages of rows."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, dataclass_transform

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    MetaData,
    Select,
    TypeDecorator,
    and_,
    func,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, deferred, mapped_column

from app.engine import Busy, has_only_read, turn_to_writing

__all__ = [
    "PERSONAL",
    "Base",
    "Busy",
    "Page",
    "Together",
    "UtcDateTime",
    "as_moment",
    "db",
    "is_sqlite",
    "page_of",
    "rows_before",
    "takes_rows",
    "vacuum",
    "wipe",
    "write",
]

Row = TypeVar("Row")
FURTHEST = 100_000
"""A page so far on is beyond every list."""
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column, deferred))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    metadata = MetaData(naming_convention=NAMES)


PERSONAL = {"personal": True}
"""Tag of columns that hold what is known of a candidate: access shows them, erasure empties them."""

db = SQLAlchemy(
    metadata=Base.metadata,
    disable_autonaming=True,
    session_options={"expire_on_commit": False, "autoflush": True},
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC on every engine; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its form
        return value.astimezone(UTC) if value else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """SQLite's text becomes a moment in one step, because a row may have a dozen of them."""
        return as_moment if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def as_moment(text: str | None) -> datetime | None:
    """A moment as SQLite keeps it."""
    return datetime.fromisoformat(f"{text}+00:00") if text else None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a longer list; `number` counts from 1."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))


def rows_before(number: int, size: int) -> int:
    """How many rows come before a page of a list whose length nobody counts; no more than a database can skip."""
    return (min(max(1, number), FURTHEST) - 1) * size


def page_of(query: Select[Row], number: int, size: int = 50) -> Page[Row]:
    """The rows of one page; a number outside the list is the nearest page that exists."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(max(1, number), max(1, -(-total // size)))
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, size, total)


class Together:
    """Rows of several tables that have nothing to do with each other, in one question: of each those that it names."""

    def __init__(self, *parts: tuple[type[Any], ColumnElement[bool]]) -> None:
        numbers = union_all(*(select(literal_column(str(at)).label("part")) for at in range(len(parts)))).subquery()
        self.tables = [table for table, _ in parts]
        self.query = select(numbers.c.part, *self.tables).select_from(numbers)
        for at, (table, named) in enumerate(parts):
            self.query = self.query.outerjoin(table, and_(numbers.c.part == at, named))

    def of(self, given: Mapping[str, Any]) -> tuple[list[Any], ...]:
        """The rows of each table, in the order in which they were named."""
        found: tuple[list[Any], ...] = tuple([] for _ in self.tables)
        for at, *rows in db.session.execute(self.query, given):
            if rows[at] is not None:
                found[at].append(rows[at])
        return found


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def write(*settled: Base | None) -> None:
    """Begin the write transaction: call it after all checks, immediately before the command.

    Ends the read transaction first, because SQLite cannot turn a read that others overtook into a write. All that was
    read is then read again when it is asked for, but for rows of which it is known that they hardly ever change.

    Raises:
        Busy: others held the write lock for five seconds.
    """
    session, kept = db.session(), [row for row in settled if row is not None]
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("write() comes before the first change")
    if session.in_transaction() and has_only_read(connection := session.connection()):
        for row in set(session).difference(kept):
            session.expire(row)
        turn_to_writing(connection)
        return
    for row in kept:
        session.expunge(row)
    session.rollback()
    session.connection(execution_options={"write": True})
    session.add_all(kept)


def takes_rows() -> bool:
    """Whether rows may be written, found out by reading: whoever writes is not waited for and does not wait.

    Raises:
        sqlalchemy.exc.DBAPIError: the database does not answer, or not within two seconds.
    """
    session = db.session()
    if not is_sqlite():
        session.execute(text("SET LOCAL statement_timeout = 2000"))
        return bool(session.scalar(text("SHOW transaction_read_only")) == "off")
    only_read = session.scalar(text("PRAGMA query_only"))
    return not only_read and os.access(str(session.connection().engine.url.database), os.W_OK)


def wipe() -> bool:
    """Take what was deleted out of SQLite's files too: after the commit, outside any transaction.

    False when somebody who reads kept it from being done now; the nightly job does it again. PostgreSQL frees the
    bytes by `vacuum`.
    """
    if not is_sqlite():
        return True
    db.session.rollback()
    connection = db.engine.raw_connection()
    try:
        busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.close()
    return not busy


def give_back_memory() -> None:
    """Let go of the pages that SQLite keeps of what this connection read; between transactions.

    A process of many threads would else keep them for each, long after they were of use.
    """
    if is_sqlite():
        db.session.execute(text("PRAGMA shrink_memory"))
        db.session.rollback()


def vacuum() -> None:
    """Let PostgreSQL overwrite what was deleted; outside any transaction, and it may take minutes."""
    db.session.rollback()
    if is_sqlite():
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM"))
        connection.execute(text("RESET statement_timeout"))
