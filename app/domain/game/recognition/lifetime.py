"""The points of a lifetime, and the level that follows from them where the program shows levels."""

from sqlalchemy import select

from app.db import db
from app.domain.game.recognition import levels
from app.domain.game.recognition.levels import Level
from app.domain.game.running_total import ALL_TIME, Standing
from app.domain.program.program import Program


def points_of(program_id: int, person_id: int) -> int:
    """Everything that somebody ever earned, less what was taken back."""
    mine = select(Standing.points).where(
        Standing.program_id == program_id,
        Standing.scope == "person",
        Standing.period == "all",
        Standing.period_start == ALL_TIME.start,
        Standing.subject_id == person_id,
    )
    return db.session.scalar(mine) or 0


def level_of(program: Program, person_id: int) -> Level | None:
    """How far somebody has come; None where levels are not shown."""
    return levels.level_at(points_of(program.id, person_id)) if program.levels else None


def show_levels(program: Program, *, shown: bool) -> None:
    """Whether people see their level."""
    program.levels = shown
