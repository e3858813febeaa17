"""A program begins: with the preset's action kinds, and a block on Friday at 14:30."""

from datetime import date, datetime

from app.db import db
from app.domain.program import action_kind
from app.domain.program.block import Block
from app.domain.program.program import Program


def begin(name: str, day: date, by_id: int | None, at: datetime) -> Program:
    """Name a new program; it gets the preset's action kinds and its block on Friday at 14:30."""
    program = Program(name=name, started_on=day)
    db.session.add(program)
    db.session.flush()
    db.session.add(Block(program_id=program.id))
    action_kind.install_preset(program.id, by_id, at)
    return program
