"""Two people who tell the same of a candidate at the same moment: it is kept once, and nobody meets a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import Base, db, write
from app.domain.agency.person import Person
from app.domain.candidates import identity, label, registration
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Facts
from app.domain.candidates.identity import Identity
from app.domain.candidates.label import CandidateLabel, LabelKind
from tests import make
from tests.people import make_people

AT_ONCE = 6
Command = Callable[[Candidate], object]


@pytest.fixture
def jan(real_app: Flask) -> int:
    with real_app.app_context():
        people = make_people()
        row = make.candidate("Jan", owner=people.sanne)
        label.ensure(LabelKind.SKILL, ["lassen"])
        db.session.commit()
        return row.id


def at_once(app: Flask, candidate_id: int, command: Command) -> None:
    start = Barrier(AT_ONCE)

    def run(_number: int) -> None:
        with app.app_context():
            row = db.session.get_one(Candidate, candidate_id)
            start.wait()
            write()
            command(row)
            db.session.commit()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run, range(AT_ONCE)))


def count(app: Flask, model: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_address_is_kept_once(real_app: Flask, jan: int) -> None:
    at_once(real_app, jan, lambda row: identity.add(row, Channel.PHONE, "0612345678", make.START))
    assert count(real_app, Identity) == 1


def test_a_channel_is_closed_once(real_app: Flask, jan: int) -> None:
    with real_app.app_context():
        identity.add(db.session.get_one(Candidate, jan), Channel.PHONE, "0612345678", make.START)
        db.session.commit()
    at_once(real_app, jan, lambda row: identity.opt_out(row.id, Channel.SMS, origin="candidate", now=make.START))
    assert count(real_app, Identity) == 2


def test_a_label_is_kept_once(real_app: Flask, jan: int) -> None:
    def correct(row: Candidate) -> None:
        person = db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()
        registration.correct(person, row, Facts("Jan"), {LabelKind.SKILL: {"lassen": None}}, make.START)

    at_once(real_app, jan, correct)
    assert count(real_app, CandidateLabel) == 1
