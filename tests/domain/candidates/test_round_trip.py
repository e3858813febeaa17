"""Export and import: whatever a file of ours tells, the import reads the same from it, over ten thousand candidates."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app import clock
from app.domain.candidates import table_file
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import MOST_HOURS, MOST_KM, Facts, Stage
from app.domain.candidates.consent import Consent, ConsentPurpose
from app.domain.candidates.exporting import Format, written
from app.domain.candidates.exporting_columns import COLUMNS, REPEATED
from app.domain.candidates.exporting_lines import Line, Widths, Wording, cells, header
from app.domain.candidates.importing import rows as importing_rows
from app.domain.candidates.importing.columns import Sure, guess
from app.domain.candidates.importing.entry import Agreed, Entry
from app.domain.candidates.importing.headers import is_header
from app.domain.candidates.label import LONGEST, LabelKind, Told, folded_name
from app.language import in_language
from app.web.forms import trimmed
from app.words.exporting import wording
from tests.conftest import make_app

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 20)
FILES = 4
"""CSV and workbook, in Dutch and in English."""
EXAMPLES = 25
ROWS_AT_ONCE = 100
LIMITS = dict.fromkeys(("given_name", "family_name", "region", "origin"), 80)
LIMITS |= {"external_id": 120, "name": 160, "prefix": 40, "role_sought": 120, "aspiration": 500}
ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=8)
TRICKY = st.text("=+-@'\"\t\r\n;,|&< >_x07Bétot31\u0130\u0131\u0663\u2013", max_size=12)
DAYS = st.dates(date(1900, 1, 2), date(2199, 12, 31))
NUMBERS = ["+31201234567", "+32470123456", "+4915112345678", "+447911123456"]
STAGES = [str(stage) for stage in Stage]
CHANNELS = [str(channel) for channel in Channel if channel != Channel.IN_APP]


class Material(NamedTuple):
    """What the rows of a file are put together from, by a die that is thrown the same for the same seed."""

    texts: list[str]
    days: list[date]
    seed: int


typed = st.one_of(TRICKY, ANY).map(trimmed).filter(lambda text: not is_header(text))
materials = st.builds(
    Material,
    st.lists(typed.filter(folded_name), min_size=10, max_size=30),
    st.lists(DAYS, min_size=3, max_size=9),
    st.integers(0, 2**31),
)


def lines_of(material: Material) -> list[Line]:
    die = Random(material.seed)
    return [_line(material, die) for _ in range(ROWS_AT_ONCE)]


def _line(material: Material, die: Random) -> Line:
    told = {name: _text(material, die)[:longest].strip() for name, longest in LIMITS.items()}
    facts = told | {
        "name": told["name"] or "Jan",
        "travel_km": die.choice([None, 0, die.randint(0, MOST_KM)]),
        "hours_week": die.choice([None, 0, die.randint(0, MOST_HOURS)]),
        "available_from": die.choice([None, *material.days]),
        "registered_at": _past(material, die),
        "stage": die.choice(STAGES),
        "language": die.choice([None, "nl", "en"]),
        "owner": die.choice(["", "sanne@voorbeeld.nl"]),
    }
    addresses = {name: sorted({_address(name, die) for _ in range(die.randint(0, 2))}) for name in ADDRESSES}
    return Line(facts, addresses, _labels(material, die), die.choice([None, *CHANNELS]), _consent(material, die))


def _text(material: Material, die: Random) -> str:
    """Nothing, one of the texts, or several beside each other."""
    return trimmed("".join(die.choices(material.texts, k=die.choice([0, 1, 1, 3]))))


def _past(material: Material, die: Random) -> datetime:
    return clock.wall(min(die.choice(material.days), TODAY), die.randint(0, 1439), ZONE)


def _number(die: Random) -> str:
    return die.choice([f"+316{die.randint(10_000_000, 59_999_999)}", *NUMBERS])


ADDRESSES: Mapping[str, Callable[[Random], str]] = {
    "phone": _number,
    "whatsapp": lambda die: die.choice([_number(die), f"@pieter{die.randint(0, 999)}"]),
    "sms": _number,
    "email": lambda die: f"jan{die.randint(0, 999)}@voorbeeld.nl",
    "linkedin": lambda die: f"https://www.linkedin.com/in/jan-{die.randint(0, 999)}",
}


def _address(channel: str, die: Random) -> str:
    return ADDRESSES[channel](die)


def _labels(material: Material, die: Random) -> list[Told]:
    found: dict[tuple[LabelKind, str], Told] = {}
    for kind in die.choices(list(LabelKind), k=die.randint(0, 4)):
        name = die.choice(material.texts)[:LONGEST].strip()
        found.setdefault((kind, folded_name(name)), Told(kind, name, die.choice([None, *material.days])))
    return list(found.values())


def _consent(material: Material, die: Random) -> Consent | None:
    given, at = die.choice([True, False]), _past(material, die)
    until = at + timedelta(days=365) if given and die.choice([True, False]) else None
    row = Consent(candidate_id=1, purpose=ConsentPurpose.POOL, given=given, via="form", at=at, until=until)
    return die.choice([None, row])


def expected(line: Line) -> Entry:
    """What the import has to read from a line."""
    told = {name: value for name, value in line.facts.items() if value not in (None, "")}
    known = Facts(told["name"], **{part: told.get(part, "") for part in ("given_name", "prefix", "family_name")})
    registered = clock.local_day(told.pop("registered_at"), ZONE)
    owner = told.pop("owner", "")
    return Entry(
        line=0,
        facts=told | {"sort_name": known.sort_name},
        addresses=tuple((Channel(name), each) for name in ADDRESSES for each in line.addresses[name]),
        owner=owner,
        preferred=Channel(line.preferred) if line.preferred else None,
        registered=registered,
        labels=_by_kind(line.labels),
        consent=_agreed(line.consent),
    )


def _by_kind(told: Sequence[Told]) -> Mapping[LabelKind, Mapping[str, date | None]]:
    kinds = {each.kind: None for each in told}
    return {kind: {each.name: each.until for each in told if each.kind == kind} for kind in kinds}


def _agreed(row: Consent | None) -> Agreed | None:
    if row is None:
        return None
    until = clock.local_day(row.until, ZONE) if row.until else None
    return Agreed(row.given, clock.local_day(row.at, ZONE), until)


def comparable(entry: Entry) -> dict[str, Any]:
    names = ("facts", "addresses", "owner", "preferred", "registered", "consent")
    return {name: getattr(entry, name) for name in names} | {"labels": {k: dict(v) for k, v in entry.labels.items()}}


def wide(known: Sequence[Line]) -> Widths:
    return {name: max(1, *(len(line.addresses[name]) for line in known)) for name in REPEATED}


def read_back(content: bytes) -> Iterator[Entry]:
    """As the import does it, without a touch of the mapping."""
    table = table_file.read(content, ROWS_AT_ONCE)
    guesses = guess(table.header, [row.cells for row in table.rows])
    assert {each.sure for each in guesses} == {Sure.CERTAIN}
    columns = [each.column for each in guesses]
    for row in table.rows:
        yield importing_rows.read(row, columns, len(table.header), TODAY)


@pytest.fixture(scope="module", params=["nl", "en"])
def worded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Wording:
    app = make_app(tmp_path_factory.mktemp("worded"))
    with app.test_request_context(), in_language(request.param):
        return wording(ZONE)


@pytest.mark.slow
@pytest.mark.parametrize("format_", Format)
def test_what_is_written_is_read(worded: Wording, format_: Format) -> None:
    seen = 0

    @settings(max_examples=EXAMPLES, phases=(Phase.generate,), report_multiple_bugs=False)
    @given(material=materials)
    def check(material: Material) -> None:
        nonlocal seen
        known = lines_of(material)
        widths = wide(known)
        content = written(format_, header(widths, worded), (cells(line, widths, worded) for line in known))
        for entry, line in zip(read_back(content), known, strict=True):
            assert comparable(entry) == comparable(expected(line))
        seen += len(known)

    check()
    assert seen * FILES >= 10_000


def test_every_column_has_a_name_of_its_own(worded: Wording) -> None:
    assert len({worded.headers[column] for column in COLUMNS}) == len(COLUMNS)
