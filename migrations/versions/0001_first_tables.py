"""The first tables."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("address_form", sa.String(length=2), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("ats_url_template", sa.String(length=300), nullable=True),
        sa.Column("setup_step", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_table(
        "branch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
        sa.UniqueConstraint("name", name=op.f("uq_branch_name")),
    )
    op.create_table(
        "flagged_address",
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_flagged_address")),
    )
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_run")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("not_after", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("lease_owner", sa.String(length=60), nullable=True),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("last_error", sa.String(length=300), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("kind", "recipient", "period", name=op.f("uq_outbox_kind_recipient_period")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    op.create_index(op.f("ix_outbox_state_next_try_at"), "outbox", ["state", "next_try_at"], unique=False)
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content_type", sa.String(length=30), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("digest", name=op.f("uq_picture_digest")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_hash", sa.String(length=64), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(op.f("ix_sign_in_failure_account_hash"), "sign_in_failure", ["account_hash"], unique=False)
    op.create_index(op.f("ix_sign_in_failure_address_hash"), "sign_in_failure", ["address_hash"], unique=False)
    op.create_index(op.f("ix_sign_in_failure_at"), "sign_in_failure", ["at"], unique=False)
    op.create_table(
        "touchpoint_kind",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label_nl", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_touchpoint_kind")),
    )
    op.create_table(
        "unsubscription",
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("recipient", "kind", name=op.f("pk_unsubscription")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_team_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_team_branch_id_name")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sort_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("theme", sa.String(length=6), nullable=False),
        sa.Column("keys_enabled", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("deactivated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_person_picture_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_person_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_index(op.f("ix_person_sort_name"), "person", ["sort_name"], unique=False)
    op.create_index(op.f("ix_person_team_id"), "person", ["team_id"], unique=False)
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("sort_name", sa.String(length=160), nullable=False),
        sa.Column("given_name", sa.String(length=80), nullable=False),
        sa.Column("role_sought", sa.String(length=120), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_candidate_branch_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_candidate_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("external_id", name=op.f("uq_candidate_external_id")),
    )
    op.create_index(op.f("ix_candidate_branch_id"), "candidate", ["branch_id"], unique=False)
    op.create_index(op.f("ix_candidate_owner_id_stage"), "candidate", ["owner_id", "stage"], unique=False)
    op.create_index(op.f("ix_candidate_registered_at"), "candidate", ["registered_at"], unique=False)
    op.create_index(op.f("ix_candidate_sort_name"), "candidate", ["sort_name"], unique=False)
    op.create_table(
        "candidate_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("unknown_owners", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_candidate_import_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_import")),
    )
    op.create_index(op.f("ix_candidate_import_created_at"), "candidate_import", ["created_at"], unique=False)
    op.create_index(op.f("ix_candidate_import_layout"), "candidate_import", ["layout"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"], unique=False)
    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("slogan", sa.String(length=120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=True),
        sa.Column("logo_id", sa.Integer(), nullable=True),
        sa.Column("sponsor_id", sa.Integer(), nullable=True),
        sa.Column("sponsor_message", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["logo_id"], ["picture.id"], name=op.f("fk_program_logo_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["person.id"], name=op.f("fk_program_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
    )
    op.create_table(
        "ruleset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("half_life_days", sa.Double(), nullable=False),
        sa.Column("s50", sa.Double(), nullable=False),
        sa.Column("unknown_points", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name=op.f("fk_ruleset_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset")),
        sa.UniqueConstraint("version", name=op.f("uq_ruleset_version")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_session_person_id"), "sign_in_session", ["person_id"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("key_hint", sa.String(length=12), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["person.id"], name=op.f("fk_source_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_source_key_hash")),
    )
    op.create_table(
        "touchpoint_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("unknown_kinds", sa.JSON(), nullable=False),
        sa.Column("brought_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["brought_by_id"], ["person.id"], name=op.f("fk_touchpoint_file_brought_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touchpoint_file")),
    )
    op.create_index(op.f("ix_touchpoint_file_brought_at"), "touchpoint_file", ["brought_at"], unique=False)
    op.create_table(
        "action_kind",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("label_nl", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("place_class", sa.String(length=12), nullable=True),
        sa.Column("two_way", sa.Boolean(), nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_action_kind_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_action_kind_code")),
    )
    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_block_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("program_id", name=op.f("uq_block_program_id")),
    )
    op.create_table(
        "channel_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("said_by", sa.String(length=12), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_channel_preference_candidate_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_channel_preference_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_preference")),
    )
    op.create_index(
        op.f("ix_channel_preference_candidate_id_purpose_id"),
        "channel_preference",
        ["candidate_id", "purpose", "id"],
        unique=False,
    )
    op.create_table(
        "contact_state",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("last_two_way_at", UtcDateTime(), nullable=True),
        sa.Column("last_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("last_attempt_by_id", sa.Integer(), nullable=True),
        sa.Column("last_attempt_answered", sa.Boolean(), nullable=False),
        sa.Column("last_inbound_at", UtcDateTime(), nullable=True),
        sa.Column("unanswered_1", UtcDateTime(), nullable=True),
        sa.Column("unanswered_2", UtcDateTime(), nullable=True),
        sa.Column("unanswered_3", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=True),
        sa.Column("promise_due_at", UtcDateTime(), nullable=True),
        sa.Column("trigger", sa.String(length=20), nullable=True),
        sa.Column("trigger_at", UtcDateTime(), nullable=True),
        sa.Column("tau", sa.Double(), nullable=True),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("do_not_contact_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_contact_state_candidate_id")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["person.id"], name=op.f("fk_contact_state_claimed_by_id")),
        sa.ForeignKeyConstraint(
            ["last_attempt_by_id"], ["person.id"], name=op.f("fk_contact_state_last_attempt_by_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_contact_state_owner_id")),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_contact_state")),
    )
    op.create_index(op.f("ix_contact_state_owner_id_tau"), "contact_state", ["owner_id", "tau"], unique=False)
    op.create_table(
        "engagement_score",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("tau", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_engagement_score_candidate_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_engagement_score_ruleset_id")),
        sa.PrimaryKeyConstraint("candidate_id", "ruleset_id", name=op.f("pk_engagement_score")),
    )
    op.create_index(op.f("ix_engagement_score_ruleset_id_tau"), "engagement_score", ["ruleset_id", "tau"], unique=False)
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_identity_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint(
            "candidate_id", "channel", "address", name=op.f("uq_identity_candidate_id_channel_address")
        ),
    )
    op.create_index(op.f("ix_identity_channel_address"), "identity", ["channel", "address"], unique=False)
    op.create_table(
        "rule_points",
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("week_days", sa.Integer(), nullable=True),
        sa.Column("strong", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_rule_points_ruleset_id")),
        sa.PrimaryKeyConstraint("ruleset_id", "kind", name=op.f("pk_rule_points")),
    )
    op.create_table(
        "standing",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=6), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("sort_key", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_standing_program_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_standing_team_id")),
        sa.PrimaryKeyConstraint(
            "program_id", "scope", "period", "period_start", "subject_id", name=op.f("pk_standing")
        ),
    )
    op.create_index(
        "ix_standing_board",
        "standing",
        ["program_id", "scope", "period", "period_start", "sort_key", "helped", "subject_id"],
        unique=False,
    )
    op.create_index(
        "ix_standing_team",
        "standing",
        ["program_id", "scope", "period", "period_start", "team_id", "sort_key", "helped", "subject_id"],
        unique=False,
    )
    op.create_table(
        "touchpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("reversed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_touchpoint_candidate_id")),
        sa.ForeignKeyConstraint(["kind"], ["touchpoint_kind.code"], name=op.f("fk_touchpoint_kind")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_touchpoint_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touchpoint")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_touchpoint_source_external_id")),
    )
    op.create_index(
        op.f("ix_touchpoint_candidate_id_occurred_at"), "touchpoint", ["candidate_id", "occurred_at"], unique=False
    )
    op.create_table(
        "works_council_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("exists", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_works_council_consent_program_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_works_council_consent_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works_council_consent")),
    )
    op.create_table(
        "action_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["action_kind.id"], name=op.f("fk_action_rule_kind_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_action_rule_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_rule")),
        sa.UniqueConstraint("kind_id", "version", name=op.f("uq_action_rule_kind_id_version")),
    )
    op.create_table(
        "award_day",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["action_kind.id"], name=op.f("fk_award_day_kind_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_day_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind_id", "local_date", name=op.f("pk_award_day")),
    )
    op.create_table(
        "cell",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("key", sa.Double(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("touchpoint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_cell_candidate_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_cell_ruleset_id")),
        sa.ForeignKeyConstraint(["touchpoint_id"], ["touchpoint.id"], name=op.f("fk_cell_touchpoint_id")),
        sa.PrimaryKeyConstraint("candidate_id", "ruleset_id", "kind", "local_date", name=op.f("pk_cell")),
    )
    op.create_table(
        "engagement_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("award_reason", sa.String(length=20), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_engagement_action_candidate_id")),
        sa.ForeignKeyConstraint(["kind_id"], ["action_kind.id"], name=op.f("fk_engagement_action_kind_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_engagement_action_person_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_engagement_action_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_action")),
        sa.UniqueConstraint("key", name=op.f("uq_engagement_action_key")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_engagement_action_source_external_id")),
    )
    op.create_index(
        op.f("ix_engagement_action_candidate_id_occurred_at"),
        "engagement_action",
        ["candidate_id", "occurred_at"],
        unique=False,
    )
    op.create_index(op.f("ix_engagement_action_local_date"), "engagement_action", ["local_date"], unique=False)
    op.create_index(
        op.f("ix_engagement_action_person_id_local_date"),
        "engagement_action",
        ["person_id", "local_date"],
        unique=False,
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("action_kind_id", sa.Integer(), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("source_kind", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("idempotency_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_kind_id"], ["action_kind.id"], name=op.f("fk_ledger_entry_action_kind_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_ledger_entry_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ledger_entry_person_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_ledger_entry_program_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["ledger_entry.id"], name=op.f("fk_ledger_entry_reverses_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_ledger_entry_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("idempotency_key", "line", name=op.f("uq_ledger_entry_idempotency_key_line")),
        sa.UniqueConstraint(
            "person_id",
            "candidate_id",
            "action_kind_id",
            "local_date",
            "nth",
            name=op.f("uq_ledger_entry_person_id_candidate_id_action_kind_id_local_date_nth"),
        ),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entry_reverses_id")),
    )
    op.create_index(
        op.f("ix_ledger_entry_candidate_id_local_date"), "ledger_entry", ["candidate_id", "local_date"], unique=False
    )
    op.create_index(op.f("ix_ledger_entry_local_date"), "ledger_entry", ["local_date"], unique=False)
    op.create_index(
        op.f("ix_ledger_entry_person_id_local_date"), "ledger_entry", ["person_id", "local_date"], unique=False
    )
    op.create_index(
        op.f("ix_ledger_entry_source_kind_source_id"), "ledger_entry", ["source_kind", "source_id"], unique=False
    )
    op.create_table(
        "award_place",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("place_class", sa.String(length=12), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("freed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["engagement_action.id"], name=op.f("fk_award_place_action_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_award_place_candidate_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_award_place")),
    )
    op.create_index(
        "uq_award_place_taken",
        "award_place",
        ["candidate_id", "week", "place_class", "place"],
        unique=True,
        sqlite_where=sa.text("freed_at IS NULL"),
        postgresql_where=sa.text("freed_at IS NULL"),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("made_by_action_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("kept_by_action_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_promise_candidate_id")),
        sa.ForeignKeyConstraint(
            ["kept_by_action_id"], ["engagement_action.id"], name=op.f("fk_promise_kept_by_action_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_action_id"], ["engagement_action.id"], name=op.f("fk_promise_made_by_action_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_promise_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index(op.f("ix_promise_candidate_id_due_at"), "promise", ["candidate_id", "due_at"], unique=False)
    op.create_index(op.f("ix_promise_person_id_due_at"), "promise", ["person_id", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_promise_person_id_due_at"), table_name="promise")
    op.drop_index(op.f("ix_promise_candidate_id_due_at"), table_name="promise")
    op.drop_table("promise")
    op.drop_index(
        "uq_award_place_taken",
        table_name="award_place",
        sqlite_where=sa.text("freed_at IS NULL"),
        postgresql_where=sa.text("freed_at IS NULL"),
    )
    op.drop_table("award_place")
    op.drop_index(op.f("ix_ledger_entry_source_kind_source_id"), table_name="ledger_entry")
    op.drop_index(op.f("ix_ledger_entry_person_id_local_date"), table_name="ledger_entry")
    op.drop_index(op.f("ix_ledger_entry_local_date"), table_name="ledger_entry")
    op.drop_index(op.f("ix_ledger_entry_candidate_id_local_date"), table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_index(op.f("ix_engagement_action_person_id_local_date"), table_name="engagement_action")
    op.drop_index(op.f("ix_engagement_action_local_date"), table_name="engagement_action")
    op.drop_index(op.f("ix_engagement_action_candidate_id_occurred_at"), table_name="engagement_action")
    op.drop_table("engagement_action")
    op.drop_table("cell")
    op.drop_table("award_day")
    op.drop_table("action_rule")
    op.drop_table("works_council_consent")
    op.drop_index(op.f("ix_touchpoint_candidate_id_occurred_at"), table_name="touchpoint")
    op.drop_table("touchpoint")
    op.drop_index("ix_standing_team", table_name="standing")
    op.drop_index("ix_standing_board", table_name="standing")
    op.drop_table("standing")
    op.drop_table("rule_points")
    op.drop_index(op.f("ix_identity_channel_address"), table_name="identity")
    op.drop_table("identity")
    op.drop_index(op.f("ix_engagement_score_ruleset_id_tau"), table_name="engagement_score")
    op.drop_table("engagement_score")
    op.drop_index(op.f("ix_contact_state_owner_id_tau"), table_name="contact_state")
    op.drop_table("contact_state")
    op.drop_index(op.f("ix_channel_preference_candidate_id_purpose_id"), table_name="channel_preference")
    op.drop_table("channel_preference")
    op.drop_table("block")
    op.drop_table("action_kind")
    op.drop_index(op.f("ix_touchpoint_file_brought_at"), table_name="touchpoint_file")
    op.drop_table("touchpoint_file")
    op.drop_table("source")
    op.drop_index(op.f("ix_sign_in_session_person_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_table("ruleset")
    op.drop_table("program")
    op.drop_index(op.f("ix_invitation_person_id"), table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_candidate_import_layout"), table_name="candidate_import")
    op.drop_index(op.f("ix_candidate_import_created_at"), table_name="candidate_import")
    op.drop_table("candidate_import")
    op.drop_index(op.f("ix_candidate_sort_name"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_registered_at"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_owner_id_stage"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_branch_id"), table_name="candidate")
    op.drop_table("candidate")
    op.drop_index(op.f("ix_person_team_id"), table_name="person")
    op.drop_index(op.f("ix_person_sort_name"), table_name="person")
    op.drop_table("person")
    op.drop_table("team")
    op.drop_table("unsubscription")
    op.drop_table("touchpoint_kind")
    op.drop_index(op.f("ix_sign_in_failure_at"), table_name="sign_in_failure")
    op.drop_index(op.f("ix_sign_in_failure_address_hash"), table_name="sign_in_failure")
    op.drop_index(op.f("ix_sign_in_failure_account_hash"), table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_table("picture")
    op.drop_index(op.f("ix_outbox_state_next_try_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("lease")
    op.drop_table("job_run")
    op.drop_table("flagged_address")
    op.drop_table("branch")
    op.drop_table("agency")
