"""The scores that part a board: those with which its top quarter and its upper half end."""

import time
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from app.domain.game.standings import Placed

LARGE = 2_000
"""From so many people on, looking them up costs more than the rest of the board, and a row moves them by a hair."""
SECONDS = 20.0


class Benchmarks(NamedTuple):
    """`ranked` is how many have a place; without them there are no scores. `half` is the place of the median."""

    ranked: int = 0
    quarter: int | None = None
    median: int | None = None
    half: int = 0


_kept: dict[Hashable, tuple[float, Benchmarks]] = {}


def found(board: Sequence[Placed], ranked: int) -> Benchmarks:
    """Those of so many people, from lines of which the last of the quarter and of the half are two."""
    quarter, median = (_last_of(board, ranked, part) for part in (4, 2))
    if quarter is None or median is None:
        return Benchmarks(ranked)
    return Benchmarks(ranked, quarter.score, median.score, median.place or 0)


def keep(board: Hashable, benchmarks: Benchmarks) -> Benchmarks:
    """Remember those of a large board for some seconds, in this process."""
    if benchmarks.ranked >= LARGE:
        now = time.monotonic()
        for old in [each for each, (until, _) in _kept.items() if until <= now]:
            _kept.pop(old, None)
        _kept[board] = now + SECONDS, benchmarks
    return benchmarks


def kept(board: Hashable) -> Benchmarks | None:
    """What is remembered of a board; None: it is small, or too long ago."""
    until, benchmarks = _kept.get(board, (0.0, None))
    return benchmarks if until > time.monotonic() else None


def forget() -> None:
    """Look everything up again."""
    _kept.clear()


def _last_of(board: Sequence[Placed], ranked: int, part: int) -> Placed | None:
    """The last of the first 1/`part` of the whole board, or one of their equals."""
    last = (ranked - 1) // part + 1
    return next((placed for placed in reversed(board) if placed.place and placed.place <= last), None)
