"""What somebody is known by, to find them where no row points: in cells of files, and in a restored copy."""

import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.domain.candidates.address import NUMBERED
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm, CrmId, Improper, proper
from app.domain.candidates.folding import fold
from app.domain.candidates.identity import Identity
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.rows import CRMS

NO_DIGIT = re.compile(r"\D")
BETWEEN = re.compile(r"[\s;,|/<>]+")
TAIL = 9
"""So many last digits of a number are the same however its country is written."""
NUMBERS: Mapping[Column, Crm | None] = MappingProxyType({Column.EXTERNAL_ID: None, **CRMS})
"""Whose numbers a column holds; None: those of the agency's own system."""


class KnownBy(NamedTuple):
    """Names and addresses, folded; the ends of telephone numbers; and the numbers in each system, None is the agency's.

    A number means somebody in its own system alone: elsewhere it is somebody else, a postcode or so many hours.
    """

    names: frozenset[str]
    words: frozenset[str]
    tails: frozenset[str]
    numbers: frozenset[tuple[str | None, str]] = frozenset()

    def in_row(self, cells: Iterable[str], columns: Sequence[Column] = ()) -> bool:
        """Whether a row of a file tells of somebody who is known by this; `columns`: what its cells hold, if known."""
        row = [fold(cell) for cell in cells]
        whole = " ".join(" ".join(row).split())
        return (
            any(_names(name, whole) for name in self.names)
            or any(self._in_cell(cell) for cell in row)
            or any(self._in_column(column, cell) for column, cell in zip(columns, row, strict=False))
        )

    def _in_cell(self, cell: str) -> bool:
        digits = NO_DIGIT.sub("", cell)
        if len(digits) >= TAIL and digits[-TAIL:] in self.tails:
            return True
        return cell in self.words or not self.words.isdisjoint(BETWEEN.split(cell))

    def _in_column(self, column: Column, cell: str) -> bool:
        if column not in NUMBERS or not cell:
            return False
        crm = NUMBERS[column]
        try:
            return (crm, proper(cell, crm) if crm else cell) in self.numbers
        except Improper:
            return False


def _names(name: str, text: str) -> bool:
    """Whether a name stands in a text as words of its own: Jan is not in Jansen."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def of(candidate_ids: Collection[int]) -> KnownBy:
    """By what these candidates are known now."""
    people = db.session.execute(
        select(Candidate.name, Candidate.external_id).where(Candidate.id.in_(candidate_ids))
    ).all()
    found = select(Identity.channel, Identity.address).where(Identity.candidate_id.in_(candidate_ids))
    addresses = db.session.execute(found).all()
    numbers = [NO_DIGIT.sub("", address) for channel, address in addresses if channel in NUMBERED]
    own = [fold(key) for _, key in people if key]
    words = [*(key for key in own if not key.isdecimal()), *(address for _, address in addresses)]
    return KnownBy(
        names=frozenset(fold(name) for name, _ in people if name.strip()),
        words=frozenset(map(fold, words)),
        tails=frozenset(number[-TAIL:] for number in numbers if len(number) >= TAIL),
        numbers=frozenset([*((None, key) for key in own), *_elsewhere(candidate_ids)]),
    )


def marks_of(candidate_ids: Collection[int], key: bytes) -> dict[int, set[str]]:
    """Keyed hashes by which each of these candidates is found again; without the key they tell nothing.

    A number or an address is marked together with the name: families share telephones.
    """
    marks: dict[int, set[str]] = {}
    for candidate_id, fact in _facts(candidate_ids):
        marks.setdefault(candidate_id, set()).add(_mark(fact, key))
    return marks


def marks_elsewhere(candidate_ids: Collection[int], key: bytes) -> set[str]:
    """Keyed hashes of the numbers under which other systems know these candidates.

    By them nobody of the pool is found again: a number that was mistyped here may be a living person's there.
    """
    return {_mark(_numbered(crm, number), key) for crm, number in _elsewhere(candidate_ids)}


def _elsewhere(candidate_ids: Collection[int]) -> set[tuple[str, str]]:
    found = select(CrmId.crm, CrmId.number).where(CrmId.candidate_id.in_(candidate_ids))
    return {(crm, number) for crm, number in db.session.execute(found)}


def marks_of_told(crm: Crm, number: str, name: str, addresses: Iterable[str], key: bytes) -> set[str]:
    """The same hashes of somebody of whom another system tells."""
    facts = [_numbered(crm, number), *(_at(address, fold(name)) for address in addresses if address)]
    return {_mark(fact, key) for fact in facts}


def _mark(fact: str, key: bytes) -> str:
    return hmac.new(key, f"erasure\0{fact}".encode(), hashlib.sha256).hexdigest()


def _facts(candidate_ids: Collection[int]) -> Iterator[tuple[int, str]]:
    people = select(Candidate.id, Candidate.name, Candidate.external_id, Candidate.registered_at)
    names: dict[int, str] = {}
    for id_, name, external_id, at in db.session.execute(people.where(Candidate.id.in_(candidate_ids))):
        names[id_] = fold(name)
        yield id_, f"id\0{id_}\0{_moment(at)}"
        if external_id:
            yield id_, f"external\0{external_id}\0{names[id_]}"
    found = select(Identity.candidate_id, Identity.address).where(Identity.candidate_id.in_(candidate_ids))
    for id_, address in db.session.execute(found):
        yield id_, _at(address, names[id_])


def _at(address: str, name: str) -> str:
    return f"address\0{address}\0{name}"


def _numbered(crm: str, number: str) -> str:
    return f"crm\0{crm}\0{number}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
