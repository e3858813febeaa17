"""A competition between the people of every test, from Monday 16 to Friday 20 November 2026, paid from a budget."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.db import db
from app.domain.game.competing import draft, finalising, publishing
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import Plan, PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.rewarding import budget, funding
from app.domain.game.rewarding.budget import Budget
from app.domain.program.program import record_consent
from tests.domain.game import scene
from tests.domain.game.scene import ZONE, Scene

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)
BEFORE = datetime(2026, 11, 10, 9, tzinfo=UTC)
GRACE_OVER = datetime(2026, 11, 23, 11, tzinfo=UTC)
FINAL = GRACE_OVER + finalising.TO_OBJECT
MONEY = 100_00

PLACES = (
    PrizePlan(PrizeKind.PLACE, "Cadeaubon", 50_00, place=1, divisible=True),
    PrizePlan(PrizeKind.PLACE, "Cadeaubon", 20_00, place=2, divisible=True),
)


@dataclass(frozen=True)
class Arena:
    scene: Scene
    budget: Budget

    def pots(self) -> tuple[int, int, int, int]:
        """Available, reserved, committed and spent, as they are now."""
        now = budget.find(self.scene.program_id, self.budget.id)
        assert now
        assert now.available + now.reserved + now.committed + now.spent == now.budgeted
        return now.available, now.reserved, now.committed, now.spent

    def draft(self, format_: Format = Format.MOST, **facts: Any) -> Competition:  # noqa: ANN401 - any part of a plan
        """A draft by the sponsor; by default everybody who is invited takes part."""
        plan = Plan("Sprint", format_, MONDAY, FRIDAY, by_choice=False, budget_id=self.budget.id)
        return draft.make(self.scene.program_id, replace(plan, **facts), by=self.scene.people.ines, now=BEFORE)

    def publish(self, format_: Format = Format.MOST, **facts: Any) -> Competition:  # noqa: ANN401 - any part of a plan
        row = self.draft(format_, **facts)
        publishing.publish(row, by=self.scene.people.ines, now=BEFORE, zone=ZONE)
        return row

    def finish(self, competition: Competition) -> None:
        """Grace is over, and nobody objected."""
        assert finalising.review(competition, GRACE_OVER)
        assert finalising.finalise(competition, FINAL)


def start() -> Arena:
    """The works council agreed, and there are a hundred euros; call it inside an application context."""
    found = scene.start()
    record_consent(found.program_id, exists=False, reason="klein", by_id=None, at=BEFORE)
    day = timedelta(days=1)
    row = budget.make(
        found.program_id, "Najaar", MONDAY - 30 * day, FRIDAY + 60 * day, by=found.people.ines, now=BEFORE
    )
    funding.allot(row.id, MONEY, by=found.people.ines, now=BEFORE, key=b"a" * 16)
    db.session.flush()
    return Arena(found, row)
