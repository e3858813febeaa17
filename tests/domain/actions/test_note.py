"""A note is its writer's to change, for a day."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions import action, note
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.candidates.candidate import LARGEST_ID, Candidate
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START + timedelta(days=3)
DAY = timedelta(days=1)


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    return make.candidate("Jan", owner=people.sanne)


@pytest.fixture
def number(people: People, jan: Candidate) -> int:
    return action.log(people.sanne, jan, Outcome.SPOKE, at=NOW, now=NOW, note="Is ziek.").action_id


def test_ones_own_note_is_changed(people: People, jan: Candidate, number: int) -> None:
    found = note.own(people.sanne, number, NOW + DAY)
    assert found
    assert found[1] is jan
    note.rewrite(found[0], "Belt maandag.")
    assert db.session.get_one(EngagementAction, number).note == "Belt maandag."


def test_no_words_take_it_away(people: People, number: int) -> None:
    row = db.session.get_one(EngagementAction, number)
    note.rewrite(row, "")
    assert row.note is None


def test_not_after_a_day(people: People, number: int) -> None:
    assert note.own(people.sanne, number, NOW + DAY + timedelta(seconds=1)) is None


def test_not_by_others(people: People, number: int) -> None:
    for person in (people.bram, people.lead, people.ada):
        assert note.own(person, number, NOW) is None


def test_not_of_what_was_undone(people: People, number: int) -> None:
    action.undo(people.sanne, number, NOW)
    assert note.own(people.sanne, number, NOW) is None


def test_not_of_whom_one_sees_no_more(people: People, jan: Candidate, number: int) -> None:
    jan.anonymised_at = NOW
    assert note.own(people.sanne, number, NOW) is None


@pytest.mark.parametrize("number", [0, -1, LARGEST_ID + 1])
def test_no_such_action(people: People, number: int) -> None:
    assert note.own(people.sanne, number, NOW) is None
