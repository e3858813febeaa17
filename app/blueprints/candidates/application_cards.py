"""The applications of a candidate as their page and the page of applications show them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.actions import owed, promise, taking_back
from app.domain.actions.promise import Promise
from app.domain.agency.person import Person
from app.domain.journey import application
from app.domain.journey.application import OPEN, Application, ApplicationState
from app.domain.journey.vacancy import Vacancy
from app.domain.scoring.contact_next import Placement

STEPS = (ApplicationState.IN_PROCEDURE, ApplicationState.INTERVIEWED, ApplicationState.WITHDRAWN)
"""What can be told by one press; the others ask for more."""


@dataclass(frozen=True, slots=True)
class Card:
    """`owed_at`: they hear from us by then. `planned`: what the placement or the rejection promised."""

    row: Application
    vacancy: Vacancy
    owed_at: datetime | None
    planned: Sequence[Promise] = ()
    undoable: bool = False

    @property
    def is_open(self) -> bool:
        return self.row.state in OPEN

    @property
    def further(self) -> list[ApplicationState]:
        """The steps that can be told from here by one press, in the order in which they usually come."""
        return [step for step in STEPS[:2] if step != self.row.state]


def in_short(candidate_id: int, owed_at: datetime | None) -> list[Card]:
    """What is open, or wants something of us, for a few lines; `owed_at` as the contact state has it."""
    told = application.of_candidate(candidate_id)
    due = owed.due_since(owed_at, [row for row, _ in told])
    shown = OPEN | {ApplicationState.PLACED}
    return [Card(row, vacancy, due.get(row.id)) for row, vacancy in told if row.state in shown]


def last_placement(cards: Iterable[Card]) -> Placement | None:
    """Where we placed them last, from when to when."""
    placed = {one.row.id: one.row for one in cards if one.row.state == ApplicationState.PLACED}
    row = placed[max(placed)] if placed else None
    return Placement(row.starts_on, row.ends_on) if row and row.starts_on else None


def in_full(candidate_id: int, person: Person, now: datetime) -> list[Card]:
    """Everything, with what was promised and what this person may still take back."""
    told = application.of_candidate(candidate_id)
    due = {row.id: at for row, at in owed.due_of(candidate_id, [row for row, _ in told])}
    planned = defaultdict[int, list[Promise]](list)
    for one in promise.planned_of(row.id for row, _ in told):
        planned[one.application_id or 0].append(one)
    return [
        Card(
            row,
            vacancy,
            due.get(row.id),
            planned[row.id],
            undoable=taking_back.undoable(row, person, now) is not None,
        )
        for row, vacancy in told
    ]
