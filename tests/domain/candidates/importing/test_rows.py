"""What columns and rows of a file say, and why a row is refused."""

from datetime import date

import pytest

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Stage
from app.domain.candidates.importing.cells import day_in
from app.domain.candidates.importing.columns import Guess, Sure, guess
from app.domain.candidates.importing.entry import Entry, Reason, Refusal
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.rows import entries
from app.domain.candidates.importing.twice import once
from app.domain.candidates.table_file import Row

TODAY = date(2026, 1, 5)
DUTCH = ["Kandidaatnummer", "Naam", "Mobiel", "E-mailadres", "Functie", "Plaats", "Fase", "Intercedent", "Bron"]
HUBSPOT = ["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Create Date"]


def columns(header: list[str], *rows: list[str]) -> list[Column]:
    return [each.column for each in guess(header, rows)]


def read(column: Column, cell: str) -> Entry | Refusal:
    (one,) = entries([Row(2, ["Jan", cell])], 2, [Column.NAME, column], TODAY)
    return one


def entry(column: Column, cell: str) -> Entry:
    one = read(column, cell)
    assert isinstance(one, Entry)
    return one


def refused(column: Column, cell: str) -> tuple[Reason, str]:
    one = read(column, cell)
    assert isinstance(one, Refusal)
    return one.reason, one.about


def test_dutch_headers() -> None:
    assert [str(each) for each in columns(DUTCH)] == [
        "external_id", "name", "phone", "email", "role_sought", "region", "stage", "owner", "origin",
    ]  # fmt: skip


def test_english_headers() -> None:
    assert [str(each) for each in columns(HUBSPOT)] == [
        "external_id", "given_name", "family_name", "email", "phone", "owner", "registered",
    ]  # fmt: skip


def test_an_unknown_header_is_told_by_what_is_in_it() -> None:
    found = guess(["Contact 1", "Contact 2"], [["jan@voorbeeld.nl", "612345678"], ["els@voorbeeld.nl", ""]])
    assert found == [Guess(Column.EMAIL, Sure.LIKELY), Guess(Column.PHONE, Sure.LIKELY)]


def test_part_of_a_header_is_a_likely_guess() -> None:
    assert guess(["Telefoon (van moeder)"], [["onbekend"]]) == [Guess(Column.PHONE, Sure.LIKELY)]
    assert guess(["Opmerkingen"], [["belt graag terug"]]) == [Guess(Column.IGNORED, Sure.NO)]


def test_a_status_that_is_no_stage_is_left_out() -> None:
    assert columns(["Naam", "Status"], ["Jan", "gebeld op maandag"]) == [Column.NAME, Column.IGNORED]
    assert columns(["Naam", "Status"], ["Jan", "Warmhouden"]) == [Column.NAME, Column.STAGE]


def test_only_numbers_and_mail_are_guessed_twice() -> None:
    assert columns(["Naam", "Kandidaat", "Telefoon", "Mobiel"]) == [
        Column.NAME, Column.IGNORED, Column.PHONE, Column.PHONE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-12-2025", date(2025, 12, 31)),
        ("1/2/2025", date(2025, 2, 1)),
        ("2025-12-31", date(2025, 12, 31)),
        ("31-12-2025 14:30", date(2025, 12, 31)),
        ("2025-12-31T14:30:00Z", date(2025, 12, 31)),
        ("31-02-2025", None),
        ("gisteren", None),
        ("12-31-25", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert day_in(text) == day


def test_a_row_says_who_somebody_is() -> None:
    header = [Column.GIVEN_NAME, Column.PREFIX, Column.FAMILY_NAME, Column.PHONE, Column.PHONE, Column.STAGE]
    (one,) = entries([Row(2, ["Jan", "van der", " Berg ", "0612345678", "038-4251234", "boeien"])], 6, header, TODAY)
    assert isinstance(one, Entry)
    assert one.facts == {
        "name": "Jan van der Berg", "given_name": "Jan", "prefix": "van der", "family_name": "Berg",
        "stage": Stage.ENGAGE, "sort_name": "berg, jan van der",
    }  # fmt: skip
    assert one.addresses == ((Channel.PHONE, "+31612345678"), (Channel.PHONE, "+31384251234"))


def test_what_can_be_read() -> None:
    assert entry(Column.PREFERRED, "App").preferred == Channel.WHATSAPP
    assert entry(Column.REGISTERED, "31-12-2025").registered == date(2025, 12, 31)
    assert entry(Column.OWNER, "Sanne  de Vries").owner == "Sanne de Vries"
    assert entry(Column.EXTERNAL_ID, "7").keys == {"id 7"}
    assert entry(Column.EMAIL, "Jan@Voorbeeld.nl").keys == {"jan@voorbeeld.nl"}
    assert entry(Column.LINKEDIN, "linkedin.com/in/jan").keys == set()


def test_a_blank_cell_says_nothing() -> None:
    assert entry(Column.ROLE_SOUGHT, "").facts == {"name": "Jan", "sort_name": "jan"}


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (Column.PHONE, "geen", Reason.BAD_PHONE),
        (Column.WHATSAPP, "12", Reason.BAD_PHONE),
        (Column.EMAIL, "jan@", Reason.BAD_EMAIL),
        (Column.LINKEDIN, "jan", Reason.BAD_LINKEDIN),
        (Column.STAGE, "ooit", Reason.BAD_STAGE),
        (Column.PREFERRED, "postduif", Reason.BAD_CHANNEL),
        (Column.REGISTERED, "31-02-2025", Reason.BAD_DATE),
        (Column.REGISTERED, "01-01-0001", Reason.BAD_DATE),
        (Column.REGISTERED, "06-01-2026", Reason.FUTURE_DATE),
    ],
)
def test_what_cannot_be_read(column: Column, cell: str, reason: Reason) -> None:
    assert refused(column, cell) == (reason, cell)


def test_what_is_too_long() -> None:
    assert refused(Column.REGION, "x" * 81) == (Reason.TOO_LONG, "x" * 40)


def test_without_name() -> None:
    assert list(entries([Row(2, [" ", "x"])], 2, [Column.NAME, Column.REGION], TODAY)) == [
        Refusal(2, Reason.NO_NAME, cells=[" ", "x"])
    ]


@pytest.mark.parametrize("cells", [["Jan"], ["Jan", "x", "y"]])
def test_a_row_of_another_length(cells: list[str]) -> None:
    found = list(entries([Row(2, cells)], 2, [Column.NAME, Column.REGION], TODAY))
    assert found == [Refusal(2, Reason.RAGGED, str(len(cells)), cells)]


def test_the_same_person_counts_once() -> None:
    rows = [Row(2, ["Jan", "0612345678"]), Row(3, ["Els", "0687654321"]), Row(4, ["J. Bos", "+31 6 12345678"])]
    found = list(once(entries(rows, 2, [Column.NAME, Column.PHONE], TODAY)))
    assert found[2] == Refusal(4, Reason.TWICE, "2", rows[2].cells)
    assert [type(each) for each in found[:2]] == [Entry, Entry]


def kept(*rows: str) -> list[int]:
    """The lines that stay of rows that say a number of the own system and a phone number."""
    columns = [Column.EXTERNAL_ID, Column.NAME, Column.PHONE]
    cells = [Row(line, [row[:1].strip(), "Jan", row[1:]]) for line, row in enumerate(rows, 2)]
    return [each.line for each in once(entries(cells, 3, columns, TODAY)) if isinstance(each, Entry)]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (["10612345678", "20612345678", "30612345678"], [2, 3, 4]),
        (["10612345678", "10687654321"], [2]),
        (["10612345678", " 0612345678"], [2]),
        ([" 0612345678", "10612345678"], [2]),
        (["10612345678", "20612345678", " 0612345678"], [2, 3]),
    ],
)
def test_two_numbers_of_the_own_system_are_two_people(rows: list[str], lines: list[int]) -> None:
    assert kept(*rows) == lines
