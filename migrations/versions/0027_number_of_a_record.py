"""By which number a record of Bullhorn's found its candidate, so that it goes with it; and what a file brought."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ASTRAY = sa.text("candidate_id IS NOT NULL AND about IS NOT NULL AND number_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("bullhorn_record") as batch_op:
        batch_op.add_column(sa.Column("number_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("moved_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("came_off", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(
            batch_op.f("fk_bullhorn_record_number_id"), "crm_id", ["number_id"], ["id"], ondelete="SET NULL"
        )
    op.create_index(op.f("ix_bullhorn_record_number_id"), "bullhorn_record", ["number_id"], unique=False)
    op.create_index(
        op.f("ix_bullhorn_record_astray"), "bullhorn_record", ["id"], sqlite_where=ASTRAY, postgresql_where=ASTRAY
    )
    op.add_column("engagement_action", sa.Column("brought", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("engagement_action", "brought")
    op.drop_index(op.f("ix_bullhorn_record_astray"), table_name="bullhorn_record")
    op.drop_index(op.f("ix_bullhorn_record_number_id"), table_name="bullhorn_record")
    with op.batch_alter_table("bullhorn_record") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_bullhorn_record_number_id"), type_="foreignkey")
        batch_op.drop_column("came_off")
        batch_op.drop_column("moved_at")
        batch_op.drop_column("number_id")
