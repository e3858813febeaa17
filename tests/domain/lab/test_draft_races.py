"""The same form twice at one moment is one draft, in the lab and of a competition: the second waits for the first."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import Base, db
from app.domain.agency.person import Person, Role
from app.domain.game.competing import draft as contest_draft
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import MadeBefore, Plan
from app.domain.lab import draft
from app.domain.lab.draft import LabDraft
from app.domain.lab.logbook import LabEntry
from app.domain.program.program import the_program
from tests import make
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import meanwhile
from tests.people import make_people

KEY = b"k" * 16
NOW = make.START


@pytest.fixture
def apart(real_app: Flask) -> Flask:
    only_postgresql(real_app)
    with real_app.app_context():
        make_people()
    return real_app


def count(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def drafted() -> int:
    return draft.make("points", "Meer", {"points": {}}, None, NOW, key=KEY).id


def begun() -> int:
    program, sponsor = the_program(), db.session.scalars(select(Person).where(Person.role == Role.SPONSOR)).one()
    assert program
    plan = Plan("Sprint", Format.MOST, NOW.date(), NOW.date() + timedelta(days=6))
    return contest_draft.make(program.id, plan, by=sponsor, now=NOW, key=KEY).id


def test_one_in_the_lab(apart: Flask) -> None:
    found = meanwhile(apart, drafted, drafted)
    assert (isinstance(found, int), count(apart, LabDraft), count(apart, LabEntry)) == (True, 1, 1)


def test_one_competition(apart: Flask) -> None:
    assert isinstance(meanwhile(apart, begun, begun), MadeBefore)
    assert count(apart, Competition) == 1
    with apart.app_context():
        assert contest_draft.made_with(KEY)
