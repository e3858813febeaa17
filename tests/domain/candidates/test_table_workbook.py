"""Workbooks as people bring them, and as nobody should."""

import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.candidates import table_workbook, workbook_sheet
from app.domain.candidates.importing.headers import is_header
from app.domain.candidates.table_file import Fault, Unusable, opened, read, write_workbook
from tests.importing import workbook

MOST = 100
HEADER = ["Naam", "Mobiel", "Ingeschreven"]
SHEET = "xl/worksheets/sheet1.xml"


def rows(content: bytes) -> list[list[str]]:
    return [row.cells for row in opened(content, MOST, is_header).rows]


def fault(content: bytes) -> Fault:
    with pytest.raises(Unusable) as refused:
        list(opened(content, MOST, is_header).rows)
    return refused.value.fault


def changed(content: bytes, path: str, part: bytes, *, drop: bool = False) -> bytes:
    """The workbook with another part in the place of one of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != path:
                new.writestr(name, old.read(name))
        if not drop:
            new.writestr(path, part)
    return out.getvalue()


def sheet(xml: str) -> bytes:
    return changed(workbook([HEADER, ["Jan", "x", "y"]]), SHEET, xml.encode())


def test_numbers_days_and_truths_are_read_as_they_are_shown() -> None:
    day = datetime(2026, 12, 31, tzinfo=UTC).replace(tzinfo=None)
    content = workbook([HEADER, ["Jan", 612345678, day], ["Els", 1.5, True], ["Piet", "", False]])
    assert rows(content) == [
        ["Jan", "612345678", "31-12-2026"], ["Els", "1.5", "ja"], ["Piet", "", "nee"],
    ]  # fmt: skip


def test_lines_are_those_of_the_spreadsheet() -> None:
    found = read(workbook([HEADER, [], ["Jan", "1", "2"]]), MOST)
    assert [(row.line, row.cells) for row in found.rows] == [(3, ["Jan", "1", "2"])]


def test_formulas_stay_text() -> None:
    content = write_workbook(HEADER, [["=1+1", "+31612345678", "@x"]])
    assert rows(content) == [["=1+1", "+31612345678", "@x"]]


def test_the_sheet_with_the_people_is_read() -> None:
    content = workbook(
        [["Toelichting"], ["Dit is een export"]], [HEADER, ["Jan", "1", "2"]], [HEADER, ["Els"]], hidden=[2]
    )
    assert rows(content) == [["Jan", "1", "2"]]


def test_titles_above_the_header_are_passed_over() -> None:
    content = workbook([["Export kandidaten"], ["1 januari 2026"], HEADER, ["Jan", "1", "2"]])
    assert opened(content, MOST, is_header).header == HEADER
    assert rows(content) == [["Jan", "1", "2"]]


def test_days_since_1904_and_names_with_a_prefix() -> None:
    content = workbook([["Naam"], ["Jan"]])
    book = (
        '<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="1"/>'
        '<x:sheets><x:sheet name="A" r:id="rId1"/></x:sheets></x:workbook>'
    )
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm"/></numFmts>'
        '<cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    cells = (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Naam</x:t></x:is></x:c></x:row>'
        '<x:row><x:c s="0"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c>'
        '<x:c t="str"><x:v>a_x000D_b</x:v></x:c></x:row>'
        '<x:row><x:c s="0"><x:v>99999999</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    for path, part in (("xl/workbook.xml", book), ("xl/styles.xml", styles), (SHEET, cells)):
        content = changed(content, path, part.encode())
    assert rows(content) == [["02-01-1904", "", "a b"], ["99999999"]]


def test_phonetic_helps_are_no_part_of_a_name() -> None:
    shared = "<sst><si><t>Naam</t></si><si><r><t>Ja</t></r><r><t>n</t></r><rPh><t>hulp</t></rPh></si></sst>"
    assert rows(changed(workbook([["Naam"], ["Jan"]]), "xl/sharedStrings.xml", shared.encode())) == [["Jan"]]


@pytest.mark.parametrize("path", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_missing(path: str) -> None:
    assert fault(changed(workbook([HEADER, ["Jan"]]), path, b"", drop=True)) == Fault.BROKEN_WORKBOOK


def test_a_workbook_without_a_sheet_or_rows() -> None:
    assert fault(workbook([])) == Fault.EMPTY
    assert fault(changed(workbook([HEADER]), SHEET, b"", drop=True)) == Fault.EMPTY


@pytest.mark.parametrize(
    "xml",
    [
        "<worksheet><sheetData><row>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>',
        '<worksheet><sheetData><row r="x"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>999</v></c></row></sheetData></worksheet>',
    ],
)
def test_what_is_no_sheet(xml: str) -> None:
    assert fault(sheet(xml)) == Fault.BROKEN_WORKBOOK


def test_a_million_columns() -> None:
    cells = '<c r="A1" t="str"><v>Naam</v></c><c r="XFD1"><v>1</v></c>'
    far = f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    assert fault(sheet(far)) == Fault.TOO_MANY_COLUMNS
    assert fault(workbook([["x"] * 300, ["Jan"]])) == Fault.TOO_MANY_COLUMNS


def test_a_cell_without_an_end() -> None:
    xml = f'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row></sheetData></worksheet>'
    assert fault(sheet(xml)) == Fault.LONG_LINE


def test_a_bomb_is_refused_by_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_workbook, "MOST_BYTES", 100_000)
    assert fault(sheet("<worksheet>" + " " * 200_000 + "</worksheet>")) == Fault.TOO_LARGE


def test_a_small_file_that_unpacks_to_very_much() -> None:
    assert fault(sheet("<worksheet>" + "<row/>" * 10_000_000 + "</worksheet>")) == Fault.TOO_LARGE


def test_parts_that_are_small_by_nature_are_no_bombs_either() -> None:
    styles = b"<s><cellXfs>" + b"<xf/>" * 2_100_000 + b"</cellXfs></s>"
    assert fault(changed(workbook([HEADER]), "xl/styles.xml", styles)) == Fault.TOO_LARGE


@pytest.mark.parametrize("xml", ["<!--{}-->", "<row r='{}'/>", "<{}/>"])
def test_a_tag_or_a_remark_without_an_end(xml: str) -> None:
    assert fault(sheet("<worksheet>" + xml.format("x" * 3_000_000) + "</worksheet>")) == Fault.BROKEN_WORKBOOK


def test_tags_within_tags_without_end() -> None:
    deep = "<a>" * 200 + "</a>" * 200
    assert fault(sheet(f"<worksheet>{deep}<row><c><v>1</v></c></row></worksheet>")) == Fault.BROKEN_WORKBOOK


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", SHEET])
def test_a_cell_is_given_up_while_it_is_read(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "LONGEST_TEXT", 1_000)
    tree = "<sst><si><t>{0}</t></si></sst>" if part != SHEET else '<w><c t="inlineStr"><is><t>{0}</t></is></c></w>'
    assert fault(changed(workbook([HEADER]), part, tree.format(" " * 2_000).encode())) == Fault.LONG_LINE


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_methods_that_choose_their_own_memory_are_refused(method: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([HEADER]))) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert fault(out.getvalue()) == Fault.BROKEN_WORKBOOK


def test_a_bomb_that_lies_about_its_size_is_read_no_further() -> None:
    content = sheet("<worksheet>" + " " * 5_000_000 + "</worksheet>")
    true = (5_000_000 + len("<worksheet></worksheet>")).to_bytes(4, "little")
    assert content.count(true) == 2
    assert fault(content.replace(true, (100).to_bytes(4, "little"))) == Fault.BROKEN_WORKBOOK


def test_too_much_shared_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "MOST_TEXT", 3)
    assert fault(workbook([["Naam"], ["Jan"]])) == Fault.TOO_LARGE


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_workbook, "MOST_PARTS", 3)
    assert fault(workbook([HEADER])) == Fault.TOO_LARGE


def test_damage_anywhere_is_refused_with_words() -> None:
    content = workbook([HEADER, *([f"Jan {number}", "x", "y"] for number in range(50))])
    for at in range(0, len(content), 97):
        with suppress(Unusable):
            rows(content[:at] + b"\xff\xff\xff" + content[at + 3 :])


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), min_size=2, max_size=2),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_is_read(cells: list[list[str]]) -> None:
    told = [[" ".join(cell.split()) for cell in row] for row in cells]
    found = rows(write_workbook(["Naam", "Functie"], told))
    assert [[*row, *[""] * (2 - len(row))] for row in found] == [row for row in told if any(row)]
