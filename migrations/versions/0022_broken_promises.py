"""When it was found that a promise was broken, so that other software hears of each once."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("promise", sa.Column("broken_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("promise", "broken_at")
