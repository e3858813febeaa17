"""A text in chapters that is written from settings: to read on a page, to print, and to take along as plain text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sentences, then points of a list, then a table.

    What a column without a name holds is a note to the first cell; a number in another one are points. By its `id`
    other pages lead to it.
    """

    title: str
    said: Sequence[str] = ()
    points: Sequence[str] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str | int | None]] = field(default_factory=list)
    id: str | None = None

    def named(self) -> list[int]:
        """The columns after the first that have a name."""
        return [at for at, name in enumerate(self.columns) if at and name]

    def notes(self) -> list[int]:
        """The columns without a name."""
        return [at for at, name in enumerate(self.columns) if not name]


def plain(title: str, lead: str, chapters: Iterable[Chapter]) -> str:
    """The same as plain text, readable as it stands."""
    parts = [f"{title}\n{'=' * len(title)}", lead, *map(_plain, chapters)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(chapter: Chapter) -> str:
    rows = [_row(chapter.columns, row) for row in chapter.rows]
    lines = [*chapter.said, *(f"- {each}" for each in [*chapter.points, *rows])]
    return "\n".join([chapter.title, "-" * len(chapter.title), *lines])


def _row(columns: Sequence[str], row: Sequence[str | int | None]) -> str:
    """As "Gesprek · Punten: 30"; the first cell needs no name, and an empty one is not said."""
    first, *rest = zip(columns, row, strict=True)
    return " · ".join([str(first[1]), *(f"{column}: {cell}" if column else str(cell) for column, cell in rest if cell)])
