"""A candidate's situation as the log of lists keeps it, and back: nothing is lost, not a bit of a number."""

from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any

from app.domain.scoring.situation import Situation


def kept(situation: Situation) -> dict[str, Any]:
    """What differs from a situation of which nothing is known, as JSON has it."""
    told = ((each.name, getattr(situation, each.name)) for each in fields(Situation) if _is_told(each, situation))
    return {name: _plain(value) for name, value in told}


def read(record: dict[str, Any]) -> Situation:
    """The situation that was kept; facts that no situation has any more are left out."""
    known = {each.name for each in fields(Situation)}
    return Situation(**{name: _value(name, value) for name, value in record.items() if name in known})


def _is_told(each: Field[Any], situation: Situation) -> bool:
    return each.default is MISSING or getattr(situation, each.name) != each.default


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


DATES = frozenset(each.name for each in fields(Situation) if each.type in (date, date | None))
"""Facts that are days of the calendar: JSON knows none."""
