"""Who a candidate is, who looks after them, and who may see them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.agency.agency import the_agency
from app.domain.agency.team import Branch
from app.domain.candidates import candidate, ownership
from app.domain.candidates.candidate import ExternalIdTaken, Facts, Stage
from app.domain.candidates.contact_state import ContactState
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START


@pytest.fixture
def people() -> People:
    return make_people()


def branch(name: str) -> int:
    return db.session.scalars(select(Branch.id).where(Branch.name == name)).one()


def sees(people: People) -> dict[str, int]:
    everybody = (people.sanne, people.lead, people.ines, people.ada, people.otto)
    return {each.name.split()[0]: len(list(db.session.scalars(candidate.visible(each)))) for each in everybody}


def test_adding_makes_the_contact_state_too(people: People) -> None:
    row = candidate.add(people.sanne, Facts("Jan van der Berg", owner_id=people.sanne.id), NOW)
    state = db.session.get_one(ContactState, row.id)
    assert (row.sort_name, row.branch_id, row.stage) == ("berg, jan van der", branch("Noord"), Stage.ATTRACT)
    assert state.owner_id == people.sanne.id


@pytest.mark.parametrize("name", ["ß" * 160, "a" * 80 + " " + "b" * 79])
def test_the_longest_name_still_sorts(people: People, name: str) -> None:
    assert len(candidate.add(people.sanne, Facts(name), NOW).sort_name) == 160


def test_the_owner_decides_the_branch(people: People) -> None:
    assert candidate.add(people.sanne, Facts("Jan", owner_id=people.otto.id), NOW).branch_id == branch("Zuid")


def test_nobody_may_add(people: People) -> None:
    row = candidate.add(None, Facts("Jan"), NOW)
    assert (row.owner_id, row.branch_id) == (None, None)


def test_an_external_id_is_of_one(people: People) -> None:
    candidate.add(None, Facts("Jan", external_id="7"), NOW)
    with pytest.raises(ExternalIdTaken):
        candidate.add(None, Facts("Piet", external_id="7"), NOW)


def test_changing_keeps_ones_own_external_id(people: People) -> None:
    row = candidate.add(None, Facts("Jan", external_id="7"), NOW)
    candidate.change(row, Facts("Jan Bos", external_id="7", stage=Stage.NURTURE), NOW)
    assert (row.name, row.sort_name, row.stage) == ("Jan Bos", "bos, jan", Stage.NURTURE)


def test_changing_takes_no_one_elses_external_id(people: People) -> None:
    candidate.add(None, Facts("Jan", external_id="7"), NOW)
    row = candidate.add(None, Facts("Piet"), NOW)
    with pytest.raises(ExternalIdTaken):
        candidate.change(row, Facts("Piet", external_id="7"), NOW)


def test_a_new_owner_is_in_the_contact_state(people: People) -> None:
    row = candidate.add(people.sanne, Facts("Jan", owner_id=people.sanne.id), NOW)
    candidate.assign(row, people.otto.id, NOW)
    db.session.expire_all()
    assert (row.owner_id, row.branch_id) == (people.otto.id, branch("Zuid"))
    assert db.session.get_one(ContactState, row.id).owner_id == people.otto.id


def test_only_what_differs_is_a_change(people: People) -> None:
    facts = Facts(name="Jan Bos", region="Zwolle", owner_id=people.sanne.id, external_id="B-1")
    row = candidate.add(people.sanne, facts, NOW)
    later = NOW + timedelta(hours=1)
    candidate.change(row, facts, later)
    candidate.assign(row, people.sanne.id, later)
    assert row.updated_at == NOW
    others: list[dict[str, Any]] = [
        {"region": "Breda"},
        {"external_id": None},
        {"stage": Stage.ENGAGE},
        {"owner_id": None},
    ]
    for number, other in enumerate(others, start=1):
        facts = replace(facts, **other)
        candidate.change(row, facts, later + timedelta(minutes=number))
        assert row.updated_at == later + timedelta(minutes=number)


def test_one_takes_over_and_who_comes_later_does_not(people: People) -> None:
    row = candidate.add(None, Facts("Jan"), NOW)
    assert [ownership.take_over(who, row.id, NOW) for who in (people.otto, people.sanne)] == [True, False]
    assert (row.owner_id, row.branch_id) == (people.otto.id, branch("Zuid"))
    assert db.session.get_one(ContactState, row.id).owner_id == people.otto.id


def test_only_who_took_over_gives_back(people: People) -> None:
    row = candidate.add(None, Facts("Jan"), NOW)
    ownership.take_over(people.otto, row.id, NOW)
    assert [ownership.give_back(who, row.id, NOW) for who in (people.sanne, people.otto)] == [False, True]
    assert row.owner_id is None


def test_without_owner_the_branch_stays(people: People) -> None:
    row = candidate.add(people.sanne, Facts("Jan", owner_id=people.sanne.id), NOW)
    candidate.assign(row, None, NOW)
    assert (row.owner_id, row.branch_id) == (None, branch("Noord"))


def test_branches_see_their_own(people: People) -> None:
    candidate.add(people.sanne, Facts("Jan", owner_id=people.sanne.id), NOW)
    assert sees(people) == {"Sanne": 1, "Lea": 1, "Ines": 1, "Ada": 1, "Otto": 0}


def test_everybody_sees_who_has_no_branch(people: People) -> None:
    candidate.add(None, Facts("Jan"), NOW)
    assert sees(people) == dict.fromkeys(("Sanne", "Lea", "Ines", "Ada", "Otto"), 1)


def test_an_owner_sees_their_own_in_another_branch(people: People) -> None:
    make.candidate("Jan", owner=people.otto, branch_id=branch("Noord"))
    assert sees(people)["Otto"] == 1


def test_an_agency_can_let_everybody_see_all(people: People) -> None:
    agency = the_agency()
    assert agency
    agency.visibility = "agency"
    candidate.add(people.sanne, Facts("Jan"), NOW)
    assert sees(people)["Otto"] == 1


def test_absent_and_forbidden_are_the_same(people: People) -> None:
    row = candidate.add(people.sanne, Facts("Jan"), NOW)
    assert candidate.visible_to(people.sanne, row.id) is row
    assert candidate.visible_to(people.otto, row.id) is None
    assert candidate.visible_to(people.otto, row.id + 1) is None


def test_who_left_is_no_possible_owner(people: People) -> None:
    names = [each.name for each in candidate.possible_owners()]
    assert people.gone.name not in names
    assert names[0] == "Tess Bakker"
