"""Makes standings and coins from the ledger when an upgrade asks for it."""

from datetime import datetime

from app.db import db, write
from app.domain.game import coin_check, rebuilding


def rebuild_due(_owner: str, _now: datetime) -> int:
    """Once after the upgrade, in one transaction; returns how many boards were made."""
    if not rebuilding.is_due():
        return 0
    write()
    boards = rebuilding.rebuild() if rebuilding.is_due() else 0
    coin_check.mend()
    db.session.commit()
    return boards
