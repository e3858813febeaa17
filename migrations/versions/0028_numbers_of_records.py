"""What Bullhorn told before belongs to the number of its candidate, where they have one and no other.

Where they have several, or none any more, nobody can tell by which it came: it is told when Bullhorn tells it again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

THEIR_OWN = """UPDATE bullhorn_record SET about = number, number_id = (
SELECT id FROM crm_id WHERE crm_id.crm = 'bullhorn' AND crm_id.candidate_id = bullhorn_record.candidate_id
AND crm_id.number = CAST(bullhorn_record.number AS VARCHAR(40)))
WHERE entity = 'Candidate' AND candidate_id IS NOT NULL"""
THE_ONLY_ONE = """UPDATE bullhorn_record SET about = only_one.about, number_id = only_one.id FROM (
SELECT candidate_id, CAST(min(number) AS BIGINT) AS about, min(id) AS id FROM crm_id
WHERE crm = 'bullhorn' GROUP BY candidate_id HAVING count(*) = 1) AS only_one
WHERE only_one.candidate_id = bullhorn_record.candidate_id
AND bullhorn_record.entity <> 'Candidate'
AND (bullhorn_record.action_id IS NOT NULL OR bullhorn_record.job IS NOT NULL)"""
NOBODYS = "UPDATE bullhorn_record SET about = NULL WHERE candidate_id IS NOT NULL"


def upgrade() -> None:
    op.execute(sa.text(THEIR_OWN))
    op.execute(sa.text(THE_ONLY_ONE))


def downgrade() -> None:
    op.execute(sa.text(NOBODYS))
