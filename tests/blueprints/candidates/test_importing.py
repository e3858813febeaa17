"""Bringing a file: the steps on the page, from choosing it to the rows that were refused."""

import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.blueprints.candidates import importing as views
from app.db import db
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.importing import pace
from app.domain.candidates.importing.candidate_import import CandidateImport
from app.domain.candidates.importing.writing import carry_out
from app.domain.candidates.table_file import read
from jobs import imports
from tests.importing import workbook
from tests.people import Browser, People, make_people

START = "/candidates/import"
DUTCH = "sep=;\r\nKandidaatnummer;Naam;Mobiel;Functie;Intercedent\r\n7;Zoë Çelik;612345678;Lasser;Sanne de Vries\r\n"
MIXED = DUTCH + "8;Els;=1+1;Kok;Wie\r\n9;Piet;06-87654321;=kok;Wie\r\n;;;;x\r\n"
COLUMNS = ["external_id", "name", "phone", "role_sought", "owner"]


@pytest.fixture
def ada(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.ada)


def send(browser: Browser, content: bytes, name: str = "pool.csv") -> tuple[int, str]:
    answer = browser.post(START, {"file": (io.BytesIO(content), name)}, at=START)
    return answer.status_code, answer.location or answer.text


def brought(browser: Browser, text: str = DUTCH) -> str:
    status, path = send(browser, text.encode("cp1252"))
    assert status == 303
    return path


def rehearsed(browser: Browser, text: str = DUTCH) -> str:
    path = brought(browser, text)
    assert browser.post(f"{path}/columns", {"column": COLUMNS}, at=path).location == path
    return path


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Candidate.name).order_by(Candidate.name)))


def test_from_file_to_pool(ada: Browser) -> None:
    path = brought(ada)
    page = ada.get(path).text
    assert page.count("herkend") >= 5
    assert "Zoë Çelik" in page
    ada.post(f"{path}/columns", {"column": COLUMNS}, at=path)
    assert "Er is nog niets opgeslagen" in ada.get(path).text
    assert names(ada.app) == []
    assert ada.post(f"{path}/rows", at=path).location == path
    assert "Klaar: 1 kandidaat is toegevoegd of gewijzigd." in ada.get(path).text
    assert names(ada.app) == ["Zoë Çelik"]


def test_refused_rows_are_said_and_given_back(ada: Browser) -> None:
    path = rehearsed(ada, MIXED)
    page = ada.get(path).text
    assert "Regel 4" in page
    assert "“=1+1” is geen telefoonnummer." in page
    assert "blijven weg: Wie." in " ".join(page.split())
    answer = ada.get(f"{path}/refused.csv")
    assert answer.mimetype == "text/csv"
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0] == "Kandidaatnummer;Naam;Mobiel;Functie;Intercedent;Reden"
    assert lines[1] == "8;Els;'=1+1;Kok;Wie;“=1+1” is geen telefoonnummer."
    assert lines[2] == ";;;;x;De naam ontbreekt."


def test_what_comes_back_can_be_brought_again(ada: Browser) -> None:
    path = rehearsed(ada, MIXED)
    ada.post(f"{path}/rows", at=path)
    again = send(ada, ada.get(f"{path}/refused.csv").data.replace(b"'=1+1", b"0611111111"))[1]
    ada.post(f"{again}/columns", {"column": [*COLUMNS, ""]}, at=again)
    ada.post(f"{again}/rows", at=again)
    assert names(ada.app) == ["Els", "Piet", "Zoë Çelik"]


def test_leaving_the_page_loses_nothing(ada: Browser) -> None:
    path = brought(ada)
    assert f'href="{path}"' in ada.get(START).text
    assert "nog niets opgeslagen" in ada.get(START).text


def test_the_columns_can_be_changed_and_are_remembered(ada: Browser) -> None:
    path = brought(ada)
    ada.post(f"{path}/columns", {"column": ["", "name", "", "origin", ""]}, at=path)
    assert '<option value="origin" selected' in ada.get(f"{path}?columns=1").text
    assert '<option value="origin" selected' in ada.get(brought(ada)).text


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (["", "", "phone", "", ""], "Geef aan in welke kolom de naam staat"),
        (["name", "name", "phone", "", ""], "Maar één kolom kan “volledige naam” zijn."),
        (["zomaar", "x", "y", "z", "a"], "Geef aan in welke kolom de naam staat"),
        ([], "Geef aan in welke kolom de naam staat"),
    ],
)
def test_unclear_columns_stay_as_chosen(ada: Browser, columns: list[str], sentence: str) -> None:
    path = brought(ada)
    answer = ada.post(f"{path}/columns", {"column": columns}, at=path)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert ('<option value="phone" selected' in answer.text) or "phone" not in columns


@pytest.mark.parametrize("columns", [["name"], ["name", "", "", "", "", "", "phone"]])
def test_another_number_of_columns_is_no_disaster(ada: Browser, columns: list[str]) -> None:
    path = brought(ada)
    assert ada.post(f"{path}/columns", {"column": columns}, at=path).status_code in {303, 422}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Dit bestand is leeg."),
        (b"PK\x03\x04", "Deze werkmap is beschadigd"),
        (b"\xd0\xcf\x11\xe0", "werkmap van het oude soort"),
        (b"%PDF-1.7", "Dit is een pdf."),
        (b"naam\x00", "geen leesbare tekst"),
        (b"Jan;jan@voorbeeld.nl\n", "De eerste rij moet de namen"),
        (b"Naam;Mail\n", "Er staat niemand in dit bestand"),
        (b'Naam\n"Jan\n', "Vanaf regel 2"),
        (b";".join([b"x"] * 300) + b"\n1\n", "Dit bestand heeft 300 kolommen"),
    ],
)
def test_what_cannot_be_read(ada: Browser, content: bytes, sentence: str) -> None:
    status, text = send(ada, content)
    assert (status, sentence in text) == (422, True)
    with ada.app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(CandidateImport))


def test_without_a_file(ada: Browser) -> None:
    assert ada.post(START, {}, at=START).status_code == 422


def test_more_rows_than_fit(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ada.app.config["SETTINGS"], "import_rows", 1)
    assert "meer dan 1 rijen" in send(ada, MIXED.encode())[1]


def test_a_file_over_the_cap_is_413(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ada.app.config, "MAX_CONTENT_LENGTH", 2000)
    assert send(ada, b"Naam\n" + b"Jan\n" * 1000)[0] == 413


def test_it_is_for_those_who_lead(browser: Browser, people: People, ada: Browser) -> None:
    path = brought(ada)
    for person, status in ((people.sanne, 404), (people.ines, 404), (people.lead, 200)):
        assert browser.sign_in(person).get(START).status_code == status
    for person in (people.sanne, people.lead):
        other = browser.sign_in(person)
        for url in (path, f"{path}/refused.csv"):
            assert other.get(url).status_code == 404
        for step in ("columns", "rows", "undo", "removal"):
            assert other.post(f"{path}/{step}", {"column": COLUMNS}, at="/candidates/new").status_code == 404


def test_a_file_is_removed(ada: Browser) -> None:
    path = brought(ada)
    assert ada.post(f"{path}/removal", at=path).location == START
    assert ada.get(path).status_code == 404


def test_a_long_file_is_left_to_the_job(ada: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 0)
    path = brought(ada)
    ada.post(f"{path}/columns", {"column": COLUMNS}, at=path)
    part = ada.get(path, part=True).text
    assert part.lstrip().startswith('<div id="import"')
    assert 'hx-trigger="every 2s"' in part
    assert "Je kunt deze pagina verlaten" in part
    work(ada)
    ada.post(f"{path}/rows", at=path)
    assert names(ada.app) == []
    work(ada)
    assert "Klaar" in ada.get(path).text
    assert names(ada.app) == ["Zoë Çelik"]


def work(browser: Browser) -> None:
    with browser.app.app_context():
        assert imports.work("job", clock.now()) == 1


def test_a_whole_import_is_undone(ada: Browser) -> None:
    path = rehearsed(ada, MIXED)
    ada.post(f"{path}/rows", at=path)
    assert "Import ongedaan maken" in ada.get(path).text
    assert ada.post(f"{path}/undo", at=path).location == path
    assert "2 kandidaten zijn verwijderd" in ada.get(path).text
    assert names(ada.app) == []


def test_refused_rows_of_a_workbook_come_back_as_a_workbook(ada: Browser) -> None:
    content = workbook([["Naam", "Mobiel"], ["Els", "geen"], ["Jan", 612345678]])
    path = send(ada, content, "pool.xlsx")[1]
    ada.post(f"{path}/columns", {"column": ["name", "phone"]}, at=path)
    assert f"{path}/refused.xlsx" in ada.get(path).text
    again = read(ada.get(f"{path}/refused.xlsx").data, 10)
    assert again.header == ["Naam", "Mobiel", "Reden"]
    assert [row.cells for row in again.rows] == [["Els", "geen", "“geen” is geen telefoonnummer."]]
    assert ada.get(f"{path}/refused.pdf").status_code == 404


def test_every_portion_is_a_transaction(real_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written stays when a later portion fails, and going on doubles nobody."""
    monkeypatch.setattr(pace, "MOST", 2)
    with real_app.app_context():
        people = make_people()
    ada = Browser(real_app).sign_in(people.ada)
    text = "Naam;Nr\n" + "".join(f"Kandidaat {number};{number}\n" for number in range(5))
    path = brought(ada, text)
    ada.post(f"{path}/columns", {"column": ["name", "external_id"]}, at=path)
    calls: list[object] = []

    def fails_once(*facts: object) -> None:
        calls.append(facts)
        if len(calls) == 2:
            raise RuntimeError("the power went")
        carry_out(*facts)  # type: ignore[arg-type]

    monkeypatch.setattr("app.domain.candidates.importing.steps.carry_out", fails_once)
    assert ada.post(f"{path}/rows", at=path).status_code == 500
    assert len(names(real_app)) == 2
    assert "2 van 5 rijen" in ada.get(path).text
    assert ada.post(f"{path}/rows", at=path).status_code == 303
    assert names(real_app) == [f"Kandidaat {number}" for number in range(5)]
