"""Cells as people fill them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import MOST_HOURS, MOST_KM
from app.domain.candidates.importing.cells import joined, listed, number_in, truth_in
from app.domain.candidates.importing.entry import Agreed, Entry, Reason, Refusal
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.rows import entries
from app.domain.candidates.label import LabelKind
from app.domain.candidates.table_file import Row

TODAY = date(2026, 1, 5)
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
TIDY = NAMES.map(lambda name: " ".join(name.split())).filter(bool)


def read(*cells: tuple[Column, str]) -> Entry | Refusal:
    columns = [Column.NAME, *(column for column, _ in cells)]
    (one,) = entries([Row(2, ["Jan", *(cell for _, cell in cells)])], len(columns), columns, TODAY)
    return one


def entry(*cells: tuple[Column, str]) -> Entry:
    one = read(*cells)
    assert isinstance(one, Entry)
    return one


@given(st.dictionaries(TIDY, st.none() | st.dates(min_value=date(1900, 1, 1)), max_size=4))
def test_a_list_is_read_as_it_was_written(told: dict[str, date | None]) -> None:
    assert listed(joined(told)) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("heftruck, lassen|VCA", {"heftruck": None, "lassen": None, "VCA": None}),
        ("VCA (tot 31-12-2027); BHV until 2027-01-01", {"VCA": date(2027, 12, 31), "BHV": date(2027, 1, 1)}),
        ("Rijbewijs B tot 3500 kg", {"Rijbewijs B tot 3500 kg": None}),
        ('5" pijp; ;', {'5" pijp': None}),
    ],
)
def test_lists(text: str, told: dict[str, date | None]) -> None:
    assert listed(text) == told


@pytest.mark.parametrize(
    ("text", "number"), [("32", 32), ("32 uur", 32), ("24-32", 32), ("32,00", 32), ("veel", None), ("100000", None)]
)
def test_numbers(text: str, number: int | None) -> None:
    assert number_in(text) == number


def test_what_a_row_says_more() -> None:
    said = entry(
        (Column.ASPIRATION, "Voorman worden"),
        (Column.TRAVEL_KM, "30 km"),
        (Column.HOURS_WEEK, "32"),
        (Column.AVAILABLE_FROM, "per direct"),
        (Column.LANGUAGE, "Engels"),
        (Column.SMS, "0612345678"),
    )
    assert {name: said.facts[name] for name in said.facts if name not in {"name", "sort_name"}} == {
        "aspiration": "Voorman worden", "travel_km": 30, "hours_week": 32, "available_from": TODAY, "language": "en",
    }  # fmt: skip
    assert said.addresses == ((Channel.SMS, "+31612345678"),)


def test_several_columns_of_labels() -> None:
    said = entry((Column.SKILLS, "lassen"), (Column.SKILLS, "zagen"), (Column.CERTIFICATES, "VCA tot 31-12-2027"))
    assert said.labels == {
        LabelKind.SKILL: {"lassen": None, "zagen": None},
        LabelKind.CERTIFICATE: {"VCA": date(2027, 12, 31)},
    }


@pytest.mark.parametrize(
    ("cells", "agreed"),
    [
        ([(Column.CONSENT, "ja")], Agreed(given=True)),
        ([(Column.CONSENT_ON, "01-12-2025")], Agreed(given=True, on=date(2025, 12, 1))),
        ([(Column.CONSENT, "nee"), (Column.CONSENT_UNTIL, "01-12-2026")], Agreed(given=False)),
        ([(Column.CONSENT_UNTIL, "01-12-2026")], None),
    ],
)
def test_consent(cells: list[tuple[Column, str]], agreed: Agreed | None) -> None:
    assert entry(*cells).consent == agreed


def test_as_much_as_the_form_takes() -> None:
    told = entry((Column.HOURS_WEEK, str(MOST_HOURS)), (Column.TRAVEL_KM, str(MOST_KM))).facts
    assert (told["hours_week"], told["travel_km"]) == (MOST_HOURS, MOST_KM)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (Column.HOURS_WEEK, "169", Reason.BAD_HOURS),
        (Column.TRAVEL_KM, "1001", Reason.BAD_DISTANCE),
        (Column.TRAVEL_KM, "ver", Reason.BAD_DISTANCE),
        (Column.LANGUAGE, "Pools", Reason.BAD_LANGUAGE),
        (Column.AVAILABLE_FROM, "ooit", Reason.BAD_DATE),
        (Column.CONSENT, "misschien", Reason.BAD_CONSENT),
        (Column.CERTIFICATES, '"VCA" ooit', Reason.BAD_LABEL),
        (Column.SKILLS, "x" * 61, Reason.TOO_LONG),
        (Column.SKILLS, ";".join(map(str, range(51))), Reason.TOO_MANY),
    ],
)
def test_what_cannot_be_read(column: Column, cell: str, reason: Reason) -> None:
    one = read((column, cell))
    assert isinstance(one, Refusal)
    assert one.reason == reason


def test_too_many_addresses() -> None:
    cells = [(Column.PHONE, f"06{10_000_000 + number}") for number in range(21)]
    assert read(*cells) == Refusal(2, Reason.TOO_MANY, "21", ["Jan", *(cell for _, cell in cells)])


def test_parts_too_long_together() -> None:
    columns = [Column.GIVEN_NAME, Column.PREFIX, Column.FAMILY_NAME]
    (one,) = entries([Row(2, ["x" * 80, "y", "z" * 80])], 3, columns, TODAY)
    assert isinstance(one, Refusal)
    assert one.reason == Reason.TOO_LONG


def test_a_second_header_is_nobody() -> None:
    columns = [Column.NAME, Column.PHONE]
    (one,) = entries([Row(2, ["Name", "Phone"])], 2, columns, TODAY)
    assert one == Refusal(2, Reason.HEADER, cells=["Name", "Phone"])


def test_truths() -> None:
    assert [truth_in(text) for text in ("Ja", "FALSE", "1", "?")] == [True, False, True, None]
