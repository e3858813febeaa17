"""The events that wait to be settled are found by who told them: providers take turns."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

DUE = sa.text("settled_at IS NULL AND waits_for IS NULL")
NAME = "ix_provider_event_due"


def upgrade() -> None:
    _index_by("provider", "received_at", "id")


def downgrade() -> None:
    _index_by("received_at", "id")


def _index_by(*columns: str) -> None:
    op.drop_index(op.f(NAME), table_name="provider_event")
    op.create_index(op.f(NAME), "provider_event", list(columns), sqlite_where=DUE, postgresql_where=DUE)
