"""A week's actions: what people did in it, by whether the candidate took part."""

from datetime import date
from typing import NamedTuple

WEEKS = 12


class WeekFigures(NamedTuple):
    """`answered`: two-way contacts; `other`: everything else that was logged and not undone."""

    monday: date
    answered: int
    other: int

    @property
    def actions(self) -> int:
        return self.answered + self.other
