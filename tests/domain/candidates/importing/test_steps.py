"""Importing a file: a rehearsal that writes nothing, then portions, each whole."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.db import db
from app.domain.agency.person import Person
from app.domain.candidates import identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage, branch_of
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.importing import candidate_import, pace, steps, trace
from app.domain.candidates.importing.candidate_import import CandidateImport, Mapping, State, Unclear
from app.domain.candidates.importing.entry import Reason
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.pace import Pace
from app.domain.candidates.importing.trace import ImportChange
from tests import importing, make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
HEADER = "Nr;Naam;Mobiel;Mail;Functie;Recruiter;Voorkeur;LinkedIn\n"
COLUMNS = [
    Column.EXTERNAL_ID, Column.NAME, Column.PHONE, Column.EMAIL,
    Column.ROLE_SOUGHT, Column.OWNER, Column.PREFERRED, Column.LINKEDIN,
]  # fmt: skip


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    """Known by a number of the agency's own system, a phone number and a mail address."""
    row = make.candidate("Jan Bos", owner=people.sanne, external_id="7")
    identity.add(row, Channel.PHONE, "0612345678", NOW)
    identity.add(row, Channel.EMAIL, "jan@voorbeeld.nl", NOW)
    return row


def lines(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def brought(person: Person, *rows: str) -> CandidateImport:
    return importing.brought(person, lines(*rows))


def written(person: Person, *rows: str) -> CandidateImport:
    return importing.written(person, lines(*rows), COLUMNS)


def outcome(person: Person, *rows: str) -> tuple[dict[str, int], list[Reason]]:
    row = importing.rehearsed(person, lines(*rows), COLUMNS)
    return row.counts, [each.reason for each in trace.refusals(row.id)]


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Candidate)) or 0


def test_a_rehearsal_writes_nothing(people: People) -> None:
    assert outcome(people.ada, "1;Els;0687654321;;;;;") == ({"new": 1}, [])
    assert count() == 0


def test_new_people_are_complete(people: People) -> None:
    row = written(people.lead, "1;Els Bos;687654321;els@b.nl;Lasser;sanne@voorbeeld.nl;app;linkedin.com/in/els")
    els = db.session.scalars(select(Candidate)).one()
    assert (els.name, els.external_id, els.role_sought, els.stage) == ("Els Bos", "1", "Lasser", Stage.ATTRACT)
    assert (els.owner_id, els.registered_at) == (people.sanne.id, NOW)
    assert db.session.get_one(ContactState, els.id).owner_id == people.sanne.id
    assert [each.channel for each in identity.identities_of(els.id)] == ["phone", "email", "linkedin"]
    assert identity.preferred(els.id) == Channel.WHATSAPP
    assert (row.state, row.counts, row.finished_at) == (State.DONE, {"new": 1}, NOW)


@pytest.mark.parametrize(
    ("cells", "by"),
    [("7;Jan Bos;;;", "external_id"), (";Jan Bos;06 12345678;;", "phone"), (";Jan Bos;;JAN@voorbeeld.nl;", "email")],
)
def test_who_is_known_is_known_again(people: People, jan: Candidate, cells: str, by: str) -> None:
    assert outcome(people.ada, f"{cells};;") == ({"refused": 1}, [Reason.RAGGED])
    assert outcome(people.ada, f"{cells};;;") == ({"same": 1, f"by_{by}": 1}, [])


def test_what_is_new_of_somebody_known_is_added(people: People, jan: Candidate) -> None:
    row = written(people.ada, "7;Jan Bos;0687654321;;Lasser;bram jansen;mail;")
    assert row.counts == {"changed": 1, "by_external_id": 1}
    assert (count(), jan.role_sought, jan.owner_id) == (1, "Lasser", people.bram.id)
    assert db.session.get_one(ContactState, jan.id).owner_id == people.bram.id
    assert len(identity.identities_of(jan.id)) == 3
    assert identity.preferred(jan.id) == Channel.EMAIL


def test_a_blank_cell_wipes_nothing(people: People, jan: Candidate) -> None:
    jan.role_sought = "Lasser"
    written(people.ada, "7;Jan Bos;;;;;;")
    assert (jan.role_sought, jan.owner_id) == ("Lasser", people.sanne.id)


def test_a_second_time_changes_nothing(people: People) -> None:
    rows = ("1;Els;0687654321;;;;;", "2;Piet;;piet@b.nl;;;bellen;")
    written(people.ada, *rows)
    assert written(people.ada, *rows).counts == {"same": 2, "by_external_id": 2}
    assert count() == 2


def test_a_preference_alone_is_a_change(people: People, jan: Candidate) -> None:
    assert written(people.ada, "7;Jan Bos;;;;;app;").counts["changed"] == 1
    assert written(people.ada, "7;Jan Bos;;;;;app;").counts["same"] == 1


def test_two_people_at_once_are_refused(people: People, jan: Candidate) -> None:
    identity.add(make.candidate("Els"), Channel.PHONE, "0687654321", NOW)
    assert outcome(people.ada, ";Els;0687654321;jan@voorbeeld.nl;;;;")[1] == [Reason.TWO_PEOPLE]


def test_another_number_in_the_own_system_is_refused(people: People, jan: Candidate) -> None:
    assert outcome(people.ada, "8;Jan Bos;0612345678;;;;;")[1] == [Reason.OTHER_ID]


def test_another_name_at_a_known_phone_renames_nobody(people: People, jan: Candidate) -> None:
    assert outcome(people.ada, ";Kees van Dam;0612345678;;;;;")[1] == [Reason.OTHER_NAME]
    assert outcome(people.ada, ";Kees van Dam;0612345678;jan@voorbeeld.nl;;;;")[1] == []
    assert outcome(people.ada, ";J. Bos;0612345678;;;;;")[1] == []


HOUSEHOLD = ("1;Els;0687654321;;;;;", "2;Piet;0687654321;;;;;", "3;Kim;0687654321;;;;;")


@pytest.mark.parametrize("portion", [1, 2, 250])
def test_two_numbers_that_share_a_phone_both_come_in(
    people: People, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "MOST", portion)
    assert outcome(people.ada, *HOUSEHOLD) == ({"new": 3}, [])
    assert written(people.ada, *HOUSEHOLD).counts == {"new": 3}
    assert written(people.ada, *HOUSEHOLD).counts == {"same": 3, "by_external_id": 3}


@pytest.mark.parametrize("portion", [1, 250])
def test_somebody_known_gets_one_of_the_numbers(people: People, portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST", portion)
    els = make.candidate("Els")
    identity.add(els, Channel.PHONE, "0687654321", NOW)
    assert written(people.ada, *HOUSEHOLD).counts == {"changed": 1, "by_phone": 1, "new": 2}
    assert els.external_id == "1"


def test_who_cannot_be_seen_is_not_touched(people: People) -> None:
    make.candidate("Els", owner=people.otto, external_id="9", branch_id=branch_of(people.otto.id))
    assert outcome(people.lead, "9;Nieuw;;;;;;")[1] == [Reason.ELSEWHERE]
    assert outcome(people.ada, "9;Nieuw;;;;;;")[0]["changed"] == 1


def test_rows_about_one_person_meet_each_other(people: People, jan: Candidate) -> None:
    rows = ("7;Jan Bos;;;;;;linkedin.com/in/jan", ";Jan Bos;0612345678;;;;;linkedin.com/in/jan")
    row = written(people.ada, *rows)
    assert row.counts == {"changed": 1, "same": 1, "by_external_id": 1, "by_phone": 1}


def test_unknown_owners_are_told_and_left_out(people: People) -> None:
    row = importing.rehearsed(people.ada, lines("1;Els;;;;Niemand;;", "2;Piet;;;;Sanne de Vries;;"), COLUMNS)
    assert (row.unknown_owners, row.counts) == (["Niemand"], {"new": 2})


def test_who_cannot_be_known_again_is_told(people: People) -> None:
    assert outcome(people.ada, ";Els;;;;;;")[0] == {"new": 1, "keyless": 1}


def test_portions_and_refusals(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST", 2)
    row = importing.rehearsed(
        people.ada, lines("1;A;;;;;;", "2;B;;;;;;", ";;;;;;;x", "1;A;;;;;;", "3;C;;;;;;"), COLUMNS
    )
    candidate_import.go_on(row.id)
    states = []
    for step in steps.writing(again(row), people.ada, importing.ZONE, Pace()):
        step(NOW)
        states.append((row.state, row.written))
    assert states == [("writing", 2), ("writing", 4), ("done", 5)]
    assert row.counts == {"new": 3, "refused": 2}
    assert refused(row) == [(4, Reason.NO_NAME), (5, Reason.TWICE)]
    assert trace.why_refused(row.id) == {Reason.NO_NAME: 1, Reason.TWICE: 1}
    assert count() == 3


def test_it_goes_on_where_it_was_left(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST", 2)
    row = importing.rehearsed(people.ada, lines(*(f"{number};K{number};;;;;;" for number in range(5))), COLUMNS)
    candidate_import.go_on(row.id)
    next(steps.writing(again(row), people.ada, importing.ZONE, Pace()))(NOW)
    assert (count(), again(row).written) == (2, 2)
    importing.taken(row, steps.writing(again(row), people.ada, importing.ZONE, Pace()))
    assert (count(), row.state, row.counts) == (5, State.DONE, {"new": 5})


def test_who_comes_second_leaves_the_portion_alone(people: People) -> None:
    row = importing.rehearsed(people.ada, lines("1;Els;;;;;;"), COLUMNS)
    candidate_import.go_on(row.id)
    first, second = (next(steps.writing(again(row), people.ada, importing.ZONE, Pace())) for _ in range(2))
    first(NOW)
    second(NOW)
    assert (count(), row.counts) == (1, {"new": 1})


def test_a_rehearsal_begins_anew(people: People) -> None:
    row = importing.rehearsed(people.ada, lines("1;;;;;;;", "2;Els;;;;;;"), COLUMNS)
    assert candidate_import.rehearse(row.id, COLUMNS)
    importing.taken(row, steps.rehearsal(again(row), people.ada, importing.ZONE, Pace()))
    assert (row.counts, refused(row)) == ({"new": 1, "refused": 1}, [(2, Reason.NO_NAME)])


def test_the_pool_is_asked_again_when_it_is_written(people: People) -> None:
    row = importing.rehearsed(people.ada, lines("7;Els;;;;;;", ";Piet;0612345678;;;;;"), COLUMNS)
    make.candidate("Els Bos", external_id="7")
    candidate_import.go_on(row.id)
    importing.taken(row, steps.writing(again(row), people.ada, importing.ZONE, Pace()))
    assert row.counts == {"changed": 1, "by_external_id": 1, "new": 1}


def test_what_is_written_is_not_rehearsed_again(people: People) -> None:
    row = written(people.ada, "1;Els;;;;;;")
    assert not candidate_import.rehearse(row.id, [Column.NAME])
    assert (row.state, row.counts, row.content) == (State.DONE, {"new": 1}, b"")


def test_one_process_works_on_an_import(people: People) -> None:
    row = importing.rehearsed(people.ada, lines("1;Els;;;;;;"), COLUMNS)
    candidate_import.go_on(row.id)
    assert [each.id for each in candidate_import.waiting(NOW)] == [row.id]
    assert candidate_import.claim(row.id, NOW)
    assert not candidate_import.claim(row.id, NOW)
    assert candidate_import.waiting(NOW) == []
    assert candidate_import.claim(row.id, NOW + candidate_import.LEASE)
    candidate_import.release(row.id, "RuntimeError")
    assert candidate_import.waiting(NOW + candidate_import.LEASE) == []
    candidate_import.go_on(row.id)
    assert candidate_import.waiting(NOW) == [row]


def test_the_columns_of_a_layout_are_remembered(people: People) -> None:
    first = brought(people.ada, "1;Els;;;;;;")
    assert candidate_import.remembered(first) == []
    candidate_import.rehearse(first.id, COLUMNS)
    assert candidate_import.remembered(brought(people.lead, "2;Piet;;;;;;")) == COLUMNS


@pytest.mark.parametrize(
    ("columns", "fault", "column"),
    [
        (["phone", ""], Mapping.NO_NAME, Column.IGNORED),
        (["name", "region", "region"], Mapping.TWICE, Column.REGION),
    ],
)
def test_unclear_columns(columns: Sequence[str], fault: Mapping, column: Column) -> None:
    with pytest.raises(Unclear) as unclear:
        candidate_import.checked_columns(columns)
    assert (unclear.value.fault, unclear.value.column) == (fault, column)


def test_numbers_may_be_in_many_columns() -> None:
    assert len(candidate_import.checked_columns(["name", "phone", "phone", "", ""])) == 5


def test_an_import_is_ones_own(people: People) -> None:
    row = brought(people.lead, "1;Els;;;;;;")
    assert candidate_import.for_person(people.lead, row.id) is row
    assert candidate_import.for_person(people.ada, row.id) is row
    assert candidate_import.for_person(people.bram, row.id) is None
    assert candidate_import.for_person(people.ada, row.id + 1) is None
    assert [candidate_import.latest(each) for each in (people.lead, people.ada, people.bram)] == [[row], [row], []]


def test_files_do_not_stay(people: People) -> None:
    brought(people.ada, "1;Els;;;;;;")
    done = written(people.ada, "2;Piet;;;;;;", "3;;;;;;;")
    candidate_import.forget_old(NOW + candidate_import.KEPT)
    assert len(candidate_import.latest(people.ada)) == 2
    candidate_import.forget_old(NOW + candidate_import.KEPT + timedelta(seconds=1))
    db.session.expire_all()
    assert candidate_import.latest(people.ada) == [done]
    assert (done.state, refused(done), count()) == (State.CLOSED, [], 1)
    assert db.session.scalars(select(ImportChange)).all() == []


def test_a_file_is_removed_unless_it_was_written(people: People) -> None:
    assert candidate_import.remove(importing.rehearsed(people.ada, lines("1;;;;;;;", "2;Els;;;;;;"), COLUMNS))
    assert candidate_import.latest(people.ada) == []
    assert not candidate_import.remove(written(people.ada, "1;Els;;;;;;"))


def test_an_import_that_is_gone_does_nothing(people: People) -> None:
    row = importing.rehearsed(people.ada, lines("1;Els;;;;;;"), COLUMNS)
    candidate_import.go_on(row.id)
    step = next(steps.writing(again(row), people.ada, importing.ZONE, Pace()))
    row.state = State.COLUMNS
    candidate_import.remove(row)
    step(NOW)
    assert count() == 0


def again(row: CandidateImport) -> CandidateImport:
    return db.session.get_one(CandidateImport, row.id, populate_existing=True)


def refused(row: CandidateImport) -> list[tuple[int, Reason]]:
    return [(each.line, each.reason) for each in trace.refusals(row.id)]
