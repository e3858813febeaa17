"""What Bullhorn told and what it became, and the scores that were written into Carerix."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bullhorn_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=200), nullable=False),
        sa.Column("subscription", sa.String(length=40), nullable=False),
        sa.Column("corporation", sa.String(length=120), nullable=False),
        sa.Column("subscribed_at", UtcDateTime(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("kept_until", sa.Integer(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=True),
        sa.Column("heard_at", UtcDateTime(), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("fault_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bullhorn_account")),
        sa.UniqueConstraint("username", name=op.f("uq_bullhorn_account_username")),
    )
    op.create_table(
        "bullhorn_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bullhorn_batch")),
        sa.UniqueConstraint("subscription", "number", name=op.f("uq_bullhorn_batch_subscription_number")),
    )
    op.create_index(
        op.f("ix_bullhorn_batch_settled_at_received_at"), "bullhorn_batch", ["settled_at", "received_at"], unique=False
    )
    op.create_index(op.f("ix_bullhorn_batch_received_at"), "bullhorn_batch", ["received_at"], unique=False)
    op.create_table(
        "bullhorn_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("again_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bullhorn_gap")),
        sa.UniqueConstraint("subscription", "number", name=op.f("uq_bullhorn_gap_subscription_number")),
    )
    op.create_table(
        "bullhorn_meaning",
        sa.Column("entity", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("means", sa.String(length=48), nullable=True),
        sa.Column("mapped_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "name", name=op.f("pk_bullhorn_meaning")),
    )
    op.create_table(
        "bullhorn_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=16), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=60), nullable=False),
        sa.Column("who", sa.String(length=254), nullable=False),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("new", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("again_at", UtcDateTime(), nullable=True),
        sa.Column("job", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.BigInteger(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_bullhorn_record_candidate_id")),
        sa.ForeignKeyConstraint(["action_id"], ["engagement_action.id"], name=op.f("fk_bullhorn_record_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bullhorn_record")),
        sa.UniqueConstraint("entity", "number", name=op.f("uq_bullhorn_record_entity_number")),
    )
    op.create_index(op.f("ix_bullhorn_record_reason_heard_at"), "bullhorn_record", ["reason", "heard_at"], unique=False)
    op.create_index(op.f("ix_bullhorn_record_again_at"), "bullhorn_record", ["again_at"], unique=False)
    op.create_index(op.f("ix_bullhorn_record_candidate_id"), "bullhorn_record", ["candidate_id"], unique=False)
    op.create_index(op.f("ix_bullhorn_record_about"), "bullhorn_record", ["about"], unique=False)
    op.create_table(
        "carerix_score",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_carerix_score_candidate_id")),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_carerix_score")),
    )


def downgrade() -> None:
    op.drop_table("carerix_score")
    op.drop_index(op.f("ix_bullhorn_record_about"), table_name="bullhorn_record")
    op.drop_index(op.f("ix_bullhorn_record_candidate_id"), table_name="bullhorn_record")
    op.drop_index(op.f("ix_bullhorn_record_again_at"), table_name="bullhorn_record")
    op.drop_index(op.f("ix_bullhorn_record_reason_heard_at"), table_name="bullhorn_record")
    op.drop_table("bullhorn_record")
    op.drop_table("bullhorn_meaning")
    op.drop_table("bullhorn_gap")
    op.drop_index(op.f("ix_bullhorn_batch_received_at"), table_name="bullhorn_batch")
    op.drop_index(op.f("ix_bullhorn_batch_settled_at_received_at"), table_name="bullhorn_batch")
    op.drop_table("bullhorn_batch")
    op.drop_table("bullhorn_account")
