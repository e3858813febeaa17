"""What remains of somebody in files that people brought or made: refused rows, imports that wait, exports."""

from collections.abc import Iterable, Sequence
from itertools import chain

from sqlalchemy import delete, select, update

from app.db import db
from app.domain.actions.touchpoint_file import TouchpointFile
from app.domain.candidates import exporting, table_file
from app.domain.candidates.importing.candidate_import import UNWRITTEN, WORKING, CandidateImport
from app.domain.candidates.importing.pack import unpacked
from app.domain.candidates.importing.trace import ImportRefusal
from app.domain.candidates.table_file import Unusable
from app.domain.custody.known_by import KnownBy

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


def _forget_refusals(known: KnownBy) -> None:
    rows = db.session.execute(
        select(ImportRefusal.id, ImportRefusal.about, ImportRefusal.cells).execution_options(yield_per=PORTION)
    )
    found = [id_ for id_, about, cells in rows if known.in_row([about, *map(str, cells)])]
    for at in range(0, len(found), PORTION):
        db.session.execute(delete(ImportRefusal).where(ImportRefusal.id.in_(found[at : at + PORTION])))


def _forget_imports(known: KnownBy) -> None:
    """An import that waits to be written would bring them back: it is thrown away. Of others only the file goes."""
    for import_id, state in db.session.execute(select(CandidateImport.id, CandidateImport.state)).all():
        this = CandidateImport.id == import_id
        content = db.session.scalar(select(CandidateImport.content).where(this))
        if not content or not _holds(content, known):
            continue
        if state in UNWRITTEN:
            db.session.execute(delete(ImportRefusal).where(ImportRefusal.import_id == import_id))
            db.session.execute(delete(CandidateImport).where(this))
        elif state not in WORKING:
            db.session.execute(update(CandidateImport).where(this).values(content=b""))


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
