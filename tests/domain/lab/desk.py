"""Two desks that do the same things in the same order, for other candidates: what one earns, the other would have."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from app.db import db
from app.domain.actions import action, verification
from app.domain.actions.outcome import Outcome
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.program.action_kind import ActionKind
from app.domain.program.program import the_program
from tests import make
from tests.people import make_people

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday, outside of everybody's block."""
HOUR = timedelta(hours=1)
OUTCOMES = (Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.MESSAGE_SENT, Outcome.REPLIED, Outcome.APPOINTMENT, Outcome.DONE)


class Desk:
    """Some people and candidates of one agency."""

    def __init__(self, name: str) -> None:
        self.people: Sequence[Person] = [make.person(f"{name}{number} Jansen") for number in range(2)]
        self.candidates: Sequence[Candidate] = [make.candidate(at=NOW - 72 * HOUR) for _ in range(3)]
        self.logged: list[tuple[Person, int]] = []

    def work(self, seed: int, steps: int = 60) -> None:
        """Log, take back and prove, as the dice fall."""
        dice = random.Random(seed)
        for number in range(steps):
            who, whom, what, hours = dice.randrange(2), dice.randrange(3), dice.randrange(10), dice.choice((0, 1, 24))
            outcome = dice.choice(OUTCOMES)
            if what == 0 and self.logged:
                action.undo(*self.logged.pop(dice.randrange(len(self.logged))), NOW + HOUR * number / 60)
            elif what == 1 and self.logged:
                verification.prove(dice.choice(self.logged)[1], "calendar", NOW)
            else:
                self._log(self.people[who], self.candidates[whom], outcome, hours, number)

    def _log(self, by: Person, of: Candidate, outcome: Outcome, hours: int, number: int) -> None:
        now = NOW + HOUR * number / 60
        kind = "status_update" if outcome is Outcome.DONE else None
        found = action.log(by, of, outcome, at=now - hours * HOUR, now=now, kind=kind)
        self.logged.append((by, found.action_id))

    def points(self) -> list[int]:
        """What each of them has."""
        had = select(func.coalesce(func.sum(LedgerEntry.points), 0))
        return [db.session.scalar(had.where(LedgerEntry.person_id == each.id)) or 0 for each in self.people]


def agency() -> int:
    """An agency with its program; answers the program's number."""
    make_people()
    program = the_program()
    assert program
    return program.id


def kind(code: str) -> ActionKind:
    return db.session.scalars(select(ActionKind).where(ActionKind.code == code)).one()
