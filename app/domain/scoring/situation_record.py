"""A candidate's situation as the log of lists keeps it, and back: nothing is lost, not a bit of a number."""

from datetime import date
from typing import Any

from app.domain.scoring.situation import Situation


def kept(situation: Situation) -> dict[str, Any]:
    """What differs from a situation of which nothing is known, as JSON has it."""
    told = zip(Situation._fields, situation, strict=True)
    return {name: _plain(value) for name, value in told if name not in USUAL or value != USUAL[name]}


def read(record: dict[str, Any]) -> Situation:
    """The situation that was kept; facts that no situation has any more are left out."""
    return Situation(**{name: _value(name, value) for name, value in record.items() if name in Situation._fields})


def _plain(value: Any) -> Any:  # noqa: ANN401 - any fact of a situation
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - any fact of a situation
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if isinstance(value, str) and name in DATES else value


USUAL = Situation._field_defaults
DATES = frozenset(name for name, kind in Situation.__annotations__.items() if kind in (date, date | None))
"""Facts that are days of the calendar: JSON knows none."""
