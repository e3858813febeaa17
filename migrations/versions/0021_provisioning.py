"""What the identity provider says of colleagues, and the tokens by which it does."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provisioning_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=24), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("minute", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_provisioning_token_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioning_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_provisioning_token_token_hash")),
    )
    op.create_table(
        "provisioned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("user_key", sa.String(length=254), nullable=False),
        sa.Column("external_id", sa.String(length=254), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("invited_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_provisioned_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioned")),
        sa.UniqueConstraint("person_id", name=op.f("uq_provisioned_person_id")),
        sa.UniqueConstraint("user_key", name=op.f("uq_provisioned_user_key")),
    )
    op.create_index(op.f("ix_provisioned_external_id"), "provisioned", ["external_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_provisioned_external_id"), table_name="provisioned")
    op.drop_table("provisioned")
    op.drop_table("provisioning_token")
