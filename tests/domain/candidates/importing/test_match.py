"""What a row adds to what is known: the candidate's own word and newer news stand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.candidates import consent, identity, label, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Retention, Stage
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.importing import pace
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.importing.trace import ImportChange
from app.domain.candidates.label import LabelKind
from app.domain.candidates.preference import SaidBy, Wish
from tests import importing, make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    return make.candidate("Jan Bos", owner=people.sanne, external_id="7")


def bring(people: People, header: str, cells: str) -> CandidateImport:
    return importing.written(people.ada, f"Nr;{header}\n7;{cells}\n".encode())


def verdict(people: People, header: str, cells: str) -> set[str]:
    return set(bring(people, f"Naam;{header}", f"Jan Bos;{cells}").counts) - {"by_external_id"}


def pool_consent(candidate: Candidate) -> tuple[bool, date, date | None]:
    row = consent.current(candidate.id)[ConsentPurpose.POOL, None]
    until = row.until.astimezone(importing.ZONE).date() if row.until else None
    return row.given, row.at.astimezone(importing.ZONE).date(), until


def test_consent_comes_with_its_days(people: People, jan: Candidate) -> None:
    header, cells = "Toestemming;Toestemming op;Toestemming tot", "ja;01-12-2025;01-12-2026"
    assert verdict(people, header, cells) == {"changed"}
    assert pool_consent(jan) == (True, date(2025, 12, 1), date(2026, 12, 1))
    assert verdict(people, header, cells) == {"same"}


def changes(candidate: Candidate) -> Sequence[ImportChange]:
    return db.session.scalars(select(ImportChange).where(ImportChange.candidate_id == candidate.id)).all()


@pytest.mark.parametrize(
    ("told", "news"),
    [("ja;", "same"), ("ja;01-12-2025", "same"), ("ja;03-01-2026", "changed"), ("nee;", "same")],
)
def test_a_no_stands_until_newer_news(people: People, jan: Candidate, told: str, news: str) -> None:
    at = datetime(2026, 1, 2, 12, tzinfo=UTC)
    consent.withdraw(jan.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=at)
    assert verdict(people, "Toestemming;Toestemming op", told) == {news}


def test_a_no_without_a_day_counts(people: People, jan: Candidate) -> None:
    consent.give(jan.id, ConsentPurpose.POOL, via=Via.FORM, by_id=None, now=NOW)
    assert verdict(people, "Toestemming", "nee") == {"changed"}
    assert pool_consent(jan)[0] is False


def test_what_they_said_themselves_is_not_overruled(people: People, jan: Candidate) -> None:
    preference.prefer(jan.id, Wish((Channel.SMS,)), said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    assert verdict(people, "Voorkeurskanaal", "bellen") == {"same"}
    assert preference.preferred(jan.id) == Channel.SMS


def test_labels_are_added_and_get_later_days(people: People, jan: Candidate) -> None:
    label.put(jan.id, LabelKind.CERTIFICATE, {"VCA": date(2026, 6, 1), "BHV": None}, NOW)
    assert verdict(people, "Certificaten;Labels", "vca tot 31-12-2027;spoed") == {"changed"}
    assert {told.name: told.until for told in label.of([jan.id])[jan.id]} == {
        "VCA": date(2027, 12, 31), "BHV": None, "spoed": None,
    }  # fmt: skip
    assert verdict(people, "Certificaten;Labels", "VCA;Spoed") == {"same"}


def test_another_stage_is_a_move(people: People, jan: Candidate) -> None:
    bring(people, "Naam;Fase", "Jan Bos;geplaatst")
    move = make.moves_of(jan.id)[0]
    assert (move.to_stage, move.moved_by_id, move.moved_at) == (Stage.CONVERT, people.ada.id, NOW)


def test_who_comes_in_has_a_first_move_a_clock_and_is_found(people: People) -> None:
    row = importing.written(people.ada, b"Nr;Naam;Fase\n9;Els;geplaatst\n")
    els = db.session.scalars(select(Candidate)).one()
    (change,) = changes(els)
    assert (change.import_id, change.added) == (row.id, True)
    assert [move.from_stage for move in make.moves_of(els.id)] == [None]
    assert (els.retention, els.keep_until is not None) == (Retention.PLACED, True)


def test_parts_of_a_name_do_not_contradict_it(people: People, jan: Candidate) -> None:
    bring(people, "Voornaam;Tussenvoegsel;Achternaam", "Jan;van den;Bos")
    assert (jan.name, jan.sort_name) == ("Jan van den Bos", "bos, jan van den")
    bring(people, "Naam", "Jan Bosman")
    assert (jan.given_name, jan.prefix, jan.family_name, jan.sort_name) == ("Jan", "", "Bos", "bosman, jan")


def test_the_same_name_keeps_its_parts(people: People, jan: Candidate) -> None:
    bring(people, "Voornaam;Achternaam", "Jan;Bos Kok")
    assert bring(people, "Naam", "Jan Bos Kok").counts["same"] == 1
    assert (jan.family_name, jan.sort_name) == ("Bos Kok", "bos kok, jan")


def test_who_is_met_twice_goes_back_to_the_beginning(
    people: People, jan: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", 1)
    identity.add(jan, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    content = b"Nr;Naam;E-mail;Functie;Vaardigheden\n7;Jan Bos;;Kok;koken\n;Jan Bos;jan@voorbeeld.nl;Lasser;lassen\n"
    row = importing.written(people.ada, content)
    (change,) = changes(jan)
    assert (change.before["role_sought"], change.after["role_sought"], jan.role_sought) == ("", "Lasser", "Lasser")
    assert len(change.brought["candidate_label"]) == 2
    importing.undone(row, people.ada, NOW)
    assert (jan.role_sought, label.of([jan.id])) == ("", {})
