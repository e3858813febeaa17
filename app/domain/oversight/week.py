"""A week of the sponsor's page: what people did in it, who took part, and how the pool stood at its end."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.oversight.staff_shares import Share
from app.domain.oversight.window import Value, Window, share, value

WEEKS = 12


class WeekFigures(NamedTuple):
    """`answered`: two-way contacts; `other`: everything else that was logged and not undone."""

    monday: date
    answered: int
    other: int

    @property
    def actions(self) -> int:
        return self.answered + self.other


@dataclass(frozen=True, slots=True)
class Week:
    """One of the last twelve: what was done, who took part, and how the pool stood at its end, if it is known.

    `told`: what was done was done by five people or more. `part` None: as little, or asked of a part of the candidates.
    """

    done: WeekFigures
    told: bool
    part: Share | None
    window: Window

    @property
    def answered(self) -> int | None:
        return self.done.answered if self.told else None

    @property
    def other(self) -> int | None:
        return self.done.other if self.told else None

    @property
    def taking_part(self) -> Value:
        """In percent."""
        return share(*self.part) if self.part else None

    @property
    def coverage(self) -> Value:
        """In percent, as the page counts it."""
        return value("coverage", self.window)
