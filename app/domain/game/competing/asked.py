"""Which competition somebody looks at, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import clock
from app.domain.agency.person import Person
from app.domain.game.competing import bracket
from app.domain.game.competing.competition import Competition, State
from app.domain.game.competing.life import dates_of, state_of
from app.domain.program.program import Program


@dataclass(frozen=True, slots=True)
class Asked:
    """`everyone`: down to the middle instead of around oneself."""

    competition: Competition
    program: Program
    viewer: Person
    now: datetime
    zone: ZoneInfo
    everyone: bool = False

    @property
    def state(self) -> State:
        return state_of(self.competition, self.now, self.zone)

    @property
    def today(self) -> date:
        return clock.local_day(self.now, self.zone)

    @property
    def week(self) -> int:
        """Which of its weeks it is, from nought."""
        return bracket.week_of(dates_of(self.competition), self.today)
