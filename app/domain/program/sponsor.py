"""The executive sponsor: the person who answers for the program."""

from app.db import db
from app.domain.agency.person import Person, Role, step_inside
from app.domain.program.program import Program


def appoint(program: Program, sponsor: Person | None, message: str, photo_id: int | None = None) -> None:
    """Make somebody the executive sponsor, who then sees the sponsor's page; None leaves the program without.

    Whoever hands over stands outside no more, and to another picture nobody has agreed yet.
    """
    before = db.session.get(Person, program.sponsor_id) if program.sponsor_id else None
    if before and before is not sponsor:
        step_inside(before)
    program.sponsor_id = sponsor.id if sponsor else None
    program.sponsor_message = message
    if sponsor is None:
        return
    if photo_id and photo_id != sponsor.picture_id:
        sponsor.picture_id, sponsor.pictured_outside_at = photo_id, None
    if sponsor.role != Role.ADMIN:
        sponsor.role = Role.SPONSOR


def sponsor_of(program: Program) -> Person | None:
    """The executive sponsor, while they work here."""
    sponsor = db.session.get(Person, program.sponsor_id) if program.sponsor_id else None
    return sponsor if sponsor and sponsor.is_active else None
