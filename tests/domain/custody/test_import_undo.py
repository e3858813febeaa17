"""Undoing an import: as if it had never been, except where somebody did something since."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.db import Base, db
from app.domain.candidates import consent, contact_flags, identity, label, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage, move
from app.domain.candidates.consent import ConsentPurpose, Via
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.identity import Identity, IdentityState
from app.domain.candidates.importing.candidate_import import CandidateImport, State
from app.domain.candidates.label import LabelKind
from app.domain.custody import import_undo
from app.domain.custody.reference import pointing
from tests import importing, make
from tests.importing import undone, written
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
LATER = NOW + timedelta(hours=1)
FILE = (
    b"Kandidaatnummer;Naam;Mobiel;E-mail;Functie;Fase;Beschikbaar per;Uren;Vaardigheden;Certificaten;Toestemming;"
    b"Toestemming tot;Eigenaar;Voorkeurskanaal\n"
    b"7;Jan Bos;0612345678;jan@voorbeeld.nl;Lasser;warmhouden;01-02-2026;32;lassen;VCA tot 31-12-2027;ja;01-01-2027;"
    b"bram@voorbeeld.nl;whatsapp\n"
    b"8;Els Kok;0687654321;els@voorbeeld.nl;Kok;;;24;koken;;;;;\n"
)


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    """Somebody of whom the file knows more, and other things."""
    row = make.candidate("Jan Bos", owner=people.sanne, external_id="7")
    row.role_sought = "Kok"
    identity.add(row, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    label.put(row.id, LabelKind.CERTIFICATE, {"VCA": date(2026, 6, 1)}, NOW)
    return row


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is known of candidates; when they were last changed does not count."""
    silent = {"updated_at", "keep_until", "retention"}
    return {
        table.name: sorted(tuple(map(str, row)) for row in db.session.execute(
            select(*(column for column in table.c if column.name not in silent))
        ))
        for table in {table for table, _ in pointing()} | {Base.metadata.tables["candidate"]}
        if table.name != "import_change"
    }  # fmt: skip


def imported(people: People) -> CandidateImport:
    return written(people.ada, FILE)


def els() -> Candidate:
    return db.session.scalars(select(Candidate).where(Candidate.external_id == "8")).one()


def test_undoing_at_once_is_an_identity(people: People, jan: Candidate) -> None:
    before = contents()
    row = imported(people)
    assert contents() != before
    undone(row, people.ada, LATER)
    assert contents() == before
    assert (row.counts["removed"], row.counts["reverted"], row.counts["stayed"]) == (1, 1, 0)
    assert (row.undone_at, row.undone_by_id) == (LATER, people.ada.id)
    assert import_undo.stayed(row.id) == []


def test_everything_that_it_brought_was_there(people: People, jan: Candidate) -> None:
    imported(people)
    assert (jan.role_sought, jan.stage, jan.available_from, jan.hours_week) == (
        "Lasser", Stage.NURTURE, date(2026, 2, 1), 32,
    )  # fmt: skip
    assert jan.owner_id == people.bram.id
    assert [(told.name, told.until) for told in label.of([jan.id])[jan.id]] == [
        ("VCA", date(2027, 12, 31)), ("lassen", None),
    ]  # fmt: skip
    assert consent.current(jan.id)[ConsentPurpose.POOL, None].via == Via.IMPORT
    assert preference.preferred(jan.id) == Channel.WHATSAPP


def _renamed(candidate: Candidate) -> None:
    candidate.name, candidate.updated_at = "Els de Kok", LATER
    db.session.flush()


def _paused(candidate: Candidate) -> None:
    contact_flags.paused(candidate.id, LATER)


def _moved(candidate: Candidate) -> None:
    move(candidate, Stage.CONVERT, reason="", by_id=None, now=LATER)


def _marked(candidate: Candidate) -> None:
    identity.mark(identity.identities_of(candidate.id)[0], IdentityState.INVALID, origin="bounce", now=LATER)


def _labelled(candidate: Candidate) -> None:
    label.add([candidate.id], LabelKind.TAG, "spoed", LATER)


def _consented(candidate: Candidate) -> None:
    consent.give(candidate.id, ConsentPurpose.POOL, via=Via.OWN_PAGE, by_id=None, now=LATER)


def _forgotten_address(candidate: Candidate) -> None:
    identity.remove(identity.identities_of(candidate.id)[0], LATER)


@pytest.mark.parametrize("act", [_renamed, _paused, _moved, _marked, _labelled, _consented, _forgotten_address])
def test_who_was_touched_stays(people: People, act: Callable[[Candidate], None]) -> None:
    row = imported(people)
    act(els())
    undone(row, people.ada, LATER + timedelta(hours=1))
    assert import_undo.stayed(row.id) == [(els().id, els().name, ["acts"])]
    assert row.counts["removed"] == 1
    assert db.session.scalar(select(func.count()).select_from(Candidate)) == 1


def test_who_is_in_another_import_stays(people: People) -> None:
    row = imported(people)
    written(people.ada, FILE.replace(b"Kok;;;24", b"Kok;;;30"), now=LATER)
    undone(row, people.ada, LATER)
    assert els().hours_week == 30


def test_a_fact_that_somebody_changed_stays(people: People, jan: Candidate) -> None:
    row = imported(people)
    jan.role_sought = "Lasser TIG"
    identity.mark(identity.identities_of(jan.id)[1], IdentityState.VERIFIED, origin="reply", now=LATER)
    db.session.flush()
    undone(row, people.ada, LATER)
    assert (jan.role_sought, jan.owner_id, jan.hours_week) == ("Lasser TIG", people.sanne.id, None)
    assert import_undo.stayed(row.id) == [(jan.id, "Jan Bos", ["role_sought", "identity"])]
    assert db.session.get_one(ContactState, jan.id).owner_id == people.sanne.id
    assert len(identity.identities_of(jan.id)) == 2


def test_a_stage_that_moved_on_stays_with_its_history(people: People, jan: Candidate) -> None:
    row = imported(people)
    move(jan, Stage.CONVERT, reason="", by_id=None, now=LATER)
    undone(row, people.ada, LATER)
    assert (jan.stage, [each.to_stage for each in make.moves_of(jan.id)][:2]) == ("convert", ["convert", "nurture"])


def test_who_was_merged_since_stays(people: People, jan: Candidate) -> None:
    row = imported(people)
    jan.merged_into_id = make.candidate("Jan Bosch").id
    db.session.flush()
    undone(row, people.ada, LATER)
    assert jan.role_sought == "Lasser"


def test_it_goes_by_portions(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_undo, "PORTION", 2)
    rows = "".join(f"{number};Kandidaat {number}\n" for number in range(5))
    row = written(people.ada, b"Kandidaatnummer;Naam\n" + rows.encode())
    assert import_undo.begin(row.id, people.ada.id)
    work = import_undo.steps(row)
    next(work)(LATER)
    assert (row.written, row.state) == (2, State.UNDOING)
    importing.taken(row, import_undo.steps(row), LATER)
    assert (row.state, row.counts["removed"]) == (State.UNDONE, 5)
    assert db.session.scalar(select(func.count()).select_from(Identity)) == 0


def test_only_what_was_written_is_undone(people: People) -> None:
    row = importing.rehearsed(people.ada, FILE)
    assert not import_undo.begin(row.id, people.ada.id)
    assert not import_undo.begin(row.id + 1, people.ada.id)
    importing.taken(row, import_undo.steps(row), LATER)
    assert row.state == State.REHEARSED


def test_what_was_undone_can_be_brought_again(people: People, jan: Candidate) -> None:
    undone(imported(people), people.ada, LATER)
    assert written(people.ada, FILE).counts == {"changed": 1, "by_external_id": 1, "new": 1}
