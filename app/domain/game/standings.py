"""Places on the board: equals share a place, the next place counts them all, and the bottom is never shown."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from app.domain.game.fairness import UNWEIGHED, Weight, points_for, team_points_for

TOP = 3
NEIGHBOURS = 2


class Row(NamedTuple):
    """What one person (or team) has on a board; `score` is the fair one, in hundredths, and `tie` orders equals."""

    person_id: int | str
    score: int
    tie: int = 0
    points: int = 0
    helped: int = 0
    weight: Weight = UNWEIGHED


class Placed(NamedTuple):
    """`place` None: no points yet, so not ranked. `shared` is written as "="."""

    person_id: int | str
    score: int
    tie: int
    points: int
    helped: int
    weight: Weight
    place: int | None
    shared: bool


def unplaced(person_id: int) -> Placed:
    """Somebody who has nothing on a board."""
    return Placed(person_id, 0, 0, 0, 0, UNWEIGHED, None, shared=False)


def standings(rows: Iterable[Row]) -> list[Placed]:
    """Places 1, 2, 2, 4 by fair score, then by tie; people without a score come last, unranked."""
    ordered = sorted(rows, key=lambda row: (-row.score, -row.tie, str(row.person_id)))
    found: list[Placed] = []
    for (score, _tie), group in groupby(ordered, key=lambda row: (row.score, row.tie)):
        equals = list(group)
        place = len(found) + 1 if score > 0 else None
        shared = place is not None and len(equals) > 1
        found.extend(Placed(*row, place, shared) for row in equals)
    return found


def near_me(board: Sequence[Placed], me: int | str) -> list[Placed]:
    """The first three, me and two on either side; somebody without points sees the first three and themselves."""
    ranked = _ranked(board)
    mine = next((number for number, standing in enumerate(ranked) if standing.person_id == me), None)
    wanted = set(range(TOP))
    if mine is not None:
        wanted.update(range(mine - NEIGHBOURS, mine + NEIGHBOURS + 1))
    return _visible(board, {ranked[number].person_id for number in wanted if 0 <= number < len(ranked)}, me)


def upper_half(board: Sequence[Placed], me: int | str) -> list[Placed]:
    """Everybody down to the median of those with points; whoever is below sees only themselves besides."""
    ranked = _ranked(board)
    return down_to(board, ranked[(len(ranked) - 1) // 2].place or 0 if ranked else 0, me)


def down_to(board: Sequence[Placed], place: int, me: int | str) -> list[Placed]:
    """Everybody down to a place, and oneself."""
    return _visible(board, {standing.person_id for standing in board if (standing.place or 0) <= place}, me)


def to_next_place(board: Sequence[Placed], me: int | str, *, teams: bool = False) -> int | None:
    """Points to at least share the next place up, at today's days and tie; None for the first and for strangers."""
    mine = next((standing for standing in board if standing.person_id == me), None)
    if mine is None or mine.place == 1:
        return None
    if mine.place is None:
        return 1
    above = min((s for s in board if s.place and s.place < mine.place), key=lambda s: (s.score, s.tie))
    needed = above.score + (mine.tie < above.tie)
    return (team_points_for if teams else points_for)(needed, mine.weight) - mine.points


def _ranked(board: Sequence[Placed]) -> list[Placed]:
    return [standing for standing in board if standing.place is not None]


def _visible(board: Sequence[Placed], wanted: set[int | str], me: int | str) -> list[Placed]:
    """Those wanted without the last place, unless it is among the first three; oneself always."""
    last = max((standing.place or 0 for standing in board), default=0)
    return [
        standing
        for standing in board
        if standing.person_id == me
        or (standing.person_id in wanted and standing.place is not None and (standing.place < last or last <= TOP))
    ]
