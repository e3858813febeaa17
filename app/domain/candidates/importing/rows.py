"""Rows of a file read as candidates: what each row says of somebody, or why it is refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.agency.naming import sort_name
from app.domain.candidates.address import Channel, Unreachable, normalise
from app.domain.candidates.candidate import Stage
from app.domain.candidates.importing.cells import channel_in, day_in, stage_in
from app.domain.candidates.importing.columns import Column
from app.domain.candidates.table_file import Row

LIMITS = {
    Column.NAME: 160,
    Column.GIVEN_NAME: 80,
    Column.ROLE_SOUGHT: 120,
    Column.REGION: 80,
    Column.ORIGIN: 80,
    Column.EXTERNAL_ID: 120,
}
CHANNELS = {
    Column.PHONE: Channel.PHONE,
    Column.WHATSAPP: Channel.WHATSAPP,
    Column.EMAIL: Channel.EMAIL,
    Column.LINKEDIN: Channel.LINKEDIN,
}
OLDEST = 1900


class Reason(StrEnum):
    """Why a row is refused; the value that goes with it says what it is about."""

    RAGGED = "ragged"
    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_LINKEDIN = "bad_linkedin"
    BAD_STAGE = "bad_stage"
    BAD_CHANNEL = "bad_channel"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    TWICE = "twice"
    TWO_PEOPLE = "two_people"
    OTHER_ID = "other_id"
    ELSEWHERE = "elsewhere"


BAD_ADDRESS = {Channel.EMAIL: Reason.BAD_EMAIL, Channel.LINKEDIN: Reason.BAD_LINKEDIN}


@dataclass(frozen=True, slots=True)
class Refusal:
    line: int
    reason: Reason
    about: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says; a blank cell says nothing, so it never wipes what is known."""

    line: int
    facts: Mapping[str, str]
    addresses: tuple[tuple[Channel, str], ...] = ()
    owner: str = ""
    preferred: Channel | None = None
    registered: date | None = None
    keys: frozenset[str] = field(default_factory=frozenset)


class _Refused(ValueError):  # noqa: N818 - it carries a refusal out of a cell
    def __init__(self, reason: Reason, about: str = "") -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about


def entries(rows: Sequence[Row], width: int, columns: Sequence[Column], today: date) -> Iterator[Entry | Refusal]:
    """Each row as an entry or a refusal, in order; who is in the file twice counts the first time."""
    seen: dict[str, int] = {}
    for row in rows:
        try:
            entry = read(row, columns, width, today)
        except _Refused as refused:
            yield Refusal(row.line, refused.reason, refused.about)
            continue
        first = min((seen[key] for key in entry.keys if key in seen), default=None)
        if first is not None:
            yield Refusal(row.line, Reason.TWICE, str(first))
            continue
        seen |= dict.fromkeys(entry.keys, row.line)
        yield entry


def read(row: Row, columns: Sequence[Column], width: int, today: date) -> Entry:
    """One row as an entry."""
    if len(row.cells) != width:
        raise _Refused(Reason.RAGGED, str(len(row.cells)))
    cells: dict[Column, list[str]] = {}
    for column, cell in zip(columns, row.cells, strict=False):
        if cell and column:
            cells.setdefault(column, []).append(cell)
    facts = _facts(cells)
    addresses = tuple(dict.fromkeys(_addresses(cells)))
    return Entry(
        line=row.line,
        facts=facts,
        addresses=addresses,
        owner=_one(cells, Column.OWNER),
        preferred=_preferred(_one(cells, Column.PREFERRED)),
        registered=_registered(_one(cells, Column.REGISTERED), today),
        keys=_keys(facts, addresses),
    )


def _one(cells: Mapping[Column, list[str]], column: Column) -> str:
    return " ".join(cells.get(column, [""])[0].split())


def _facts(cells: Mapping[Column, list[str]]) -> dict[str, str]:
    name = _one(cells, Column.NAME) or " ".join(
        filter(None, (_one(cells, part) for part in (Column.GIVEN_NAME, Column.PREFIX, Column.FAMILY_NAME)))
    )
    if not name:
        raise _Refused(Reason.NO_NAME)
    facts = {Column.NAME: name} | {column: _one(cells, column) for column in LIMITS if column != Column.NAME}
    for column, value in facts.items():
        if len(value) > LIMITS[column]:
            raise _Refused(Reason.TOO_LONG, value[:40])
    told = {str(column): value for column, value in facts.items() if value}
    return told | _stage(_one(cells, Column.STAGE)) | {"sort_name": sort_name(name)}


def _stage(text: str) -> dict[str, str]:
    stage = stage_in(text)
    if text and stage is None:
        raise _Refused(Reason.BAD_STAGE, text[:40])
    return {"stage": Stage(stage)} if stage else {}


def _preferred(text: str) -> Channel | None:
    channel = channel_in(text)
    if text and channel is None:
        raise _Refused(Reason.BAD_CHANNEL, text[:40])
    return channel


def _registered(text: str, today: date) -> date | None:
    day = day_in(text)
    if text and (day is None or day.year < OLDEST):
        raise _Refused(Reason.BAD_DATE, text[:40])
    if day and day > today:
        raise _Refused(Reason.FUTURE_DATE, text[:40])
    return day


def _addresses(cells: Mapping[Column, list[str]]) -> Iterator[tuple[Channel, str]]:
    for column, channel in CHANNELS.items():
        for text in cells.get(column, ()):
            try:
                yield channel, normalise(channel, text)
            except Unreachable:
                raise _Refused(BAD_ADDRESS.get(channel, Reason.BAD_PHONE), text[:60]) from None


def _keys(facts: Mapping[str, str], addresses: Sequence[tuple[Channel, str]]) -> frozenset[str]:
    """By what a person is known again: the external id, mail addresses and numbers."""
    external = facts.get(Column.EXTERNAL_ID)
    keys = {address for channel, address in addresses if channel != Channel.LINKEDIN}
    return frozenset(keys | ({f"id {external}"} if external else set()))
