"""What everything that was logged earns when it is decided again, in the order of recording: the same as it did."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.actions.award import Award, PlaceClass, award

Combination = tuple[int, int, int, date]
CandidateWeek = tuple[int, date, PlaceClass | None]


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
    places: defaultdict[CandidateWeek, set[int]] = field(default_factory=lambda: defaultdict(set))

    def decide(self, one: Happened) -> Award:
        """What it earns after everything before it."""
        day, combination = (one.person_id, one.kind_id, one.day), _combination(one)
        before = self.logged.get(day, 0)
        found = Award(0, "reply") if one.is_reply else self._award(one, combination, before)
        self.logged[day] = before + 1
        if found.points:
            self.earned[combination] = self.earned.get(combination, 0) + 1
        if found.place is not None:
            self.places[_week(one)].add(found.place)
        return found

    def take_back(self, one: Happened, given: Award) -> None:
        """It never was: what it took is free for those that are recorded later."""
        self.logged[one.person_id, one.kind_id, one.day] -= 1
        self.take_points(one, given)
        if given.place is not None:
            self.places[_week(one)].remove(given.place)

    def take_points(self, one: Happened, given: Award) -> None:
        """It stands without its points: they may be earned again, and its place stays taken."""
        self.earned[_combination(one)] -= given.points > 0

    def _award(self, one: Happened, combination: Combination, before: int) -> Award:
        return award(
            one.worth,
            place_class=one.place_class,
            earned_today=self.earned.get(combination, 0) > 0,
            places_taken=self.places.get(_week(one), ()) if one.place_class else (),
            count_today=before,
        )


def _combination(one: Happened) -> Combination:
    return one.person_id, one.candidate_id, one.kind_id, one.day


def _week(one: Happened) -> CandidateWeek:
    return one.candidate_id, one.week, one.place_class


def replay(history: Iterable[Happened]) -> dict[int, Award]:
    """By the action's id, for a history in the order of recording; also of what was undone since."""
    caps, given = Caps(), dict[int, Award]()
    for one in history:
        if one.undone:
            caps.take_back(one, given[one.action_id])
        else:
            given[one.action_id] = caps.decide(one)
    return given
