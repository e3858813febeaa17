"""Queues, blocks per person and team, absence, cadences, phrases, times offered, and the log of shown lists."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_absence_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_last"), ["last"], unique=False)
        batch_op.create_index(batch_op.f("ix_absence_person_id_last"), ["person_id", "last"], unique=False)

    op.create_table(
        "block_move",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_block_move_person_id")),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_block_move")),
    )
    op.create_table(
        "block_week",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("block_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_block_week_person_id")),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_block_week")),
    )
    with op.batch_alter_table("block_week", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_week_week"), ["week"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_table(
        "cadence_rule",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(length=12), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_cadence_rule_program_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_cadence_rule_set_by_id")),
        sa.PrimaryKeyConstraint("program_id", "situation", name=op.f("pk_cadence_rule")),
    )
    op.create_table(
        "contact_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_contact_start_candidate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_start_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_start")),
    )
    with op.batch_alter_table("contact_start", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_start_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contact_start_person_id_settled_at"), ["person_id", "settled_at"], unique=False
        )

    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=8), nullable=False),
        sa.Column("occasion", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("preset", sa.String(length=40), nullable=True),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_phrase_program_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_phrase_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint("program_id", "preset", name=op.f("uq_phrase_program_id_preset")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_phrase_program_id_use_occasion"), ["program_id", "use", "occasion"], unique=False
        )

    op.create_table(
        "shown_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(length=8), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.Column("ranked_for", UtcDateTime(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("pool_size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("order_hash", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_shown_list_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_shown_list_person_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_shown_list_ruleset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_list")),
    )
    with op.batch_alter_table("shown_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shown_list_person_id_surface_id"), ["person_id", "surface", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_shown_list_shown_at"), ["shown_at"], unique=False)

    op.create_table(
        "queue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("block_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("current_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["shown_list.id"], name=op.f("fk_queue_list_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_queue_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_queue_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue")),
    )
    with op.batch_alter_table("queue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queue_person_id_ended_at"), ["person_id", "ended_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_queue_started_at"), ["started_at"], unique=False)

    op.create_table(
        "shown_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("contributions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("inputs", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("lower", sa.Integer(), nullable=False),
        sa.Column("propensity", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_shown_row_candidate_id")),
        sa.ForeignKeyConstraint(["list_id"], ["shown_list.id"], name=op.f("fk_shown_row_list_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown_row")),
        sa.UniqueConstraint("list_id", "position", name=op.f("uq_shown_row_list_id_position")),
    )
    with op.batch_alter_table("shown_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shown_row_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "log_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["engagement_action.id"], name=op.f("fk_log_link_action_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_log_link_candidate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_log_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_log_link_token_hash")),
    )
    with op.batch_alter_table("log_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_link_candidate_id"), ["candidate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_link_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "queue_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("skipped_at", UtcDateTime(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["engagement_action.id"], name=op.f("fk_queue_card_action_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_queue_card_candidate_id")),
        sa.ForeignKeyConstraint(["queue_id"], ["queue.id"], name=op.f("fk_queue_card_queue_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_card")),
        sa.UniqueConstraint("queue_id", "candidate_id", name=op.f("uq_queue_card_queue_id_candidate_id")),
    )
    with op.batch_alter_table("queue_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_queue_card_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_queue_card_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "time_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("picked_at", UtcDateTime(), nullable=True),
        sa.Column("picked", UtcDateTime(), nullable=True),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_time_offer_candidate_id")),
        sa.ForeignKeyConstraint(["link_id"], ["candidate_link.id"], name=op.f("fk_time_offer_link_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_time_offer_person_id")),
        sa.ForeignKeyConstraint(["promise_id"], ["promise.id"], name=op.f("fk_time_offer_promise_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_offer")),
    )
    with op.batch_alter_table("time_offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_time_offer_candidate_id_made_at"), ["candidate_id", "made_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_time_offer_link_id"), ["link_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_offer_person_id_made_at"), ["person_id", "made_at"], unique=False)

    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opens", sa.Integer(), nullable=False, server_default="540"))
        batch_op.add_column(sa.Column("closes", sa.Integer(), nullable=False, server_default="1200"))
        batch_op.add_column(sa.Column("whatsapp_business", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("from_week", sa.Date(), nullable=False, server_default="1970-01-05"))
        batch_op.add_column(sa.Column("given_up", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("set_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("set_at", UtcDateTime(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_block_program_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_block_person_id_from_week"), ["person_id", "from_week"], unique=False)
        batch_op.create_index(batch_op.f("ix_block_program_id_from_week"), ["program_id", "from_week"], unique=False)
        batch_op.create_index(batch_op.f("ix_block_team_id_from_week"), ["team_id", "from_week"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_block_person_id"), "person", ["person_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_block_set_by_id"), "person", ["set_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_block_team_id"), "team", ["team_id"], ["id"])

    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_owner_id_stage"))
        batch_op.create_index(
            "ix_candidate_pool", ["owner_id", "stage", "registered_at", "keep_until", "id"], unique=False
        )

    with op.batch_alter_table("channel_preference", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channel_preference_hours",
            ["candidate_id"],
            unique=False,
            postgresql_where=sa.text("days != '' OR from_minute IS NOT NULL OR until_minute IS NOT NULL"),
            sqlite_where=sa.text("days != '' OR from_minute IS NOT NULL OR until_minute IS NOT NULL"),
        )

    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consent_refused",
            ["candidate_id"],
            unique=False,
            postgresql_where=sa.text("given IS false"),
            sqlite_where=sa.text("given IS 0"),
        )

    with op.batch_alter_table("contact_state", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reach", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("cadence_days", sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_contact_state_owner_id_tau"))
        batch_op.create_index(
            "ix_contact_state_pool",
            [
                "owner_id",
                "tau",
                "candidate_id",
                "last_two_way_at",
                "last_attempt_at",
                "last_attempt_by_id",
                "last_attempt_answered",
                "last_inbound_at",
                "unanswered_1",
                "unanswered_2",
                "unanswered_3",
                "attempts",
                "answers",
                "promise_due_at",
                "trigger_at",
                "coming_back_at",
                "application_state",
                "application_owed_at",
                "recovery_due_at",
                "rest_days",
                "cadence_days",
                "paused_until",
                "do_not_contact_at",
                "claimed_by_id",
                "claimed_until",
            ],
            unique=False,
        )

    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(
            "ix_identity_closed",
            ["candidate_id"],
            unique=False,
            postgresql_where=sa.text("state IN ('invalid', 'opted_out')"),
            sqlite_where=sa.text("state IN ('invalid', 'opted_out')"),
        )

    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phrases", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("rhythm", sa.String(length=32), nullable=True))

    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_made_by_action_id"), ["made_by_action_id"], unique=False)


def downgrade() -> None:
    own = "team_id IS NULL AND person_id IS NULL"
    op.execute(f"DELETE FROM block WHERE id NOT IN (SELECT MAX(id) FROM block WHERE {own} GROUP BY program_id)")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_made_by_action_id"))

    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.drop_column("rhythm")
        batch_op.drop_column("phrases")

    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_identity_closed",
            postgresql_where=sa.text("state IN ('invalid', 'opted_out')"),
            sqlite_where=sa.text("state IN ('invalid', 'opted_out')"),
        )

    with op.batch_alter_table("contact_state", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_state_pool")
        batch_op.create_index(batch_op.f("ix_contact_state_owner_id_tau"), ["owner_id", "tau"], unique=False)
        batch_op.drop_column("cadence_days")
        batch_op.drop_column("reach")

    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_consent_refused", postgresql_where=sa.text("given IS false"), sqlite_where=sa.text("given IS 0")
        )

    with op.batch_alter_table("channel_preference", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_channel_preference_hours",
            postgresql_where=sa.text("days != '' OR from_minute IS NOT NULL OR until_minute IS NOT NULL"),
            sqlite_where=sa.text("days != '' OR from_minute IS NOT NULL OR until_minute IS NOT NULL"),
        )

    with op.batch_alter_table("candidate", schema=None) as batch_op:
        batch_op.drop_index("ix_candidate_pool")
        batch_op.create_index(batch_op.f("ix_candidate_owner_id_stage"), ["owner_id", "stage"], unique=False)

    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_block_team_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_block_set_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_block_person_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_block_team_id_from_week"))
        batch_op.drop_index(batch_op.f("ix_block_program_id_from_week"))
        batch_op.drop_index(batch_op.f("ix_block_person_id_from_week"))
        batch_op.create_unique_constraint(batch_op.f("uq_block_program_id"), ["program_id"])
        batch_op.drop_column("set_at")
        batch_op.drop_column("set_by_id")
        batch_op.drop_column("given_up")
        batch_op.drop_column("from_week")
        batch_op.drop_column("person_id")
        batch_op.drop_column("team_id")

    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_column("whatsapp_business")
        batch_op.drop_column("closes")
        batch_op.drop_column("opens")

    with op.batch_alter_table("time_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_time_offer_person_id_made_at"))
        batch_op.drop_index(batch_op.f("ix_time_offer_link_id"))
        batch_op.drop_index(batch_op.f("ix_time_offer_candidate_id_made_at"))

    op.drop_table("time_offer")
    with op.batch_alter_table("queue_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queue_card_candidate_id"))
        batch_op.drop_index(batch_op.f("ix_queue_card_action_id"))

    op.drop_table("queue_card")
    with op.batch_alter_table("log_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_link_expires_at"))
        batch_op.drop_index(batch_op.f("ix_log_link_candidate_id"))

    op.drop_table("log_link")
    with op.batch_alter_table("shown_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shown_row_candidate_id"))

    op.drop_table("shown_row")
    with op.batch_alter_table("queue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_queue_started_at"))
        batch_op.drop_index(batch_op.f("ix_queue_person_id_ended_at"))

    op.drop_table("queue")
    with op.batch_alter_table("shown_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shown_list_shown_at"))
        batch_op.drop_index(batch_op.f("ix_shown_list_person_id_surface_id"))

    op.drop_table("shown_list")
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phrase_program_id_use_occasion"))

    op.drop_table("phrase")
    with op.batch_alter_table("contact_start", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_start_person_id_settled_at"))
        batch_op.drop_index(batch_op.f("ix_contact_start_candidate_id"))

    op.drop_table("contact_start")
    op.drop_table("cadence_rule")
    op.drop_table("calendar_feed")
    with op.batch_alter_table("block_week", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_block_week_week"))

    op.drop_table("block_week")
    op.drop_table("block_move")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id_last"))
        batch_op.drop_index(batch_op.f("ix_absence_last"))

    op.drop_table("absence")
