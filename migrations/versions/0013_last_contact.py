"""When each candidate was last contacted, so that who waits longest, or for our word, is read from an index."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OWNED = sa.text("owner_id IS NOT NULL")
UNHEARD = sa.text("last_inbound_at = last_contact_at")


def later(one: str, other: str) -> str:
    return f"CASE WHEN {one} IS NULL OR {other} > {one} THEN {other} ELSE {one} END"


def upgrade() -> None:
    newest = later("last_two_way_at", later("last_attempt_at", "last_inbound_at"))
    stored = op.get_bind().dialect.name == "postgresql"  # SQLite adds only what is worked out when it is read
    column: sa.Column[datetime] = sa.Column(
        "last_contact_at", UtcDateTime(), sa.Computed(newest, persisted=stored), nullable=True
    )
    op.add_column("contact_state", column)
    op.create_index(
        "ix_contact_state_owned_last_contact_at",
        "contact_state",
        ["last_contact_at"],
        sqlite_where=OWNED,
        postgresql_where=OWNED,
    )
    op.create_index(
        "ix_contact_state_unheard",
        "contact_state",
        ["last_inbound_at"],
        sqlite_where=UNHEARD,
        postgresql_where=UNHEARD,
    )


def downgrade() -> None:
    op.drop_index("ix_contact_state_unheard", "contact_state")
    op.drop_index("ix_contact_state_owned_last_contact_at", "contact_state")
    op.drop_column("contact_state", "last_contact_at")
