"""Marks of what software read have a table of their own; those from before count for an hour, and go within a day."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reader_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_mark")),
    )
    op.create_index(op.f("ix_reading_mark_at"), "reading_mark", ["at"], unique=False)
    op.create_index(op.f("ix_reading_mark_reader_hash_at"), "reading_mark", ["reader_hash", "at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_reading_mark_reader_hash_at"), table_name="reading_mark")
    op.drop_index(op.f("ix_reading_mark_at"), table_name="reading_mark")
    op.drop_table("reading_mark")
