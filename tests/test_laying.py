"""What a module lays once is there for each of its tests as it was laid, and logs may not name what is in it."""

from collections.abc import Iterator

import pytest
import structlog
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.agency.person import Person
from tests import make
from tests.canaries import watch
from tests.conftest import laid, taken_back

NAME = "Sanne de Vries"


@pytest.fixture(scope="module")
def sanne(shared_app: Flask) -> Iterator[Person]:
    with laid(shared_app, lambda: make.person(NAME)) as found:
        yield found


@pytest.mark.parametrize("turn", range(2))
def test_each_finds_it_as_it_was(sanne: Person, app: Flask, turn: int) -> None:
    with app.app_context():
        assert db.session.scalars(select(Person.name)).all() == [NAME]
        db.session.get_one(Person, sanne.id).name = "Iemand anders"
        make.person("Bram Jansen")
        db.session.commit()


def test_what_is_laid_within_is_taken_back_alone(sanne: Person, app: Flask) -> None:
    with taken_back(app), app.app_context():
        make.person("Bram Jansen")
        db.session.commit()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_log_may_not_name_it(sanne: Person) -> None:
    structlog.get_logger().warning("somebody", who=NAME)
    assert watch.told() == [NAME]
    watch.lines.clear()
