"""Notices under the bell, when and how they are wanted, chats, links to sign in, and what mail providers say."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _tell_apart_by(*columns: str) -> None:
    """Somebody may say no to a kind in one way and not in another."""
    with op.batch_alter_table("unsubscription", schema=None) as batch_op:
        batch_op.drop_constraint("pk_unsubscription", type_="primary")
        batch_op.create_primary_key("pk_unsubscription", list(columns))


def upgrade() -> None:
    op.create_table(
        "delivery_choice",
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("once_a_day", sa.Boolean(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("recipient", name=op.f("pk_delivery_choice")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("kind", "recipient", "period", name=op.f("uq_notice_kind_recipient_period")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_recipient_at"), ["recipient", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_recipient_read_at"), ["recipient", "read_at"], unique=False)

    op.create_table(
        "provider_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=10), nullable=False),
        sa.Column("event_id", sa.String(length=120), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_event")),
        sa.UniqueConstraint("provider", "event_id", name=op.f("uq_provider_event_provider_event_id")),
    )
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_provider_event_settled_at_received_at"), ["settled_at", "received_at"], unique=False
        )

    op.create_table(
        "chat_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("secret_url", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("failed_at", UtcDateTime(), nullable=True),
        sa.Column("failure", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_chat_target_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_chat_target_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_chat_target_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_target")),
    )
    with op.batch_alter_table("chat_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_target_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_chat_target_team_id"), ["team_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_link_token_hash")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_link_person_id_made_at"), ["person_id", "made_at"], unique=False)

    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("done", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("runs", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("failed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("failure", sa.String(length=300), nullable=True))

    with op.batch_alter_table("kudos", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_reason", sa.String(length=280), nullable=True))

    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remind_when_empty", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("unsubscription", schema=None) as batch_op:
        batch_op.add_column(sa.Column("way", sa.String(length=4), nullable=False, server_default="mail"))
    _tell_apart_by("recipient", "kind", "way")


def downgrade() -> None:
    op.execute("DELETE FROM unsubscription WHERE way <> 'mail'")
    _tell_apart_by("recipient", "kind")
    with op.batch_alter_table("unsubscription", schema=None) as batch_op:
        batch_op.drop_column("way")

    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.drop_column("remind_when_empty")

    with op.batch_alter_table("kudos", schema=None) as batch_op:
        batch_op.drop_column("hidden_reason")

    with op.batch_alter_table("job_run", schema=None) as batch_op:
        batch_op.drop_column("failure")
        batch_op.drop_column("failed_at")
        batch_op.drop_column("failures")
        batch_op.drop_column("runs")
        batch_op.drop_column("done")

    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_link_person_id_made_at"))

    op.drop_table("sign_in_link")
    with op.batch_alter_table("chat_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_target_team_id"))
        batch_op.drop_index(batch_op.f("ix_chat_target_person_id"))

    op.drop_table("chat_target")
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_event_settled_at_received_at"))

    op.drop_table("provider_event")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_recipient_read_at"))
        batch_op.drop_index(batch_op.f("ix_notice_recipient_at"))
        batch_op.drop_index(batch_op.f("ix_notice_about"))

    op.drop_table("notice")
    op.drop_table("delivery_choice")
