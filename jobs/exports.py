"""Makes the files that were too large to hand over at once, and forgets them after their day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import structlog

from app import clock
from app.db import db, write
from app.domain.agency.person import Person
from app.domain.candidates import exporting
from app.domain.candidates.exporting import CandidateExport, Format, State
from app.language import in_language
from app.web.language import zone_name
from app.words.exporting import wording

EVERY = 5_000
log = structlog.get_logger()


def make_due(_owner: str, now: datetime) -> int:
    """Make what waits, one after the other; returns how many files were made."""
    if not exporting.is_due(now):
        return 0
    _forget(now)
    count = 0
    while row := _claimed():
        count += _make(row)
    return count


def _forget(now: datetime) -> None:
    write()
    exporting.forget_old(now)
    db.session.commit()


def _claimed() -> CandidateExport | None:
    """The next one to make; those that failed too often are passed over."""
    while True:
        write()
        row = exporting.claim(clock.now())
        db.session.commit()
        if row is None or row.state == State.MAKING:
            return row


def _make(row: CandidateExport) -> bool:
    """Write the file outside any write transaction; whatever goes wrong is tried again the next time."""
    export_id = row.id
    try:
        content = _content(row)
    except Exception:  # one that cannot be made must not keep the others waiting
        db.session.rollback()
        log.exception("export_failed", export=export_id)
        return False
    write()
    exporting.finish(export_id, content, clock.now())
    db.session.commit()
    return True


def _content(row: CandidateExport) -> bytes:
    export_id, ids, format_ = row.id, row.query["id"], Format(row.format)
    person = db.session.get_one(Person, row.created_by_id)

    def tell(rows: int) -> None:
        if rows % EVERY == 0:
            write()
            exporting.made(export_id, rows)
            db.session.commit()

    with in_language(row.language):
        return exporting.file_of(person, ids, format_, wording(ZoneInfo(zone_name())), tell)
