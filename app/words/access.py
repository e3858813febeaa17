"""What is known of a candidate, in words: sections with readable columns and cells, the newest rows first."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.domain.custody.access import Section
from app.language import current
from app.language import gettext as _
from app.words.access_labels import CODES, COLUMNS, TITLES
from app.words.actions import outcome_label
from app.words.candidates import channel_label, identity_state_label, said_by_label, stage_label
from app.words.program import wall_time, weekday_name

MOST = 200
FIGURE = re.compile(r"[-+]?\d{1,7}")


@dataclass(frozen=True, slots=True)
class Told:
    """A section to read; a cell is a text, a day, a moment, or None. `total` counts the rows that there are."""

    table: str
    title: str
    columns: list[str]
    rows: list[list[Any]]
    total: int

    @property
    def figures(self) -> frozenset[int]:
        """The columns of nothing but numbers: they stand at the right, under each other."""
        return frozenset(at for at in range(len(self.columns)) if all(_is_figure(row[at]) for row in self.rows))


def _is_figure(value: object) -> bool:
    return value is None or (isinstance(value, str) and FIGURE.fullmatch(value) is not None)


def told(sections: Iterable[Section], most: int = MOST) -> list[Told]:
    """The sections as people read them; columns in which nothing stands are left out."""
    return [_told(section, most) for section in sections]


def title(table: str) -> str:
    """What a section is called."""
    return str(TITLES.get(table, table))


def column_label(column: str) -> str:
    """What a column is called."""
    return str(COLUMNS.get(column, column))


def cell(column: str, value: object) -> object:
    """One value in words; days and moments stay what they are, so that the page writes them as everywhere."""
    if value in (None, "", [], {}):
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    known = _in_words(column, value)
    if known is not value:
        return known or None
    if isinstance(value, Mapping):
        return "; ".join(f"{column_label(str(key))}: {_plain(cell(str(key), one))}" for key, one in value.items())
    return _plain(value) if isinstance(value, int | float | list) else value


def _in_words(column: str, value: object) -> object:
    """A code in words; one that has none stays as it is, because nothing may be kept back."""
    if isinstance(value, str) and value in CODES.get(column, {}):
        return str(CODES[column][value])
    try:
        return SAID[column](value) if column in SAID else value
    except (ValueError, KeyError, TypeError):
        return value


def _told(section: Section, most: int) -> Told:
    spoken = [name for name in section.columns if not name.startswith("kind_")]
    rows = [_row(dict(zip(section.columns, row, strict=True)), spoken) for row in section.rows[-most:][::-1]]
    filled = [at for at, _name in enumerate(spoken) if any(row[at] is not None for row in rows)]
    return Told(
        table=section.table,
        title=title(section.table),
        columns=[column_label(spoken[at]) for at in filled],
        rows=[[row[at] for at in filled] for row in rows],
        total=len(section.rows),
    )


def _row(facts: Mapping[str, Any], columns: Iterable[str]) -> list[object]:
    """A kind is called as the reader's language has it."""
    kind = facts.get(f"kind_{current()}")
    return [cell(column, kind if kind and column == "kind" else facts[column]) for column in columns]


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)


def _each(word: Callable[[Any], str]) -> Callable[[Any], str | None]:
    return lambda values: ", ".join(map(word, values)) if isinstance(values, list) else None


def _weekdays(days: str) -> str:
    return ", ".join(weekday_name(int(day) - 1) for day in days)


SAID: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "stage": stage_label,
        "from_stage": stage_label,
        "to_stage": stage_label,
        "channel": channel_label,
        "channels": _each(channel_label),
        "said_by": said_by_label,
        "outcome": outcome_label,
        "state": identity_state_label,
        "from_minute": wall_time,
        "until_minute": wall_time,
        "days": _weekdays,
    }
)
