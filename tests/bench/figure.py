"""What a bench finds: figures, each beside its floor and its target; every script of the suite answers with these."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

PARTS = 5
OFF = 5.0
"""A quick run is small and its machine is anybody's: only what is so many times worse than a whole run is a fault."""


class Skipped(Exception):  # noqa: N818 - it is no fault; it says what is missing here
    """A bench cannot run on this machine, and says why."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in its unit, in the middle of its `rounds`; `floor` was measured in the same run, by turns.

    `target` speaks of the value, or, where `of` says so, of how many times the floor it is; with `at_least` it is the
    least that is asked. Without a target it is there to be read.
    """

    name: str
    unit: str
    value: float
    floor: float | None = None
    target: float | None = None
    of: Literal["value", "ratio"] = "value"
    at_least: bool = False
    rounds: tuple[float, ...] = ()

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def judged(self) -> float | None:
        """What its target speaks of."""
        return self.ratio if self.of == "ratio" else self.value

    @property
    def met(self) -> bool:
        return self.within(self.target)

    def within(self, target: float | None) -> bool:
        """A ratio without a floor is no measure, so it meets nothing."""
        if target is None:
            return True
        if self.judged is None:
            return False
        return self.judged >= target if self.at_least else self.judged <= target

    def off(self, expected: float | None) -> bool:
        """Whether it is worse by a factor than what is expected of it; where nothing may be wrong, nothing is."""
        if self.target == 0:
            return not self.met
        if self.target is None or expected is None:
            return False
        return not self.within(expected / OFF if self.at_least else expected * OFF)

    def record(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "met": self.met}

    @classmethod
    def of_record(cls, said: dict[str, Any]) -> "Figure":
        return cls(**{name: said[name] for name in cls.__dataclass_fields__} | {"rounds": tuple(said["rounds"])})


Bench = Callable[[bool], Sequence[Figure]]
"""Asked whether it has to be quick: then it runs with small sizes, to show that it runs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the suite; a row may have several benches, and several figures."""

    id: str
    what: str
    benches: tuple[Bench, ...]


def parts(values: Sequence[float], number: int = PARTS) -> tuple[float, ...]:
    """What many measurements were from beginning to end: the middle of each of so many parts, one after another."""
    size = max(1, len(values) // number)
    return tuple(statistics.median(values[at : at + size]) for at in range(0, size * min(number, len(values)), size))


def slowest(values: Sequence[float], share: float = 0.99) -> float:
    """What this share of them does not exceed; of a few it is the longest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
