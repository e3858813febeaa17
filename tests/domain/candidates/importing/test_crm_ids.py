"""Numbers in other systems that come by a file: somebody's once, and gone with the import that brought them."""

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import crm_id
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.importing.trace import ImportRefusal
from tests import make
from tests.importing import guessed, rehearsed, undone, written
from tests.people import People, make_people

FILE = b"Naam;E-mail;HubSpot Record ID;Nummer in Bullhorn\nNoor Willems;noor@voorbeeld.nl;39580875173;\n"
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def people() -> People:
    return make_people()


def whose(number: str) -> int | None:
    return crm_id.whose(Crm.HUBSPOT, [number]).get(number)


def test_they_are_recognised_and_given(people: People) -> None:
    row = written(people.ada, FILE)
    assert [str(each) for each in guessed(row)][2:] == ["hubspot_id", "bullhorn_id"]
    assert whose("39580875173") is not None
    again = rehearsed(people.ada, FILE)
    assert (again.counts["same"], again.counts.get("changed", 0)) == (1, 0)


def test_a_known_candidate_gets_one_more(people: People) -> None:
    written(people.ada, b"Naam;E-mail\nNoor Willems;noor@voorbeeld.nl\n")
    row = written(people.ada, FILE)
    assert (row.counts["changed"], whose("39580875173") is not None) == (1, True)
    undone(row, people.ada, make.START)
    assert whose("39580875173") is None


def test_whoever_came_by_the_file_goes_with_it(people: People) -> None:
    row = undone(written(people.ada, FILE), people.ada, make.START)
    assert (row.counts["removed"], whose("39580875173")) == (1, None)


def test_a_number_stays_with_whoever_had_it(people: People) -> None:
    first = make.candidate("Iemand Anders")
    crm_id.give(first.id, Crm.HUBSPOT, "39580875173", origin="page", now=make.START)
    twice = FILE + b"Bram Jansen;bram@voorbeeld.nl;7;\nSami Jansen;sami@voorbeeld.nl;7;\n"
    row = written(people.ada, twice)
    assert (row.counts["new"], whose("39580875173"), whose("7") is not None) == (3, first.id, True)


def test_a_number_in_carerix_is_what_carerix_gives_out(people: People) -> None:
    file = b"Naam;E-mail;Nummer in Carerix\nNoor Willems;noor@voorbeeld.nl;88\nBram Jansen;bram@voorbeeld.nl;C-1002\n"
    row = written(people.ada, file)
    assert (str(guessed(row)[2]), list(crm_id.whose(Crm.CARERIX, ["88", "C-1002"]))) == ("carerix_id", ["88"])
    assert [each.about for each in db.session.scalars(select(ImportRefusal))] == ["C-1002"]


def test_what_is_no_number_is_refused_with_its_reason(people: People) -> None:
    rehearsed(people.ada, FILE + b"Bram Jansen;bram@voorbeeld.nl;zie mail;\n")
    assert [(each.reason, each.about) for each in db.session.scalars(select(ImportRefusal))] == [
        ("bad_crm_id", "zie mail")
    ]
