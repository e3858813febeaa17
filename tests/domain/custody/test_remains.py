"""What remains of somebody in files and in what was told: theirs goes, and strangers with the same digits stay."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.actions import touchpoint_file
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.candidates import crm_id
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.importing.candidate_import import CandidateImport, State
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.trace import ImportRefusal
from app.domain.custody import anonymise, known_by, remains
from app.domain.notices import provider_event
from app.domain.notices.provider_event import ProviderEvent
from app.vendors import hubspot
from tests import importing, make
from tests.people import make_people
from tests.vendors.posting import change

NOW = make.START
HUB, THEIRS = 1012, "501"
MERGE = {"subscriptionType": "contact.merge", "objectId": 7, "occurredAt": 1_771_234_567_000, "portalId": HUB}
pytestmark = pytest.mark.usefixtures("session")


def known(*numbers: tuple[Crm, str], name: str = "Aisha Bakker", external_id: str | None = None) -> Candidate:
    row = make.candidate(name, external_id=external_id)
    for crm, number in numbers:
        crm_id.give(row.id, crm, number, origin="page", now=NOW)
    return row


def told(event_id: str, **said: Any) -> None:  # noqa: ANN401 - any JSON
    """HubSpot told something that waits for somebody to be known."""
    provider_event.keep(Crm.HUBSPOT, [(event_id, said)], NOW)
    row = db.session.scalars(select(ProviderEvent).where(ProviderEvent.event_id == event_id)).one()
    provider_event.put_aside(row, str(said["objectId"]), "stranger")
    row.is_wish = True


def left() -> list[str]:
    return list(db.session.scalars(select(ProviderEvent.event_id).order_by(ProviderEvent.event_id)))


def opted_out(number: int) -> dict[str, Any]:
    return change(hubspot.OPT_OUT, "true", at=NOW, number=number, portalId=HUB)


@pytest.mark.parametrize(
    ("number", "external_id"),
    [((Crm.BULLHORN, THEIRS), None), ((Crm.HUBSPOT, str(HUB)), None), ((Crm.HUBSPOT, "7"), THEIRS)],
    ids=["another system's number", "the number of our account", "the number in our own system"],
)
def test_the_same_digits_of_something_else_are_somebody_else(number: tuple[Crm, str], external_id: str | None) -> None:
    told("stop", **opted_out(501))
    anonymise.anonymise_many([known(number, external_id=external_id).id], NOW)
    assert left() == ["stop"]


@pytest.mark.parametrize(
    "said",
    [
        opted_out(501),
        {**MERGE, "primaryObjectId": 501},
        {**MERGE, "newObjectId": 501},
        {**MERGE, "mergedObjectIds": [500, 501]},
    ],
    ids=["the contact", "the one that was kept", "the new one", "one of those that were merged"],
)
def test_what_their_own_system_tells_of_them_goes(said: dict[str, Any]) -> None:
    told("theirs", **said)
    told("another's", **opted_out(502))
    anonymise.anonymise_many([known((Crm.HUBSPOT, THEIRS)).id], NOW)
    assert left() == ["another's"]


def test_wherever_hubspot_names_people_is_looked() -> None:
    assert {"objectId", *hubspot.MERGED} == set(remains.WHOM[Crm.HUBSPOT])


FILE = "Naam;Woonplaats;Uren per week;{}\nEls Kok;1012 AB;32;7\nPiet Smit;Ede;501;{}\n"


def brought(header: str, number: str, state: State) -> CandidateImport:
    """An import of two others, of which one lives at 1012 AB and one has a number."""
    row = importing.brought(make_people().ada, FILE.format(header, number).encode())
    if state != State.COLUMNS:
        row.columns = [str(each) for each in importing.guessed(row)]
    row.state = state
    db.session.flush()
    return row


@pytest.mark.parametrize("state", [State.COLUMNS, State.REHEARSED, State.DONE])
@pytest.mark.parametrize("number", ["1012", "32", "501"])
@pytest.mark.parametrize("system", [Crm.BULLHORN, None])
def test_postcodes_hours_and_other_systems_numbers_are_nobody(state: State, number: str, system: Crm | None) -> None:
    row = brought("Nummer in Carerix", "501", state)
    before = row.content
    numbers = [(system, number)] if system else []
    anonymise.anonymise_many([known(*numbers, external_id=None if system else number).id], NOW)
    assert db.session.scalars(select(CandidateImport.content)).all() == [before]


@pytest.mark.parametrize("cell", ["501", "'501", "501.0"])
@pytest.mark.parametrize("state", [State.COLUMNS, State.REHEARSED, State.DONE])
@pytest.mark.parametrize(("header", "system"), [("Nummer in Carerix", Crm.CARERIX), ("Kandidaatnummer", None)])
def test_a_row_with_their_number_in_its_column_is_theirs(
    header: str, system: Crm | None, state: State, cell: str
) -> None:
    brought(header, cell if system else "501", state)
    numbers = [(system, "501")] if system else []
    anonymise.anonymise_many([known(*numbers, external_id=None if system else "501").id], NOW)
    assert db.session.scalars(select(CandidateImport.content)).all() == ([b""] if state == State.DONE else [])


def test_of_refused_rows_theirs_go() -> None:
    columns = [Column.NAME, Column.REGION, Column.BULLHORN_ID]
    content = "Naam;Plaats;Nummer\n;1012 AB;5\n;Ede;1012\n;Ede;x\n"
    row = importing.rehearsed(make_people().ada, content.encode(), columns)
    row.state, row.content = State.DONE, b""
    anonymise.anonymise_many([known((Crm.BULLHORN, "1012")).id], NOW)
    assert db.session.scalars(select(ImportRefusal.line).order_by(ImportRefusal.line)).all() == [2, 4]


def touchpoints(*lines: str) -> TouchpointFile:
    content = "\n".join(["candidate;kind;occurred_at;remark", *lines, ""]).encode()
    row = touchpoint_file.receive("s.csv", content, 99, zone=ZoneInfo("UTC"), by_id=make_people().ada.id, now=NOW)
    db.session.expire_all()
    return row


@pytest.mark.parametrize(("number", "stays"), [("1012", True), ("2", True), ("77", False)])
def test_files_of_touchpoints_go_by_the_number_in_our_own_system(number: str, *, stays: bool) -> None:
    day = (NOW - timedelta(days=1)).date().isoformat()
    row = touchpoints(f"77;form;{day};1012 AB", f"78;form;{day};in 2 weken")
    them = known(external_id=number, name="Aisha Bakker")
    anonymise.anonymise_many([them.id], NOW)
    found = db.session.get_one(TouchpointFile, row.id, populate_existing=True)
    assert (found.content != b"", len(found.problems)) == ((True, 2) if stays else (False, 1))


def test_by_what_somebody_is_known() -> None:
    them = known((Crm.BULLHORN, "501"), (Crm.HUBSPOT, "77"), external_id="1012")
    found = known_by.of([them.id])
    assert found.numbers == {(Crm.BULLHORN, "501"), (Crm.HUBSPOT, "77"), (None, "1012")}
    assert found.words == frozenset()
    assert known_by.of([known(external_id="K-7", name="Jan").id]).words == {"k-7"}
