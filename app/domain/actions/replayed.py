"""What everything that was logged earns when it is decided again, in the order of recording: the same as it did."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.actions.award import Award, PlaceClass, award

Combination = tuple[int, int, int, date]


class Happened(NamedTuple):
    """An action as it asked for points, or, `undone`, the end of it. `week` is the Monday of the day's ISO week.

    `worth` is what its kind was worth by the rule of that day; `is_reply`: it showed a reply to a message of ours, and
    the message is paid for that.
    """

    action_id: int
    person_id: int
    candidate_id: int
    kind_id: int
    day: date
    week: date
    worth: int
    place_class: PlaceClass | None = None
    is_reply: bool = False
    undone: bool = False


@dataclass(slots=True)
class Caps:
    """What was given away so far."""

    logged: Counter[tuple[int, int, date]] = field(default_factory=Counter)
    earned: Counter[Combination] = field(default_factory=Counter)
    places: defaultdict[tuple[int, date, str], dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def decide(self, one: Happened) -> Award:
        """What it earns after everything before it."""
        day = (one.person_id, one.kind_id, one.day)
        found = Award(0, "reply") if one.is_reply else self._award(one, self.logged[day])
        self.logged[day] += 1
        self.earned[_combination(one)] += found.points > 0
        if found.place is not None:
            self._places(one)[found.place] = one.action_id
        return found

    def take_back(self, one: Happened, given: Award) -> None:
        """It never was: what it took is free for those that are recorded later."""
        self.logged[one.person_id, one.kind_id, one.day] -= 1
        self.take_points(one, given)
        if given.place is not None:
            del self._places(one)[given.place]

    def take_points(self, one: Happened, given: Award) -> None:
        """It stands without its points: they may be earned again, and its place stays taken."""
        self.earned[_combination(one)] -= given.points > 0

    def _award(self, one: Happened, before: int) -> Award:
        return award(
            one.worth,
            place_class=one.place_class,
            earned_today=self.earned[_combination(one)] > 0,
            places_taken=self._places(one),
            count_today=before,
        )

    def _places(self, one: Happened) -> dict[int, int]:
        return self.places[one.candidate_id, one.week, one.place_class or ""]


def _combination(one: Happened) -> Combination:
    return one.person_id, one.candidate_id, one.kind_id, one.day


def replay(history: Iterable[Happened]) -> dict[int, Award]:
    """By the action's id, for a history in the order of recording; also of what was undone since."""
    caps, given = Caps(), dict[int, Award]()
    for one in history:
        if one.undone:
            caps.take_back(one, given[one.action_id])
        else:
            given[one.action_id] = caps.decide(one)
    return given
