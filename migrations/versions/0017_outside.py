"""What the program shows outside its walls, and whether its sponsor chose to stand there."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outside_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("parts", sa.String(length=100), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("words_nl", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("framed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_outside_page_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_page")),
        sa.UniqueConstraint("program_id", name=op.f("uq_outside_page_program_id")),
    )
    op.create_table(
        "outside_way",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("days", sa.String(length=7), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["outside_page.id"], name=op.f("fk_outside_way_page_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_way")),
        sa.UniqueConstraint("page_id", "channel", name=op.f("uq_outside_way_page_id_channel")),
    )
    op.add_column("person", sa.Column("named_outside_at", UtcDateTime(), nullable=True))
    op.add_column("person", sa.Column("pictured_outside_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "pictured_outside_at")
    op.drop_column("person", "named_outside_at")
    op.drop_table("outside_way")
    op.drop_table("outside_page")
