"""Exports: who is in the file and what it tells, and how long a file is kept."""

import csv
import io
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.agency.person import Person
from app.domain.candidates import consent, contact_flags, exporting, identity, label, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate, Stage, branch_of
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.exporting import CandidateExport, Format, State
from app.domain.candidates.exporting_columns import COLUMNS
from app.domain.candidates.exporting_lines import Wording
from app.domain.candidates.identity import IdentityState
from app.domain.candidates.label import LabelKind
from app.domain.candidates.preference import SaidBy
from tests import make
from tests.people import People, make_people

pytestmark = pytest.mark.usefixtures("session")
NOW = make.START
ZONE = ZoneInfo("Europe/Amsterdam")
WORDS = Wording(
    headers={column: column for column in COLUMNS},
    stages={stage: f"<{stage}>" for stage in Stage},
    channels={channel: f"<{channel}>" for channel in Channel},
    yes="ja",
    no="nee",
    day="%d-%m-%Y",
    zone=ZONE,
)
Cells = dict[str, list[str]]


@pytest.fixture
def people() -> People:
    return make_people()


@pytest.fixture
def jan(people: People) -> Candidate:
    row = make.candidate("Jan Bos", owner=people.sanne, branch_id=branch_of(people.sanne.id), external_id="7")
    identity.add(row, Channel.PHONE, "0612345678", NOW)
    identity.add(row, Channel.PHONE, "0687654321", NOW)
    identity.add(row, Channel.EMAIL, "jan@b.nl", NOW)
    return row


def exported(person: Person, *rows: Candidate) -> list[Cells]:
    content = exporting.file_of(person, [row.id for row in rows], Format.CSV, WORDS, lambda _rows: None)
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    found: list[Cells] = [{} for _ in lines]
    for cells, line in zip(found, lines, strict=True):
        for name, cell in zip(header, line, strict=True):
            cells.setdefault(name, []).append(cell)
    return found


def asked(person: Person, *ids: int) -> CandidateExport:
    return exporting.ask(person, ids, Format.CSV, "nl", NOW)


def finished(person: Person) -> CandidateExport:
    row = asked(person, 1)
    exporting.claim(NOW)
    exporting.finish(row.id, b"file", NOW)
    return row


def test_a_line_tells_the_facts(people: People, jan: Candidate) -> None:
    jan.role_sought, jan.travel_km, jan.available_from = "Lasser", 30, date(2026, 2, 1)
    (line,) = exported(people.ada, jan)
    facts = ("name", "external_id", "role_sought", "travel_km", "available_from", "stage", "owner", "registered")
    expected = ["Jan Bos", "7", "Lasser", "30", "01-02-2026", "<engage>", "sanne@voorbeeld.nl", "05-01-2026"]
    assert [line[name] for name in facts] == [[each] for each in expected]
    assert line["hours_week"] == [""]


def test_addresses_stand_beside_each_other_and_are_no_formulas(people: People, jan: Candidate) -> None:
    (els, line) = exported(people.ada, make.candidate("Els"), jan)
    assert line["phone"] == ["'+31612345678", "'+31687654321"]
    assert line["email"] == ["jan@b.nl"]
    assert els["phone"] == ["", ""]


@pytest.mark.parametrize("state", [IdentityState.INVALID, IdentityState.OPTED_OUT])
def test_an_address_that_must_rest_stays_here(people: People, jan: Candidate, state: IdentityState) -> None:
    identity.identities_of(jan.id)[0].state = state
    assert exported(people.ada, jan)[0]["phone"] == ["'+31687654321"]


def test_no_address_of_who_wants_no_contact(people: People, jan: Candidate) -> None:
    contact_flags.refused(jan.id, NOW)
    line = exported(people.ada, jan)[0]
    assert (line["phone"], line["email"]) == ([""], [""])


def test_labels_by_kind_and_when_they_end(people: People, jan: Candidate) -> None:
    label.put(jan.id, LabelKind.CERTIFICATE, {"VCA": date(2027, 12, 31), "BHV": None}, NOW)
    label.put(jan.id, LabelKind.SKILL, {"lassen": None}, NOW)
    line = exported(people.ada, jan)[0]
    assert line["certificates"] == ["BHV; VCA tot 31-12-2027"]
    assert (line["skills"], line["tags"]) == (["lassen"], [""])


def test_the_newest_wish_and_the_newest_consent(people: People, jan: Candidate) -> None:
    for channel in (Channel.EMAIL, Channel.WHATSAPP):
        wish = preference.Wish((channel,))
        preference.prefer(jan.id, wish, purpose="contact", said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    consent.give(jan.id, ConsentPurpose.POOL, via="form", by_id=None, now=NOW, until=NOW + timedelta(days=365))
    line = exported(people.ada, jan)[0]
    assert line["preferred"] == ["<whatsapp>"]
    assert (line["consent"], line["consent_on"]) == (["ja"], ["05-01-2026"])
    assert line["consent_until"] == ["05-01-2027"]
    consent.withdraw(jan.id, ConsentPurpose.POOL, via="form", by_id=None, now=NOW)
    assert exported(people.ada, jan)[0]["consent"] == ["nee"]


def test_who_may_not_be_seen_is_left_out(people: People, jan: Candidate) -> None:
    assert exported(people.otto, jan) == []
    assert len(exported(people.lead, jan)) == 1


def test_the_order_is_that_of_the_list(people: People) -> None:
    rows = [make.candidate(name) for name in "BAC"]
    assert [line["name"] for line in exported(people.ada, *rows)] == [["B"], ["A"], ["C"]]


def test_progress_is_told_by_portions(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.domain.candidates.exporting_pool.PORTION", 2)
    ids, heard = [make.candidate().id for _ in range(5)], list[int]()
    content = exporting.file_of(people.ada, ids, Format.CSV, WORDS, heard.append)
    assert heard == [2, 4, 5]
    assert content.count(b"Kandidaat") == 5


def test_a_workbook_holds_only_text(people: People, jan: Candidate) -> None:
    content = exporting.file_of(people.ada, [jan.id], Format.XLSX, WORDS, lambda _rows: None)
    assert content.startswith(b"PK")


def test_exports_wait_in_the_order_in_which_they_were_asked_for(people: People) -> None:
    assert exporting.claim(NOW) is None
    first, second = asked(people.ada, 1), asked(people.ada, 2)
    assert exporting.claim(NOW) is first
    exporting.finish(first.id, b"file", NOW)
    assert exporting.claim(NOW) is second


def test_what_cannot_be_made_is_given_up(people: People) -> None:
    row = asked(people.ada, 1)
    for _ in range(exporting.TRIES):
        exporting.claim(NOW)
        assert row.state == State.MAKING
    exporting.claim(NOW)
    assert (row.state, row.query) == (State.FAILED, {})
    assert exporting.claim(NOW) is None


def test_a_file_is_kept_for_a_day(people: People) -> None:
    row, end = finished(people.ada), NOW + exporting.KEPT
    assert exporting.content_of(row, end - timedelta(seconds=1)) == b"file"
    assert exporting.content_of(row, end) is None
    assert not exporting.is_due(end - timedelta(seconds=1))
    assert exporting.is_due(end)
    exporting.forget_old(end)
    assert (row.state, row.content, row.query) == (State.GONE, None, {})
    assert not exporting.is_due(end)


def test_erasure_takes_every_file_along(people: People) -> None:
    ready, waiting = finished(people.ada), asked(people.ada, 1)
    exporting.forget_files()
    assert (ready.state, ready.content, waiting.state) == (State.GONE, None, State.WAITING)


def test_what_was_being_made_then_is_made_anew(people: People) -> None:
    row = asked(people.ada, 1)
    exporting.claim(NOW)
    exporting.forget_files()
    exporting.finish(row.id, b"file", NOW)
    assert (row.state, row.content) == (State.WAITING, None)
    assert exporting.claim(NOW) is row


def test_an_export_is_ones_own(people: People) -> None:
    row = asked(people.lead, 1)
    assert [exporting.for_person(each, row.id) for each in (people.lead, people.ada, people.ines)] == [row, row, None]
    assert [exporting.latest(each) for each in (people.lead, people.ada, people.ines)] == [[row], [row], []]


def test_what_was_handed_over_is_remembered_without_the_file(people: People) -> None:
    exporting.handed(people.lead, 12, Format.XLSX, "nl", NOW)
    (row,) = exporting.latest(people.lead)
    assert (row.rows, row.state, row.content) == (12, State.HANDED, None)
