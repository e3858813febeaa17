"""Visitors, applications, feedback, shared items, alerts, fans, and versions of the score that are built beside it."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("kind", "recipient", "period", name=op.f("uq_alert_kind_recipient_period")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_about_state"), ["about", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_recipient_told_at"), ["recipient", "told_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_state_due_at"), ["state", "due_at"], unique=False)

    op.create_table(
        "score_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("worst", sa.Double(), nullable=False),
        sa.Column("example", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_check")),
    )
    op.create_table(
        "vacancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
        sa.UniqueConstraint("reference", name=op.f("uq_vacancy_reference")),
    )
    op.create_table(
        "event_name",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=True),
        sa.Column("mapped_by_id", sa.Integer(), nullable=True),
        sa.Column("mapped_at", UtcDateTime(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("relabelled", sa.Integer(), nullable=False),
        sa.Column("relabel_until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kind"], ["touchpoint_kind.code"], name=op.f("fk_event_name_kind")),
        sa.ForeignKeyConstraint(["mapped_by_id"], ["person.id"], name=op.f("fk_event_name_mapped_by_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_event_name")),
    )
    op.create_table(
        "shared_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("aspirations", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("text_en", sa.String(length=1000), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_shared_item_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_item")),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("vacancy_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("active_at", UtcDateTime(), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("stopped_at", UtcDateTime(), nullable=True),
        sa.Column("resumed_at", UtcDateTime(), nullable=True),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("kept_in_mind", sa.Boolean(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_application_candidate_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_application_changed_by_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_application_vacancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("candidate_id", "vacancy_id", name=op.f("uq_application_candidate_id_vacancy_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_application_state_active_at"), ["state", "active_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_vacancy_id"), ["vacancy_id"], unique=False)

    op.create_table(
        "coming_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_coming_back_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coming_back")),
    )
    with op.batch_alter_table("coming_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coming_back_candidate_id_at"), ["candidate_id", "at"], unique=False)

    op.create_table(
        "fan_moment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("leaves_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_fan_moment_candidate_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_fan_moment_ruleset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fan_moment")),
    )
    with op.batch_alter_table("fan_moment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fan_moment_candidate_id_entered_at"), ["candidate_id", "entered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fan_moment_leaves_at"), ["leaves_at"], unique=False)
        batch_op.create_index(
            "uq_fan_moment_open",
            ["candidate_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("at_the_end", sa.Boolean(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("lapses_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Integer(), nullable=True),
        sa.Column("recommends", sa.Integer(), nullable=True),
        sa.Column("said", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_feedback_candidate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feedback_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_feedback_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_answered_at"), ["answered_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_feedback_candidate_id_asked_at"), ["candidate_id", "asked_at"], unique=False
        )

    op.create_table(
        "intake_log",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("fate", sa.String(length=30), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_intake_log_candidate_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_intake_log_source_id")),
        sa.PrimaryKeyConstraint("source_id", "slot", name=op.f("pk_intake_log")),
    )
    with op.batch_alter_table("intake_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_log_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "tracked_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("trap", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_tracked_link_candidate_id")),
        sa.ForeignKeyConstraint(["item_id"], ["shared_item.id"], name=op.f("fk_tracked_link_item_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_tracked_link_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracked_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_tracked_link_token_hash")),
    )
    with op.batch_alter_table("tracked_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tracked_link_candidate_id_made_at"), ["candidate_id", "made_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tracked_link_item_id"), ["item_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("anonymous_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("vacancy", sa.String(length=80), nullable=True),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_visit_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("source_id", "external_id", name=op.f("uq_visit_source_id_external_id")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visit_anonymous_id_occurred_at"), ["anonymous_id", "occurred_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_visit_received_at"), ["received_at"], unique=False)

    op.create_table(
        "visitor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("anonymous_id", sa.String(length=100), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_visitor_candidate_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_visitor_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
        sa.UniqueConstraint("anonymous_id", name=op.f("uq_visitor_anonymous_id")),
    )
    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitor_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "application_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=True),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_move_application_id")
        ),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_application_move_candidate_id")),
        sa.ForeignKeyConstraint(["moved_by_id"], ["person.id"], name=op.f("fk_application_move_moved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_move")),
    )
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_move_application_id_moved_at"), ["application_id", "moved_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_application_move_candidate_id_moved_at"), ["candidate_id", "moved_at"], unique=False
        )

    op.create_table(
        "settling",
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("settles_at", UtcDateTime(), nullable=False),
        sa.Column("trapped", sa.Boolean(), nullable=False),
        sa.Column("becomes", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["touchpoint_id"], ["touchpoint.id"], name=op.f("fk_settling_touchpoint_id")),
        sa.PrimaryKeyConstraint("touchpoint_id", name=op.f("pk_settling")),
    )
    with op.batch_alter_table("settling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settling_message_at"), ["message", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_settling_settles_at"), ["settles_at"], unique=False)

    op.create_table(
        "recovery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_action_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_recovery_candidate_id")),
        sa.ForeignKeyConstraint(
            ["closed_by_action_id"], ["engagement_action.id"], name=op.f("fk_recovery_closed_by_action_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )
    with op.batch_alter_table("recovery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_candidate_id_closed_at"), ["candidate_id", "closed_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_recovery_due_at"), ["due_at"], unique=False)
        batch_op.create_index("uq_recovery_about", ["cause", "about"], unique=True)

    with op.batch_alter_table("contact_state", schema=None) as batch_op:
        batch_op.add_column(sa.Column("promise_kind", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("fan_since", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("coming_back_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("application_state", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("application_owed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("recovery_due_at", UtcDateTime(), nullable=True))
        batch_op.alter_column(
            "trigger", existing_type=sa.VARCHAR(length=20), type_=sa.String(length=24), existing_nullable=True
        )
        batch_op.create_index(batch_op.f("ix_contact_state_application_owed_at"), ["application_owed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_state_application_state"), ["application_state"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_state_coming_back_at"), ["coming_back_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_state_fan_since"), ["fan_since"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_state_recovery_due_at"), ["recovery_due_at"], unique=False)

    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), nullable=False, server_default="agreed"))
        batch_op.add_column(sa.Column("application_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_promise_application_id"), ["application_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_promise_application_id"), "application", ["application_id"], ["id"])

    with op.batch_alter_table("ruleset", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("since", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("before_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("live_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("given_up_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("given_up_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("done_through", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("last_candidate", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("fan_from", sa.Double(), nullable=False, server_default="70"))
        batch_op.add_column(sa.Column("fan_until", sa.Double(), nullable=False, server_default="45"))
        batch_op.create_foreign_key(batch_op.f("fk_ruleset_before_id"), "ruleset", ["before_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ruleset_given_up_by_id"), "person", ["given_up_by_id"], ["id"])

    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.add_column(sa.Column("previous_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("previous_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("heard", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("heard_at", UtcDateTime(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_source_previous_hash"), ["previous_hash"])

    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vacancy", sa.String(length=80), nullable=True))

    op.execute("UPDATE ruleset SET live_at = published_at")


def downgrade() -> None:
    with op.batch_alter_table("touchpoint", schema=None) as batch_op:
        batch_op.drop_column("vacancy")

    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_source_previous_hash"), type_="unique")
        batch_op.drop_column("heard_at")
        batch_op.drop_column("heard")
        batch_op.drop_column("previous_until")
        batch_op.drop_column("previous_hash")

    with op.batch_alter_table("ruleset", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ruleset_given_up_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ruleset_before_id"), type_="foreignkey")
        batch_op.drop_column("fan_until")
        batch_op.drop_column("fan_from")
        batch_op.drop_column("last_candidate")
        batch_op.drop_column("done_through")
        batch_op.drop_column("given_up_by_id")
        batch_op.drop_column("given_up_at")
        batch_op.drop_column("live_at")
        batch_op.drop_column("before_id")
        batch_op.drop_column("since")
        batch_op.drop_column("note")

    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_promise_application_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_promise_application_id"))
        batch_op.drop_column("application_id")
        batch_op.drop_column("kind")

    with op.batch_alter_table("contact_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_state_recovery_due_at"))
        batch_op.drop_index(batch_op.f("ix_contact_state_fan_since"))
        batch_op.drop_index(batch_op.f("ix_contact_state_coming_back_at"))
        batch_op.drop_index(batch_op.f("ix_contact_state_application_state"))
        batch_op.drop_index(batch_op.f("ix_contact_state_application_owed_at"))
        batch_op.alter_column(
            "trigger", existing_type=sa.String(length=24), type_=sa.VARCHAR(length=20), existing_nullable=True
        )
        batch_op.drop_column("recovery_due_at")
        batch_op.drop_column("application_owed_at")
        batch_op.drop_column("application_state")
        batch_op.drop_column("coming_back_at")
        batch_op.drop_column("fan_since")
        batch_op.drop_column("promise_kind")

    with op.batch_alter_table("recovery", schema=None) as batch_op:
        batch_op.drop_index("uq_recovery_about")
        batch_op.drop_index(batch_op.f("ix_recovery_due_at"))
        batch_op.drop_index(batch_op.f("ix_recovery_candidate_id_closed_at"))

    op.drop_table("recovery")
    with op.batch_alter_table("settling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settling_settles_at"))
        batch_op.drop_index(batch_op.f("ix_settling_message_at"))

    op.drop_table("settling")
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_move_candidate_id_moved_at"))
        batch_op.drop_index(batch_op.f("ix_application_move_application_id_moved_at"))

    op.drop_table("application_move")
    with op.batch_alter_table("visitor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visitor_candidate_id"))

    op.drop_table("visitor")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_received_at"))
        batch_op.drop_index(batch_op.f("ix_visit_anonymous_id_occurred_at"))

    op.drop_table("visit")
    with op.batch_alter_table("tracked_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tracked_link_item_id"))
        batch_op.drop_index(batch_op.f("ix_tracked_link_candidate_id_made_at"))

    op.drop_table("tracked_link")
    with op.batch_alter_table("intake_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intake_log_candidate_id"))

    op.drop_table("intake_log")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_candidate_id_asked_at"))
        batch_op.drop_index(batch_op.f("ix_feedback_answered_at"))

    op.drop_table("feedback")
    with op.batch_alter_table("fan_moment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_fan_moment_open", sqlite_where=sa.text("left_at IS NULL"), postgresql_where=sa.text("left_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_fan_moment_leaves_at"))
        batch_op.drop_index(batch_op.f("ix_fan_moment_candidate_id_entered_at"))

    op.drop_table("fan_moment")
    with op.batch_alter_table("coming_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coming_back_candidate_id_at"))

    op.drop_table("coming_back")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_vacancy_id"))
        batch_op.drop_index(batch_op.f("ix_application_state_active_at"))

    op.drop_table("application")
    op.drop_table("shared_item")
    op.drop_table("event_name")
    op.drop_table("vacancy")
    op.drop_table("score_check")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_alert_recipient_told_at"))
        batch_op.drop_index(batch_op.f("ix_alert_about_state"))

    op.drop_table("alert")
