"""Files as Dutch Excel and the vendors write them, brought without a touch of the columns that were guessed."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import identity, label
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.importing.columns import Sure, guess
from app.domain.candidates.importing.headers import Column, Vendor
from tests import importing, make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
FILES = Path(__file__).parent / "files"


@pytest.fixture
def people() -> People:
    return make_people()


def bring(people: People, content: bytes) -> CandidateImport:
    return importing.written(people.ada, content)


def facts(external_id: str, *names: str) -> tuple[Any, ...]:
    row = db.session.scalars(select(Candidate).where(Candidate.external_id == external_id)).one()
    return tuple(getattr(row, name) for name in names)


def ways(external_id: str) -> list[tuple[str, str]]:
    (candidate_id,) = facts(external_id, "id")
    return [(str(row.channel), row.address) for row in identity.identities_of(candidate_id)]


def labels(external_id: str) -> dict[str, date | None]:
    (candidate_id,) = facts(external_id, "id")
    return {told.name: told.until for told in label.of([candidate_id]).get(candidate_id, [])}


def test_hubspot_contacts(people: People) -> None:
    row = bring(people, (FILES / "hubspot-contacts.csv").read_bytes())
    assert (row.vendor, row.counts) == (Vendor.HUBSPOT, {"new": 3})
    assert facts("151", "name", "given_name", "family_name", "stage", "region", "role_sought", "origin") == (
        "Fatima El Amrani", "Fatima", "El Amrani", "engage", "Zwolle", "Lasser", "ORGANIC_SEARCH",
    )  # fmt: skip
    assert facts("151", "owner_id") == (people.sanne.id,)
    assert ways("151") == [("phone", "+31612345678"), ("phone", "+31384251234"), ("email", "fatima@voorbeeld.nl")]
    assert facts("152", "stage", "registered_at") == ("attract", datetime(2025, 3, 2, tzinfo=importing.ZONE))


def test_bullhorn_candidates(people: People) -> None:
    row = bring(people, (FILES / "bullhorn-candidates.csv").read_bytes())
    assert (row.vendor, row.counts) == (Vendor.BULLHORN, {"new": 2})
    assert facts("90211", "name", "prefix", "family_name", "stage", "available_from") == (
        "Jan van der Berg", "van der", "Berg", "convert", date(2026, 2, 1),
    )  # fmt: skip
    assert labels("90211") == {"VCA": date(2027, 12, 31), "heftruck": None, "lassen": None}
    assert ("email", "jan.werk@voorbeeld.nl") in ways("90211")


def test_bullhorn_fields_by_their_own_names(people: People) -> None:
    row = bring(people, (FILES / "bullhorn-fields.csv").read_bytes())
    assert (row.vendor, row.counts) == (Vendor.BULLHORN, {"new": 1})
    assert facts("90213", "name", "stage", "origin") == ("Els Kok", "attract", "Indeed")


def test_carerix_in_dutch_as_excel_writes_it(people: People) -> None:
    row = bring(people, (FILES / "carerix-kandidaten.csv").read_bytes())
    assert (row.vendor, row.counts) == (Vendor.CARERIX, {"new": 2})
    assert facts("C-1001", "name", "prefix", "hours_week", "travel_km", "available_from") == (
        "Zoë de Boer", "de", 32, 30, date(2026, 2, 1),
    )  # fmt: skip
    assert facts("C-1001", "registered_at")[0].date() == date(2025, 12, 30)
    assert labels("C-1001") == {"VCA": date(2027, 12, 31), "lassen": None, "Techniek": None}
    assert ways("C-1002") == [("phone", "+31612345679")]


def test_carerix_fields_by_their_own_names(people: People) -> None:
    row = bring(people, (FILES / "carerix-fields.csv").read_bytes())
    assert (row.vendor, row.counts) == (Vendor.CARERIX, {"new": 1})
    assert facts("1003", "name", "given_name", "prefix") == ("Piet van Dam", "Piet", "van")


def test_dutch_excel_as_a_workbook(people: People) -> None:
    day = datetime(2026, 2, 1)  # noqa: DTZ001 - a spreadsheet's day has no zone
    content = importing.workbook(
        [["Toelichting"]],
        [
            ["Kandidatenlijst", "", "", "", ""],
            ["Nr", "Naam", "Mobiel", "Beschikbaar per", "Uren per week"],
            [7, "Zoë Çelik", 612345678, day, 32],
        ],
    )
    assert bring(people, content).counts == {"new": 1}
    assert facts("7", "name", "available_from", "hours_week") == ("Zoë Çelik", date(2026, 2, 1), 32)
    assert ways("7") == [("phone", "+31612345678")]


@pytest.mark.parametrize("path", sorted(FILES.glob("*.csv")), ids=lambda path: path.stem)
def test_every_column_is_recognised_or_left_out(people: People, path: Path) -> None:
    row = importing.brought(people.ada, path.read_bytes())
    guesses = guess(row.header, [])
    assert {each.column for each in guesses if each.sure == Sure.LIKELY} == set()
    assert sum(each.column != Column.IGNORED for each in guesses) >= 6


def test_the_registration_is_read_in_the_agencys_zone(people: People) -> None:
    bring(people, b"Nr;Naam;Ingeschreven op\n1;Els;02-01-2026\n")
    (at,) = facts("1", "registered_at")
    assert at.astimezone(importing.ZONE).date() == date(2026, 1, 2)
    assert at < make.START
