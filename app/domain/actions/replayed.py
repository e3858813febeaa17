"""What everything that was logged earns when it is decided again, in the order of recording: the same as it did."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
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
        day, combination, places = (one.person_id, one.kind_id, one.day), _combination(one), self._places(one)
        before = self.logged.get(day, 0)
        found = Award(0, "reply") if one.is_reply else self._award(one, combination, places, before)
        self.logged[day] = before + 1
        if found.points:
            self.earned[combination] = self.earned.get(combination, 0) + 1
        if found.place is not None:
            places[found.place] = one.action_id
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

    def _award(self, one: Happened, combination: Combination, places: Collection[int], before: int) -> Award:
        return award(
            one.worth,
            place_class=one.place_class,
            earned_today=self.earned.get(combination, 0) > 0,
            places_taken=places,
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
