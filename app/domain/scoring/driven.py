"""Rows as the driver gives them: of a whole pool, reading what nobody needs takes longer than the question itself."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Executable

from app.db import db, is_sqlite

EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def rows(query: Executable, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What is read of each is a number or a text, or left as it is."""
    with db.session.connection().execute(query, given) as result:
        return list(result.cursor.fetchall())


def seconds() -> Callable[[Any], float]:
    """Reads a moment as the engine gives it, in epoch seconds."""
    return written if is_sqlite() else datetime.timestamp


def in_seconds(moments: Sequence[Any]) -> list[float]:
    """The same of many; where they are numbers already, they are left so."""
    if not is_sqlite():
        return list(moments)
    read = datetime.fromisoformat
    return [(read(text) - EPOCH).total_seconds() for text in moments]


def written(text: str) -> float:
    """Of a moment as SQLite keeps it, in UTC."""
    return (datetime.fromisoformat(text) - EPOCH).total_seconds()
