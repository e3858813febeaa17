"""What Bullhorn says of a deletion, and since when it seems to know us no more: neither is believed at once."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bullhorn_record", sa.Column("gone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("bullhorn_account", sa.Column("doubted_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("bullhorn_account", "doubted_at")
    op.drop_column("bullhorn_record", "gone")
