"""Rows of a file read as candidates: what each row says of somebody, or why it is refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from app.domain.agency.naming import sort_name, sort_name_of
from app.domain.candidates import identity, label
from app.domain.candidates.address import Channel, Unreachable, normalise
from app.domain.candidates.candidate import MOST_HOURS, MOST_KM
from app.domain.candidates.crm_id import Crm, Improper, proper
from app.domain.candidates.importing import cells
from app.domain.candidates.importing.entry import Agreed, Entry, Reason, Refusal, Refused
from app.domain.candidates.importing.headers import Column, is_header
from app.domain.candidates.label import LabelKind
from app.domain.candidates.table_row import Row

LIMITS = {
    Column.NAME: 160,
    Column.GIVEN_NAME: 80,
    Column.PREFIX: 40,
    Column.FAMILY_NAME: 80,
    Column.ROLE_SOUGHT: 120,
    Column.ASPIRATION: 500,
    Column.REGION: 80,
    Column.ORIGIN: 80,
    Column.EXTERNAL_ID: 120,
}
CHANNELS = {
    Column.PHONE: Channel.PHONE,
    Column.WHATSAPP: Channel.WHATSAPP,
    Column.SMS: Channel.SMS,
    Column.EMAIL: Channel.EMAIL,
    Column.LINKEDIN: Channel.LINKEDIN,
}
CRMS = {Column.HUBSPOT_ID: Crm.HUBSPOT, Column.BULLHORN_ID: Crm.BULLHORN, Column.CARERIX_ID: Crm.CARERIX}
KINDS = {
    Column.SKILLS: LabelKind.SKILL,
    Column.CERTIFICATES: LabelKind.CERTIFICATE,
    Column.TAGS: LabelKind.TAG,
}
OLDEST = 1900
BAD_ADDRESS = {Channel.EMAIL: Reason.BAD_EMAIL, Channel.LINKEDIN: Reason.BAD_LINKEDIN}
Said = Mapping[Column, Sequence[str]]
Meaning = TypeVar("Meaning")


def entries(rows: Iterable[Row], width: int, columns: Sequence[Column], today: date) -> Iterator[Entry | Refusal]:
    """Each row as an entry or a refusal, in their order."""
    for row in rows:
        try:
            yield read(row, columns, width, today)
        except Refused as refused:
            yield Refusal(row.line, refused.reason, refused.about, row.cells)


def read(row: Row, columns: Sequence[Column], width: int, today: date) -> Entry:
    """One row as an entry."""
    _shape(row, width)
    said: dict[Column, list[str]] = {}
    for column, cell in zip(columns, row.cells, strict=False):
        if cell and column:
            said.setdefault(column, []).append(cell)
    facts = _facts(said, today)
    addresses = tuple(dict.fromkeys(_addresses(said)))
    if len(addresses) > identity.MOST:
        raise Refused(Reason.TOO_MANY, str(len(addresses)))
    return Entry(
        line=row.line,
        facts=facts,
        addresses=addresses,
        crm_ids=tuple(_crm_ids(said)),
        owner=_one(said, Column.OWNER),
        preferred=_told(said, Column.PREFERRED, cells.channel_in, Reason.BAD_CHANNEL),
        registered=_past(said, Column.REGISTERED, today),
        labels=_labels(said),
        consent=_consent(said, today),
        cells=row.cells,
    )


def _shape(row: Row, width: int) -> None:
    if len(row.cells) != width:
        raise Refused(Reason.RAGGED, str(len(row.cells)))
    filled = [cell for cell in row.cells if cell]
    if len(filled) > 1 and all(map(is_header, filled)):
        raise Refused(Reason.HEADER)


def _one(said: Said, column: Column) -> str:
    return " ".join(said.get(column, [""])[0].split())


def _told(said: Said, column: Column, reads: Callable[[str], Meaning | None], reason: Reason) -> Meaning | None:
    """What a cell means; None when it is blank."""
    text = _one(said, column)
    found = reads(text) if text else None
    if text and found is None:
        raise Refused(reason, text[:40])
    return found


def _within(limit: int) -> Callable[[str], int | None]:
    def reads(text: str) -> int | None:
        number = cells.number_in(text)
        return number if number is not None and number <= limit else None

    return reads


def _facts(said: Said, today: date) -> dict[str, Any]:
    told: dict[str, Any] = {column: _one(said, column) for column in LIMITS}
    for column, value in told.items():
        if len(value) > LIMITS[Column(column)]:
            raise Refused(Reason.TOO_LONG, value[:40])
    told |= _names(told)
    told |= {
        Column.STAGE: _told(said, Column.STAGE, cells.stage_in, Reason.BAD_STAGE),
        Column.LANGUAGE: _told(said, Column.LANGUAGE, cells.language_in, Reason.BAD_LANGUAGE),
        Column.HOURS_WEEK: _told(said, Column.HOURS_WEEK, _within(MOST_HOURS), Reason.BAD_HOURS),
        Column.TRAVEL_KM: _told(said, Column.TRAVEL_KM, _within(MOST_KM), Reason.BAD_DISTANCE),
        Column.AVAILABLE_FROM: _told(
            said, Column.AVAILABLE_FROM, lambda text: _recent(cells.available_in(text, today)), Reason.BAD_DATE
        ),
    }
    return {str(column): value for column, value in told.items() if value not in (None, "")}


def _names(told: Mapping[str, str]) -> dict[str, str]:
    """The whole name and its place in a list; parts that were told apart stay apart."""
    parts = [told[part] for part in (Column.GIVEN_NAME, Column.PREFIX, Column.FAMILY_NAME)]
    name = told[Column.NAME] or " ".join(filter(None, parts))
    if not name:
        raise Refused(Reason.NO_NAME)
    if len(name) > LIMITS[Column.NAME]:
        raise Refused(Reason.TOO_LONG, name[:40])
    sorted_as = sort_name_of(parts[0], parts[1], parts[2]) if parts[2] else sort_name(name)
    return {Column.NAME: name, "sort_name": sorted_as}


def _recent(day: date | None) -> date | None:
    return day if day and day.year >= OLDEST else None


def _past(said: Said, column: Column, today: date) -> date | None:
    day = _told(said, column, lambda text: _recent(cells.day_in(text)), Reason.BAD_DATE)
    if day and day > today:
        raise Refused(Reason.FUTURE_DATE, _one(said, column)[:40])
    return day


def _consent(said: Said, today: date) -> Agreed | None:
    """A day on which consent was given says that it was, unless another column says that it was not."""
    given = _told(said, Column.CONSENT, cells.truth_in, Reason.BAD_CONSENT)
    on = _past(said, Column.CONSENT_ON, today)
    until = _told(said, Column.CONSENT_UNTIL, lambda text: _recent(cells.day_in(text)), Reason.BAD_DATE)
    if given is None and not on:
        return None
    return Agreed(given is not False, on, until if given is not False else None)


def _labels(said: Said) -> dict[LabelKind, dict[str, date | None]]:
    found: dict[LabelKind, dict[str, date | None]] = {}
    for column, kind in KINDS.items():
        for text in said.get(column, ()):
            try:
                found.setdefault(kind, {}).update(cells.listed(text))
            except ValueError:
                raise Refused(Reason.BAD_LABEL, text[:40]) from None
    for name in (name for names in found.values() for name in names):
        if len(name) > label.LONGEST:
            raise Refused(Reason.TOO_LONG, name[:40])
    if (count := max(map(len, found.values()), default=0)) > label.MOST:
        raise Refused(Reason.TOO_MANY, str(count))
    return found


def _crm_ids(said: Said) -> Iterator[tuple[Crm, str]]:
    for column, crm in CRMS.items():
        for text in said.get(column, ()):
            try:
                yield crm, proper(text, crm)
            except Improper:
                raise Refused(Reason.BAD_CRM_ID, text[:40]) from None


def _addresses(said: Said) -> Iterator[tuple[Channel, str]]:
    for column, channel in CHANNELS.items():
        for text in said.get(column, ()):
            try:
                yield channel, normalise(channel, text)
            except Unreachable:
                raise Refused(BAD_ADDRESS.get(channel, Reason.BAD_PHONE), text[:60]) from None
