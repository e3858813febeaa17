"""Sanne's pool on a Friday morning: four candidates whom nobody has contacted for longer than their stage allows."""

from datetime import UTC, datetime, timedelta

from app.db import db
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.program.program import the_program
from app.domain.scoring import rules
from tests import make
from tests.people import People, make_people

FRIDAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""Nine o'clock at the agency, on the day of the block (14:30 to 15:15)."""

NAMES = ("Aïsha el Idrissi", "Bram de Wit", "Pieter van der Berg", "Chantal Smits")


def people_with_waiting(now: datetime = FRIDAY) -> People:
    """Everybody who is active has a password; only Sanne has candidates."""
    people = make_people()
    program = the_program()
    assert program is not None
    rules.install_preset(None, make.START)
    for person in (people.sanne, people.bram, people.lead, people.otto, people.gone, people.ines, people.tess):
        person.password_hash = "x"
    for number, name in enumerate(NAMES):
        row = make.candidate(name, owner=people.sanne, stage=Stage.NURTURE, at=now - timedelta(days=90 - number))
        identity.add(row, Channel.PHONE, f"061234567{number}", make.START)
    db.session.commit()
    return people
