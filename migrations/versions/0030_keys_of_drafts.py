"""The key of the form that made a draft: sent twice it is one draft."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("competition", "lab_draft"):
        op.add_column(table, sa.Column("key", sa.LargeBinary(length=16), nullable=True))
        op.create_index(op.f(f"ix_{table}_key"), table, ["key"], unique=True)


def downgrade() -> None:
    for table in ("lab_draft", "competition"):
        op.drop_index(op.f(f"ix_{table}_key"), table_name=table)
        op.drop_column(table, "key")
