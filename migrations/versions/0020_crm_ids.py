"""The numbers under which other systems know candidates, what waits for whoever is not known yet, and who changed."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

DUE = sa.text("settled_at IS NULL AND waits_for IS NULL")
ASIDE = sa.text("waits_for IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "crm_id",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("crm", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_crm_id_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_id")),
        sa.UniqueConstraint("crm", "number", name=op.f("uq_crm_id_crm_number")),
    )
    op.create_index(op.f("ix_crm_id_candidate_id"), "crm_id", ["candidate_id"], unique=False)
    op.create_index(op.f("ix_candidate_updated_at"), "candidate", ["updated_at"], unique=False)
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waits_for", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("is_wish", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(
            batch_op.f("ix_provider_event_due"),
            ["received_at", "id"],
            unique=False,
            sqlite_where=DUE,
            postgresql_where=DUE,
        )
        batch_op.create_index(
            batch_op.f("ix_provider_event_aside"),
            ["provider", "waits_for"],
            unique=False,
            sqlite_where=ASIDE,
            postgresql_where=ASIDE,
        )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM provider_event WHERE waits_for IS NOT NULL"))
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_event_aside"))
        batch_op.drop_index(batch_op.f("ix_provider_event_due"))
        batch_op.drop_column("is_wish")
        batch_op.drop_column("waits_for")
    op.drop_index(op.f("ix_candidate_updated_at"), table_name="candidate")
    op.drop_index(op.f("ix_crm_id_candidate_id"), table_name="crm_id")
    op.drop_table("crm_id")
