"""What remains of somebody where no row points: in files that people brought or made, and in what providers told."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, select, update

from app.db import db
from app.domain.actions.touchpoint_file import COLUMNS, Fault, TouchpointFile
from app.domain.candidates import exporting, table_file
from app.domain.candidates.crm_id import Crm
from app.domain.candidates.importing.candidate_import import FORGOTTEN, UNWRITTEN, CandidateImport, State
from app.domain.candidates.importing.columns import guess
from app.domain.candidates.importing.headers import Column
from app.domain.candidates.importing.pack import packed, unpacked
from app.domain.candidates.importing.trace import ImportRefusal
from app.domain.candidates.table_file import Row, Unusable
from app.domain.custody.known_by import KnownBy
from app.domain.notices.provider_event import ProviderEvent

PORTION = 1_000
LONGEST = 10_000_000
WHOM: Mapping[str, Sequence[str]] = MappingProxyType(
    {Crm.HUBSPOT: ("objectId", "primaryObjectId", "newObjectId", "mergedObjectIds")}
)
"""Where a system that tells of people names them by its own numbers. Its other numbers are accounts and moments."""


def hold() -> None:
    """Hold the files that people brought, before anybody who may be in them, as whoever takes them in does."""
    for file in (CandidateImport, TouchpointFile):
        db.session.execute(select(file.id).order_by(file.id).with_for_update())


def forget(known: KnownBy) -> None:
    """Forget rows and files that tell of somebody who is known by this.

    Exports go without being looked at: they live for a day, and are made again in a moment.
    """
    exporting.forget_files()
    _forget_refusals(known)
    _forget_imports(known)
    _forget_touchpoint_files(known)
    _forget_told(known)


def _forget_told(known: KnownBy) -> None:
    """What was told of them and not settled yet, or waits for them; what it says goes when it is."""
    row = ProviderEvent
    waiting = select(row.id, row.provider, row.payload).where(row.settled_at.is_(None))
    told = db.session.execute(waiting.execution_options(yield_per=PORTION))
    found = [id_ for id_, *said in told if _is_told(known, *said)]
    for at in range(0, len(found), PORTION):
        db.session.execute(delete(ProviderEvent).where(ProviderEvent.id.in_(found[at : at + PORTION])))


def _is_told(known: KnownBy, provider: str, said: Mapping[str, Any]) -> bool:
    """By an address anywhere in it, or where a system names people by the number that it has for them."""
    named = chain.from_iterable(_listed(said.get(field)) for field in WHOM.get(provider, ()))
    return any((provider, str(number)) in known.numbers for number in named) or known.in_row(_texts(said))


def _listed(told: object) -> Sequence[object]:
    return told if isinstance(told, list) else (told,)


def _texts(said: object) -> Iterator[str]:
    """All texts and numbers in what was told, however deep."""
    waiting = [said]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str | int):
            yield str(one)
        elif isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one


def _forget_refusals(known: KnownBy) -> None:
    row, layouts = ImportRefusal, select(CandidateImport.id, CandidateImport.columns, CandidateImport.header)
    columns = {id_: _columns(*layout) for id_, *layout in db.session.execute(layouts)}
    refused = select(row.id, row.import_id, row.about, row.cells).execution_options(yield_per=PORTION)
    found = [
        id_
        for id_, import_id, about, cells in db.session.execute(refused)
        if known.in_row([about]) or known.in_row(map(str, cells), columns.get(import_id, ()))
    ]
    for at in range(0, len(found), PORTION):
        db.session.execute(delete(ImportRefusal).where(ImportRefusal.id.in_(found[at : at + PORTION])))


def _columns(chosen: Sequence[str], header: Sequence[str]) -> list[Column]:
    """What the columns of an import hold: as they were chosen, else as the header says."""
    return [Column(each) for each in chosen] or [each.column for each in guess(header, ())]


def _forget_imports(known: KnownBy) -> None:
    """An import that waits to be written would bring them back: it is thrown away. Of others only the file goes.

    Of one that is being written their rows are emptied, so that the rest of it is written.
    """
    row = CandidateImport
    for import_id, state, *layout in db.session.execute(select(row.id, row.state, row.columns, row.header)).all():
        this, columns = row.id == import_id, _columns(*layout)
        content = db.session.scalar(select(CandidateImport.content).where(this).with_for_update())
        if not content or not _holds(content, columns, known):
            continue
        if state in UNWRITTEN:
            db.session.execute(delete(ImportRefusal).where(ImportRefusal.import_id == import_id))
            db.session.execute(delete(CandidateImport).where(this))
        elif state == State.WRITING:
            _empty_rows(import_id, content, columns, known)
        else:
            db.session.execute(update(CandidateImport).where(this).values(content=b""))


def _empty_rows(import_id: int, content: bytes, columns: Sequence[Column], known: KnownBy) -> None:
    """Only the numbers of their rows are left; whoever writes the import has to read it again."""
    emptied: list[int] = []

    def rest() -> Iterator[Row]:
        for row in unpacked(content):
            if known.in_row(row.cells, columns):
                emptied.append(row.line)
                yield Row(row.line, [""] * len(row.cells))
            else:
                yield row

    kept, _rows = packed(rest())
    counts = db.session.scalars(select(CandidateImport.counts).where(CandidateImport.id == import_id)).one()
    told = counts | {FORGOTTEN: counts.get(FORGOTTEN, 0) + len(emptied)}
    this = update(CandidateImport).where(CandidateImport.id == import_id)
    db.session.execute(this.values(content=kept, counts=told))


def _holds(packed: bytes, columns: Sequence[Column], known: KnownBy) -> bool:
    """Whether the packed rows of an import tell of them; what cannot be unpacked may, and is not kept."""
    try:
        return any(known.in_row(row.cells, columns) for row in unpacked(packed))
    except (OSError, EOFError, ValueError):
        return True


def _forget_touchpoint_files(known: KnownBy) -> None:
    for file_id, problems in db.session.execute(select(TouchpointFile.id, TouchpointFile.problems)).all():
        this = TouchpointFile.id == file_id
        content = db.session.scalar(select(TouchpointFile.content).where(this))
        kept = [problem for problem in problems if not _is_about(known, *problem)]
        if kept != problems or (content and _tells(content, known)):
            db.session.execute(update(TouchpointFile).where(this).values(content=b"", problems=kept))


def _is_about(known: KnownBy, _line: int, fault: str, about: str) -> bool:
    """Of whom nobody knew it tells the number of the agency's own system."""
    return known.in_row([about], [Column.EXTERNAL_ID] if fault == Fault.NO_CANDIDATE else ())


def _tells(content: bytes, known: KnownBy) -> bool:
    """Whether a file tells of them; one that cannot be read may, and is not kept."""
    try:
        table = table_file.opened(content, LONGEST)
        columns = [Column.EXTERNAL_ID if name.casefold() == COLUMNS[0] else Column.IGNORED for name in table.header]
        return known.in_row(table.header) or any(known.in_row(row.cells, columns) for row in table.rows)
    except Unusable:
        return True
