"""Works through imports that are too long for a page: rehearses, writes and undoes them."""

from datetime import datetime

import structlog

from app.domain.candidates.importing import candidate_import
from app.web.importing import finish

log = structlog.get_logger()


def work(_owner: str, now: datetime) -> int:
    """Bring every import that waits to the end of its turn; returns how many."""
    done = 0
    for import_id in [row.id for row in candidate_import.waiting(now)]:
        try:
            done += finish(import_id)
        except Exception:  # one import must not stop the others; whoever brought it reads what is the case
            log.exception("import_failed", import_id=import_id)
    return done
