"""Files as people bring them: encodings, separators, quotes, and what cannot be read at all."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.candidates.table_file import FORMULA, Fault, Unusable, compose, guarded, opened, read, unguarded

MOST = 100
DUTCH = "sep=;\r\nNaam;Telefoon;Functie\r\nZoë Çelik;612345678;Lasser\r\n"


def fault(content: bytes, most: int = MOST) -> tuple[Fault, int]:
    with pytest.raises(Unusable) as refused:
        read(content, most)
    return refused.value.fault, refused.value.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_that_excel_writes(encoding: str) -> None:
    table = read(DUTCH.encode(encoding), MOST)
    assert table.header == ["Naam", "Telefoon", "Functie"]
    assert [(row.line, row.cells) for row in table.rows] == [(3, ["Zoë Çelik", "612345678", "Lasser"])]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_seen(separator: str) -> None:
    text = f'naam{separator}functie\n"Jan{separator} jr."{separator}"lasser, mig"\n'
    table = read(text.encode(), MOST)
    assert (table.separator, table.rows[0].cells) == (separator, [f"Jan{separator} jr.", "lasser, mig"])


@pytest.mark.parametrize("first", ["sep=,", '"sep=,"', "SEP=,"])
def test_the_separator_is_named(first: str) -> None:
    assert read(f"{first}\nnaam,a;b\njan,1;2\n".encode(), MOST).rows[0].cells == ["jan", "1;2"]


def test_a_tab_is_named() -> None:
    assert read(b"sep=\t\nnaam\tx\njan\t1\n", MOST).header == ["naam", "x"]


def test_one_column_is_enough() -> None:
    assert read(b"naam\njan\n", MOST).rows[0].cells == ["jan"]


def test_lines_within_quotes_stay_together() -> None:
    table = read(b'naam;notitie\njan;"twee\nregels"\n\n;\nels;"een "" teken"\n', MOST)
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["jan", "twee\nregels"]), (6, ["els", 'een " teken'])]


@pytest.mark.parametrize("content", [b"", b"  \r\n ", b";;\n;\n"])
def test_an_empty_file(content: bytes) -> None:
    assert fault(content) == (Fault.EMPTY, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", Fault.BROKEN_WORKBOOK),
        (b"\xd0\xcf\x11\xe0rest", Fault.OLD_WORKBOOK),
        (b"%PDF-1.7", Fault.PDF),
    ],
)
def test_what_is_no_text(content: bytes, said: Fault) -> None:
    assert fault(content) == (said, 0)


@pytest.mark.parametrize("content", [b"naam\x00;x\n", b"naam;\x81\x8d\n", codecs.BOM_UTF16_LE + b"\x00\xd8\x00"])
def test_no_text(content: bytes) -> None:
    assert fault(content) == (Fault.ENCODING, 0)


@pytest.mark.parametrize("first", ["jan@voorbeeld.nl;lasser", "Jan;06-12345678", "Jan;+31612345678"])
def test_without_header(first: str) -> None:
    assert fault(f"{first}\nels;x\n".encode()) == (Fault.NO_HEADER, 0)


def test_without_rows() -> None:
    assert fault(b"naam;telefoon\n") == (Fault.NO_ROWS, 0)


def test_too_many_rows() -> None:
    assert fault(b"naam\n" + b"jan\n" * 4, 3) == (Fault.TOO_MANY_ROWS, 3)
    assert len(read(b"naam\n" + b"jan\n" * 3, 3).rows) == 3


def test_too_many_columns() -> None:
    assert fault(b";".join([b"x"] * 201) + b"\n1\n") == (Fault.TOO_MANY_COLUMNS, 201)


@pytest.mark.parametrize("wrong", ['els;"geen einde\nbram;x\n', 'els;"a"b\n', f'els;"{"x" * 140_000}"\n'])
def test_quotes_that_do_not_match(wrong: str) -> None:
    assert fault(f"naam;notitie\njan;x\n{wrong}".encode()) == (Fault.QUOTES, 3)


def test_a_broken_quote_in_the_first_rows_is_found_as_well() -> None:
    assert fault(b'"naam\njan\n')[0] == Fault.QUOTES


def test_cells_are_written_as_text() -> None:
    content = compose(["naam", "tel"], [["=1+1", "+31612345678"], ["'s Hertog", "'=x"]], ";")
    assert content == "\ufeffnaam;tel\r\n'=1+1;'+31612345678\r\n''s Hertog;''=x\r\n".encode()


@pytest.mark.parametrize("begin", sorted(FORMULA))
def test_what_a_spreadsheet_would_reckon_with_is_text_and_comes_back(begin: str) -> None:
    told = f"{begin}1+1"
    content = compose(["naam", "functie"], [["jan", told]], ";")
    assert f"'{begin}" in content.decode()
    assert read(content, MOST).rows[0].cells == ["jan", told]


@given(st.text())
def test_nothing_is_lost_and_nothing_is_a_formula(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in FORMULA


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(Unusable):
        assert read(content, MOST).rows


def test_mixed_encodings_are_read_line_by_line() -> None:
    table = read(b"naam;plaats\nZo\xeb;Zwolle\nRen\xc3\xa9e;Kampen\n", MOST)
    assert [row.cells[0] for row in table.rows] == ["Zoë", "Renée"]


def test_mac_newlines() -> None:
    assert [row.line for row in read(b"naam;plaats\rJan;Zwolle\rEls;Kampen\r", MOST).rows] == [2, 3]


def test_a_line_without_end_takes_no_memory() -> None:
    assert fault(b"naam;plaats\n" + b"x" * 1_000_001) == (Fault.LONG_LINE, 2)
    assert fault(b'naam;plaats\n"' + b"x" * 40_000 + b'"') == (Fault.LONG_LINE, 0)


def test_a_million_columns() -> None:
    assert fault(b";" * 900_000 + b"x\n") == (Fault.TOO_MANY_COLUMNS, 900_001)


def test_the_separator_that_knows_the_header_wins() -> None:
    table = opened(b"Export, 1 januari, Zwolle\nNaam;Telefoon\nJan;1\n", MOST, {"Naam", "Telefoon"}.__contains__)
    assert (table.header, table.separator) == (["Naam", "Telefoon"], ";")
    assert [row.cells for row in table.rows] == [["Jan", "1"]]


def test_a_table_is_read_as_it_is_asked_for() -> None:
    rows = opened(b"naam;plaats\n" + b"Jan;Zwolle\n" * 10 + b'Els;"x', 10).rows
    assert next(rows).cells == ["Jan", "Zwolle"]
    with pytest.raises(Unusable):
        list(rows)
