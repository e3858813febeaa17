"""How often something was asked within a minute, counted in its own row, so that every process counts the same."""

from datetime import datetime

from sqlalchemy import Table, case, update

from app.db import db


def count(table: Table, row_id: int, at: datetime) -> int:
    """Count a request of this minute and answer which one it is; 0 when there is no such row any more."""
    minute = at.replace(second=0, microsecond=0)
    again = case((table.c.minute >= minute, table.c.used + 1), else_=1)
    counted = update(table).where(table.c.id == row_id).values(used=again, minute=minute).returning(table.c.used)
    return db.session.connection().execute(counted).scalar_one_or_none() or 0
