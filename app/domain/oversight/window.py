"""A window of days, and what each measure is in it: the formulas of the sponsor's figures, pure."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.oversight.elapsed import median

FEWEST = 5
"""What fewer answered is not told."""
BEFORE_PLACEMENT = ("attract", "engage", "nurture")
SEEN = "seen"
"""Counted on the days of which it is known who waited for our word."""
MOST_REACHED = 40
Counts = Mapping[str, float]
Value = float | None


@dataclass(frozen=True, slots=True)
class Window:
    """Everything that was counted: what happened, how the pool stood at the end, and what the staff did.

    `standing` None: it is not known how the pool stood. `active` of `expected` and `kept` of `blocks` are summed over
    weeks.
    """

    happened: Counts = field(default_factory=Counter)
    standing: Counts | None = None
    active: int = 0
    expected: int = 0
    kept: int = 0
    blocks: int = 0
    answered: int = 0
    tried: int = 0


def value(code: str, window: Window) -> Value:
    """What a measure is; None where there was nothing of which it could be a figure."""
    return VALUES[code](window)


def share(part: float, whole: float) -> Value:
    """In percent, rounded down, so that all means all."""
    return int(part * 100 // whole) if whole else None


def starting(counts: Counts, name: str) -> dict[str, float]:
    """What was counted as `name:...`, by what follows."""
    return {key.partition(":")[2]: number for key, number in counts.items() if key.startswith(f"{name}:")}


def stood(window: Window, name: str) -> Value:
    """How many of the pool stood so, all stages together."""
    return None if window.standing is None else sum(starting(window.standing, name).values())


def middle(counts: Counts, name: str) -> Value:
    """The median of lengths that were counted as `name:<length>`."""
    return median((int(length), int(times)) for length, times in starting(counts, name).items())


def went_on(window: Window, *stages: str) -> Value:
    """How many went on from some stages, for every hundred who left them or are there at the end."""
    if window.standing is None:
        return None
    on, back = (sum(window.happened.get(f"{name}:{stage}", 0) for stage in stages) for name in ("on", "back"))
    return share(on, on + back + sum(window.standing.get(f"candidates:{stage}", 0) for stage in stages))


def _coverage(window: Window) -> Value:
    in_time, late = stood(window, "on_time"), stood(window, "late")
    return None if in_time is None or late is None else share(in_time, in_time + late)


def _waiting(window: Window) -> Value:
    known = window.standing is not None and window.standing.get(SEEN)
    return window.standing.get("waiting", 0) if known and window.standing is not None else None


def _satisfaction(window: Window) -> Value:
    faces = {int(face): times for face, times in starting(window.happened, "face").items()}
    answers = sum(faces.values())
    return sum(face * times for face, times in faces.items()) / answers if answers >= FEWEST else None


def _number(name: str) -> Callable[[Window], Value]:
    return lambda window: window.happened.get(name, 0)


VALUES: Mapping[str, Callable[[Window], Value]] = MappingProxyType(
    {
        "adoption": lambda window: share(window.active, window.expected),
        "attendance": lambda window: share(window.kept, window.blocks),
        "coverage": _coverage,
        "late": lambda window: stood(window, "late"),
        "waiting": _waiting,
        "two_way": lambda window: share(window.answered, window.answered + window.tried),
        "first_response": lambda window: middle(window.happened, "word"),
        "conversion": lambda window: went_on(window, *BEFORE_PLACEMENT),
        "rescued": _number("rescued"),
        "placements": _number("placed"),
        "redeployments": _number("redeployed"),
        "referrals": _number("referred"),
        "time_to_placement": lambda window: middle(window.happened, "after"),
        "satisfaction": _satisfaction,
    }
)
COUNTED = frozenset({"rescued", "placements", "redeployments", "referrals"})
"""What grows with the number of days: pauses are told at the pace of the period."""
OF_PEOPLE = frozenset({"adoption", "attendance", "two_way"})
"""Of the staff: told of five people on, and of nobody where only a part of the candidates is asked for."""
