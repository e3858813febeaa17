"""Moments as the driver gives them, in epoch seconds: of a whole pool, one step too many takes longer than asking."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from app.db import is_sqlite

EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


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
