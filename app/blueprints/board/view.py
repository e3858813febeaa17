"""What a board looks like: its rows with the lines between them, its movement, and the tag of what is shown."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.game.leaderboard import Board, BoardRow, moved_since, risen
from app.language import current
from app.words.board import hidden_words, median_words, quarter_words


class Shown(NamedTuple):
    """A row, or a line of text between rows."""

    row: BoardRow | None
    text: str = ""


def tag(board: Board, today: date) -> str:
    """Changes when anything that is shown changes."""
    return hashlib.blake2b(f"{current()} {today} {board!r}".encode(), digest_size=12).hexdigest()


def movement(board: Board, today: date) -> dict[int, int] | None:
    """How many places everybody shown has risen; None where there is nothing to compare with."""
    since = moved_since(board, today)
    return risen(board, since) if since else None


def with_lines(board: Board) -> list[Shown]:
    """The rows, with how many are left out between them and where the top quarter and the upper half end."""
    lines = [(points, words(points)) for points, words in _benchmarks(board)]
    shown: list[Shown] = []
    for row, left_out in _gaps(board.rows):
        passed = [line for line in lines if row.points < line[0]]
        lines = lines[len(passed) :]
        texts = [hidden_words(left_out)] if left_out else []
        shown += [*_line(texts + [text for _, text in passed]), Shown(row)]
    return shown + _line([text for _, text in lines])


def _benchmarks(board: Board) -> list[tuple[int, Callable[[int], str]]]:
    both = ((board.quarter, quarter_words), (board.median, median_words))
    return [(points, words) for points, words in both if points is not None]


def _line(texts: Sequence[str]) -> list[Shown]:
    return [Shown(None, " · ".join(texts))] if texts else []


def _gaps(rows: Sequence[BoardRow]) -> Iterator[tuple[BoardRow, int]]:
    """Every row with the number of people left out before it."""
    last = 0
    for number, row in enumerate(rows):
        yield row, max(0, (row.place or 0) - last - 1)
        equals = sum(1 for other in rows[:number] if other.place == row.place)
        last = (row.place or 0) + equals
