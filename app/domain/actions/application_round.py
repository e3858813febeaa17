"""One round of an application: what the steps of a candidate make of it, and what follows when it moves."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete

from app.db import db
from app.domain.actions import rescue, unfinished
from app.domain.journey import application_steps
from app.domain.journey.application import (
    BY_ITSELF,
    TURNED_AWAY,
    Application,
    ApplicationMove,
    ApplicationState,
    is_unfinished,
    moves_of,
)
from app.domain.journey.application_steps import Progress, Step


class Round(NamedTuple):
    """What somebody did for a vacancy; steps up to `after`, when they were turned away, belong to an earlier round."""

    candidate_id: int
    vacancy_id: int
    steps: Sequence[Step]
    after: datetime | None


def settle(mine: Round, row: Application | None, now: datetime, *, silent: bool) -> None:
    """Make the application what the steps say; what a recruiter told of it stands."""
    stopped_at = row.stopped_at if row and row.state == ApplicationState.STARTED else None
    found = application_steps.progress(mine.steps, after=mine.after, stopped_at=stopped_at)
    if found is None:
        _never_begun(row, mine, now)
        return
    if row is None:
        row = _begun(mine, found)
    elif row.state in TURNED_AWAY:
        _anew(row, found)
    was_unfinished = is_unfinished(row)
    _advance(row, found)
    _tell_moves(row, found, mine.after)
    if was_unfinished and not is_unfinished(row):
        unfinished.close(row.candidate_id, "the candidate went on", now)
    if was_unfinished and row.completed_at:
        _rescued(row, now, silent=silent)
    if silent and row.state == ApplicationState.STARTED and row.stopped_at is None:
        row.stopped_at = row.active_at


def _begun(mine: Round, found: Progress) -> Application:
    row = Application(
        candidate_id=mine.candidate_id,
        vacancy_id=mine.vacancy_id,
        state=ApplicationState.STARTED,
        state_at=found.started_at,
        started_at=found.started_at,
        active_at=found.active_at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _anew(row: Application, found: Progress) -> None:
    """They apply once more after they were turned away: what was told then does not count for this round."""
    row.state, row.state_at = ApplicationState.STARTED, found.started_at
    row.completed_at = row.stopped_at = row.resumed_at = row.mailed_at = row.told_at = None
    row.kept_in_mind = row.next_on = row.changed_by_id = None
    row.reason = ""


def _advance(row: Application, found: Progress) -> None:
    row.started_at, row.active_at, row.step = found.started_at, found.active_at, found.where
    row.completed_at, row.resumed_at = found.completed_at, row.resumed_at or found.resumed_at
    if row.state in BY_ITSELF:
        done = found.completed_at
        row.state = ApplicationState.COMPLETED if done else ApplicationState.STARTED
        row.state_at = done or found.started_at


def _tell_moves(row: Application, found: Progress, after: datetime | None) -> None:
    """Keep the moves that follow from the steps: one to started, one to completed, each at its moment."""
    of_round = [move for move in moves_of(row.id) if after is None or move.moved_at > after]
    known = {move.to_state: move for move in of_round if move.to_state in BY_ITSELF}
    alone = found.completed_at == found.started_at
    wanted = {
        ApplicationState.STARTED: None if alone else found.started_at,
        ApplicationState.COMPLETED: found.completed_at,
    }
    before = None
    for state, at in wanted.items():
        move = known.get(str(state))
        if at is None and move is not None:
            db.session.delete(move)
        elif at is not None and move is None:
            db.session.add(_move(row, before, state, at))
        elif at is not None and move is not None:
            move.from_state, move.moved_at = before, at
        before = str(state) if at else before
    db.session.flush()


def _move(row: Application, before: str | None, state: str, at: datetime) -> ApplicationMove:
    return ApplicationMove(
        application_id=row.id, candidate_id=row.candidate_id, from_state=before, to_state=state, moved_at=at
    )


def _rescued(row: Application, now: datetime, *, silent: bool) -> None:
    """Whoever was in touch stands beside the completion that followed."""
    rescuer = rescue.credit(row, now, silent=silent)
    for move in moves_of(row.id):
        if rescuer and move.to_state == ApplicationState.COMPLETED and move.moved_at == row.completed_at:
            move.moved_by_id = rescuer


def _never_begun(row: Application | None, mine: Round, now: datetime) -> None:
    """Every step of it was wrong: without a word of a recruiter nothing is left of the application."""
    if row is None or row.state not in BY_ITSELF or mine.after is not None or row.changed_by_id is not None:
        return
    unfinished.close(row.candidate_id, "there is no application", now)
    db.session.execute(delete(ApplicationMove).where(ApplicationMove.application_id == row.id))
    db.session.delete(row)
