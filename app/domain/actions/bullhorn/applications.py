"""Submissions and placements in Bullhorn move the application on here, as if a recruiter had told it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from app.db import db
from app.domain.actions import deciding
from app.domain.actions.bullhorn import people, record
from app.domain.actions.bullhorn.reason import Reason
from app.domain.actions.bullhorn.record import BullhornRecord, Entity
from app.domain.actions.bullhorn.told import Placement, Submission, mark
from app.domain.agency import person
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.journey import vacancy
from app.domain.journey.application import Application, ApplicationState, of_many
from app.domain.journey.vacancy import Seen

STATES: Mapping[str, ApplicationState] = MappingProxyType(
    {
        "reject": ApplicationState.REJECTED,
        "declined": ApplicationState.REJECTED,
        "withdr": ApplicationState.WITHDRAWN,
        "interview": ApplicationState.INTERVIEWED,
    }
)
"""What a status says when its name holds this; every other one says that they are in procedure."""
NO_PLACEMENT = ("reject", "withdr", "cancel", "declined")


def settle_submission(told: Submission | None, number: int, now: datetime) -> None:
    """Move the application to where it is there, unless it is known already; one that is deleted there stays."""
    row = record.hold(Entity.SUBMISSION, number, now)
    if told is None or told.deleted:
        record.left_out(row, Reason.DELETED)
        return
    begun = _begin(row, told, now)
    if begun is None:
        return
    application, by = begun
    if application.state != ApplicationState.PLACED:
        deciding.move(application, _state(told.status), by, now)


def settle_placement(told: Placement | None, number: int, now: datetime) -> None:
    """They got it: the candidate is placed, and the check-ins are promised."""
    row = record.hold(Entity.PLACEMENT, number, now)
    if told is None:
        record.left_out(row, Reason.DELETED)
    elif any(each in told.status.casefold() for each in NO_PLACEMENT):
        record.left_out(row, Reason.PASSED, name=told.status)
    elif told.starts_on is None:
        record.left_out(row, Reason.NO_START, name=told.status)
    elif (begun := _begin(row, told, now)) is not None:
        deciding.place(begun[0], told.starts_on, told.ends_on, begun[1], now)


def _state(status: str) -> ApplicationState:
    folded = status.casefold()
    return next((state for part, state in STATES.items() if part in folded), ApplicationState.IN_PROCEDURE)


def _begin(row: BullhornRecord, told: Submission | Placement, now: datetime) -> tuple[Application, Person] | None:
    """The application that it is of, and who tells it; None when it says nothing new, or cannot be placed."""
    if row.seen == mark(told) and not row.reason:
        return None
    them = people.known(told.about)
    if them is None:
        record.left_out(row, Reason.UNKNOWN_CANDIDATE, name=told.status)
        return None
    candidate = db.session.get_one(Candidate, them)
    by = _teller(told.author, candidate)
    if by is None:
        record.left_out(row, Reason.UNKNOWN_RECRUITER, name=told.status, who=told.author)
        return None
    row.candidate_id, row.seen = them, mark(told)
    record.took_effect(row, name=told.status)
    return _application(candidate, told, by, now), by


def _teller(author: str, candidate: Candidate) -> Person | None:
    """Who did it there, when they work here; else whoever looks after the candidate."""
    found = person.by_email(author) if author else None
    if found is None and candidate.owner_id is not None:
        found = db.session.get(Person, candidate.owner_id)
    return found if found and found.is_active else None


def _application(candidate: Candidate, told: Submission | Placement, by: Person, now: datetime) -> Application:
    reference = f"bullhorn:{told.job}"
    vacancy_id = vacancy.note([Seen(reference, told.title)])[reference]
    found = of_many([candidate.id], [vacancy_id]).get((candidate.id, vacancy_id))
    return found or deciding.take_up(candidate, vacancy_id, by, now)
