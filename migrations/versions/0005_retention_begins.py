"""Everybody who was there before has a clock from now on, and none of them goes without the first warning."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

from app import clock
from app.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PORTION = 500
REGISTERED = timedelta(days=730)
FIRST_WARNING = timedelta(days=61)
CANDIDATE = sa.table(
    "candidate",
    sa.column("id", sa.Integer),
    sa.column("registered_at", UtcDateTime()),
    sa.column("keep_until", UtcDateTime()),
)


def upgrade() -> None:
    connection, now = op.get_bind(), clock.now()
    without = sa.select(CANDIDATE.c.id, CANDIDATE.c.registered_at).where(CANDIDATE.c.keep_until.is_(None))
    begun = sa.update(CANDIDATE).where(CANDIDATE.c.id == sa.bindparam("this")).values(keep_until=sa.bindparam("end"))
    while rows := connection.execute(without.order_by(CANDIDATE.c.id).limit(PORTION)).all():
        connection.execute(begun, [{"this": row.id, "end": ends(row.registered_at, now)} for row in rows])


def ends(registered_at: datetime, now: datetime) -> datetime:
    """The night that follows sets it from all the facts, and never nearer than its notice."""
    return max(registered_at + REGISTERED, now + FIRST_WARNING)


def downgrade() -> None:
    op.get_bind().execute(sa.update(CANDIDATE).values(keep_until=None))
