"""When somebody put a record of Bullhorn's away that could not be placed, so that it is listed no more."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bullhorn_record", sa.Column("put_away_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("bullhorn_record", "put_away_at")
