"""What one engagement action earns: decided once, when it is recorded, and never again."""

from collections.abc import Collection
from typing import Literal, NamedTuple

PlaceClass = Literal["attempt", "conversation"]
Reason = Literal["already_today", "week_full", "half", "beyond_day", "reply"]

WEEK_PLACES: dict[PlaceClass, int] = {"attempt": 2, "conversation": 3}
FULL_A_DAY = 20
HALF_A_DAY = 40
PROOF_FROM = 50
AT_ONCE = 10


class Award(NamedTuple):
    """`reason`: why it is less than the kind is worth; `place`: which of the candidate's places this week it takes.

    `owing`: what a proof pays later.
    """

    points: int
    reason: Reason | None = None
    place: int | None = None
    owing: int = 0


def award(
    points: int,
    *,
    place_class: PlaceClass | None = None,
    exempt: bool = False,
    earned_today: bool = False,
    places_taken: Collection[int] = (),
    count_today: int = 0,
) -> Award:
    """What an action of a kind worth `points` earns; over a cap it is still logged, with fewer points and the reason.

    `earned_today`: this person already earned this kind for this candidate today. `places_taken`: the places of the
    class that this candidate's ISO week has given away, to anybody; service-exempt kinds take none. `count_today`:
    how many of this kind this person logged today before this one. A kind worth 50 or more pays 10, and the rest, as
    the day allows it, on proof.
    """
    if points < 0:
        raise ValueError("an award is never negative: corrections are reversals")
    if points == 0:
        return Award(0)
    if earned_today:
        return Award(0, "already_today")
    place = None if exempt or place_class is None else _free_place(place_class, places_taken)
    if place is None and place_class is not None and not exempt:
        return Award(0, "week_full")
    found = _of_the_day(points, count_today, place)
    return _until_proven(found) if points >= PROOF_FROM and found.points else found


def _of_the_day(points: int, count_today: int, place: int | None) -> Award:
    if count_today < FULL_A_DAY:
        return Award(points, None, place)
    if count_today >= HALF_A_DAY:
        return Award(0, "beyond_day")
    half = points // 2
    return Award(half, "half", place if half else None)


def _until_proven(found: Award) -> Award:
    return found._replace(points=AT_ONCE, owing=found.points - AT_ONCE)


def _free_place(place_class: PlaceClass, taken: Collection[int]) -> int | None:
    """The lowest free place: a reversal may have freed one in the middle."""
    for place in range(1, WEEK_PLACES[place_class] + 1):
        if place not in taken:
            return place
    return None
