"""The verdict: whether the program is used and who waits, chosen by rules from the figures."""

from dataclasses import dataclass
from enum import StrEnum

YES_FROM = 75
PARTLY_FROM = 40
TUESDAY = 1


class Use(StrEnum):
    """Whether people take part."""

    NO_RECRUITERS = "no_recruiters"
    WITHHELD = "withheld"
    NOT_BEGUN = "not_begun"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


TOLD = frozenset({Use.YES, Use.PARTLY, Use.NO})
"""What tells how many of how many take part."""


class Waiting(StrEnum):
    """Whether candidates wait too long."""

    NO_CANDIDATES = "no_candidates"
    NO_OWNERS = "no_owners"
    NOBODY = "nobody"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the verdict looks at; `told` is False when so few people are expected that a figure would be a person."""

    active: int
    expected: int
    active_last_week: int
    expected_last_week: int
    actions: int
    weekday: int
    candidates: int
    owned: int
    late: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The codes and the facts that its sentence needs; `last_week`: the running week is too young to judge."""

    use: Use
    waiting: Waiting
    active: int
    expected: int
    late: int
    last_week: bool = False


def judge(figures: Figures) -> Verdict:
    """Monday and Tuesday are judged by last week, unless the running week says yes already."""
    use = _use(figures)
    waiting = _waiting(figures)
    young = figures.weekday <= TUESDAY and figures.active_last_week > 0
    if use in (Use.PARTLY, Use.NO) and young:
        active, expected = figures.active_last_week, figures.expected_last_week
        return Verdict(_share(active, expected), waiting, active, expected, figures.late, last_week=True)
    return Verdict(use, waiting, figures.active, figures.expected, figures.late)


def _use(figures: Figures) -> Use:
    if not figures.expected:
        return Use.NO_RECRUITERS
    if not figures.told:
        return Use.WITHHELD
    if not figures.actions:
        return Use.NOT_BEGUN
    return _share(figures.active, figures.expected)


def _share(active: int, expected: int) -> Use:
    if active * 100 >= expected * YES_FROM:
        return Use.YES
    return Use.PARTLY if active * 100 >= expected * PARTLY_FROM else Use.NO


def _waiting(figures: Figures) -> Waiting:
    if not figures.candidates:
        return Waiting.NO_CANDIDATES
    if not figures.owned:
        return Waiting.NO_OWNERS
    return Waiting.SOME if figures.late else Waiting.NOBODY
