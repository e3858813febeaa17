"""The follow-up block that Today counts down to: the one that runs now, or else the next."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app import clock
from app.domain.program.occurrence import Occurrence
from app.domain.scoring import capacity


@dataclass(frozen=True, slots=True)
class NextBlock:
    """A block as it is seen at one moment."""

    occurrence: Occurrence
    now: datetime
    zone: ZoneInfo

    @property
    def starts(self) -> datetime:
        return self.occurrence.starts

    @property
    def minutes(self) -> int:
        return self.occurrence.minutes

    @property
    def running(self) -> bool:
        return self.starts <= self.now

    @property
    def minutes_left(self) -> int:
        return self.minutes - int((self.now - self.starts).total_seconds() // 60)

    @property
    def days(self) -> int:
        """In how many local days it begins."""
        return (clock.local_day(self.starts, self.zone) - clock.local_day(self.now, self.zone)).days

    @property
    def weekday(self) -> int:
        return clock.local_day(self.starts, self.zone).weekday()

    @property
    def offers(self) -> int:
        """For how many conversations it has time."""
        return capacity.offers(self.minutes)
