"""Under which numbers scores of ours stand in Carerix; those written until now are known by what it answered."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carerix_standing",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("free_since", UtcDateTime(), nullable=True),
        sa.Column("next_try_at", UtcDateTime(), nullable=True),
        sa.Column("fault", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_carerix_standing")),
    )
    op.create_index(op.f("ix_carerix_standing_free_since"), "carerix_standing", ["free_since"], unique=False)
    op.execute(
        sa.text(
            "INSERT INTO carerix_standing (number, fault)"
            " SELECT DISTINCT number, '' FROM carerix_score WHERE shown IS NOT NULL"
        )
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_carerix_standing_free_since"), table_name="carerix_standing")
    op.drop_table("carerix_standing")
