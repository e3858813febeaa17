"""Files that were brought before rows were packed go: what was written stays, the rest is chosen and brought again."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IMPORT = sa.table("candidate_import", sa.column("state", sa.String), sa.column("content", sa.LargeBinary))
BEGUN = ("writing", "done")


def upgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.delete(IMPORT).where(IMPORT.c.state.not_in(BEGUN)))
    connection.execute(sa.update(IMPORT).values(state="closed", content=b""))


def downgrade() -> None:
    op.get_bind().execute(sa.update(IMPORT).values(state="done"))
