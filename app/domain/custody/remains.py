"""What remains of somebody where no row points: in files that people brought or made, and in what providers told."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from sqlalchemy import delete, select, update

from app.db import db
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.candidates import exporting, table_file
from app.domain.candidates.importing.candidate_import import FORGOTTEN, UNWRITTEN, CandidateImport, State
from app.domain.candidates.importing.pack import packed, unpacked
from app.domain.candidates.importing.trace import ImportRefusal
from app.domain.candidates.table_file import Row, Unusable
from app.domain.custody.known_by import KnownBy
from app.domain.notices.provider_event import ProviderEvent

PORTION = 1_000
LONGEST = 10_000_000


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
    waiting = select(ProviderEvent.id, ProviderEvent.payload).where(ProviderEvent.settled_at.is_(None))
    told = db.session.execute(waiting.execution_options(yield_per=PORTION))
    found = [id_ for id_, payload in told if known.in_row(_texts(payload))]
    for at in range(0, len(found), PORTION):
        db.session.execute(delete(ProviderEvent).where(ProviderEvent.id.in_(found[at : at + PORTION])))


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
    rows = db.session.execute(
        select(ImportRefusal.id, ImportRefusal.about, ImportRefusal.cells).execution_options(yield_per=PORTION)
    )
    found = [id_ for id_, about, cells in rows if known.in_row([about, *map(str, cells)])]
    for at in range(0, len(found), PORTION):
        db.session.execute(delete(ImportRefusal).where(ImportRefusal.id.in_(found[at : at + PORTION])))


def _forget_imports(known: KnownBy) -> None:
    """An import that waits to be written would bring them back: it is thrown away. Of others only the file goes.

    Of one that is being written their rows are emptied, so that the rest of it is written.
    """
    for import_id, state in db.session.execute(select(CandidateImport.id, CandidateImport.state)).all():
        this = CandidateImport.id == import_id
        content = db.session.scalar(select(CandidateImport.content).where(this).with_for_update())
        if not content or not _holds(content, known):
            continue
        if state in UNWRITTEN:
            db.session.execute(delete(ImportRefusal).where(ImportRefusal.import_id == import_id))
            db.session.execute(delete(CandidateImport).where(this))
        elif state == State.WRITING:
            _empty_rows(import_id, content, known)
        else:
            db.session.execute(update(CandidateImport).where(this).values(content=b""))


def _empty_rows(import_id: int, content: bytes, known: KnownBy) -> None:
    """Only the numbers of their rows are left; whoever writes the import has to read it again."""
    emptied: list[int] = []

    def rest() -> Iterator[Row]:
        for row in unpacked(content):
            if known.in_row(row.cells):
                emptied.append(row.line)
                yield Row(row.line, [""] * len(row.cells))
            else:
                yield row

    kept, _rows = packed(rest())
    counts = db.session.scalars(select(CandidateImport.counts).where(CandidateImport.id == import_id)).one()
    told = counts | {FORGOTTEN: counts.get(FORGOTTEN, 0) + len(emptied)}
    this = update(CandidateImport).where(CandidateImport.id == import_id)
    db.session.execute(this.values(content=kept, counts=told))


def _holds(packed: bytes, known: KnownBy) -> bool:
    """Whether the packed rows of an import tell of them; what cannot be unpacked may, and is not kept."""
    try:
        return any(known.in_row(row.cells) for row in unpacked(packed))
    except (OSError, EOFError, ValueError):
        return True


def _forget_touchpoint_files(known: KnownBy) -> None:
    for file_id, problems in db.session.execute(select(TouchpointFile.id, TouchpointFile.problems)).all():
        this = TouchpointFile.id == file_id
        content = db.session.scalar(select(TouchpointFile.content).where(this))
        kept = [problem for problem in problems if not known.in_row(map(str, problem))]
        if kept != problems or (content and _tells(content, known)):
            db.session.execute(update(TouchpointFile).where(this).values(content=b"", problems=kept))


def _tells(content: bytes, known: KnownBy) -> bool:
    """Whether a file tells of them; one that cannot be read may, and is not kept."""
    try:
        table = table_file.opened(content, LONGEST)
        return any(known.in_row(row) for row in chain([table.header], _cells(table.rows)))
    except Unusable:
        return True


def _cells(rows: Iterable[table_file.Row]) -> Iterable[Sequence[str]]:
    return (row.cells for row in rows)
