"""The sponsor's plan, figures of days, what is noted of anomalies, and the lab's drafts, runs and logbook."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("day", "measure", "team_id", name=op.f("pk_figure_day")),
    )
    with op.batch_alter_table("figure_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_day_measure_day"), ["measure", "day"], unique=False)

    op.create_table(
        "figure_mark",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figure_mark")),
    )
    op.create_table(
        "activity_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("actions", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_day_person_id")),
        sa.PrimaryKeyConstraint("day", "person_id", name=op.f("pk_activity_day")),
    )
    with op.batch_alter_table("activity_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_day_person_id_day"), ["person_id", "day"], unique=False)

    op.create_table(
        "lab_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_as", sa.Integer(), nullable=True),
        sa.Column("discarded_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_lab_draft_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_draft")),
    )
    op.create_table(
        "person_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("viewer_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_view_person_id")),
        sa.ForeignKeyConstraint(["viewer_id"], ["person.id"], name=op.f("fk_person_view_viewer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_view")),
        sa.UniqueConstraint(
            "person_id", "viewer_id", "what", "day", name=op.f("uq_person_view_person_id_viewer_id_what_day")
        ),
    )
    with op.batch_alter_table("person_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_view_viewer_id_day"), ["viewer_id", "day"], unique=False)

    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=False),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_goal_made_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_goal_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_program_id"), ["program_id"], unique=False)

    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("idea", sa.String(length=200), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("measure", sa.String(length=24), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_improvement_owner_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_improvement_program_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_improvement_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
    )
    with op.batch_alter_table("improvement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_improvement_program_id"), ["program_id"], unique=False)

    op.create_table(
        "lab_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_lab_run_asked_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["lab_draft.id"], name=op.f("fk_lab_run_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_run")),
    )
    with op.batch_alter_table("lab_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lab_run_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lab_run_state"), ["state"], unique=False)

    op.create_table(
        "launch_step",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_launch_step_done_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_launch_step_program_id")),
        sa.PrimaryKeyConstraint("program_id", "step", name=op.f("pk_launch_step")),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_pulse_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("program_id", "quarter", name=op.f("uq_pulse_program_id_quarter")),
    )
    op.create_table(
        "sponsor_deed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_sponsor_deed_program_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_sponsor_deed_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor_deed")),
    )
    with op.batch_alter_table("sponsor_deed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sponsor_deed_program_id"), ["program_id"], unique=False)

    op.create_table(
        "lab_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_lab_entry_by_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["lab_draft.id"], name=op.f("fk_lab_entry_draft_id")),
        sa.ForeignKeyConstraint(["run_id"], ["lab_run.id"], name=op.f("fk_lab_entry_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lab_entry")),
    )
    op.create_table(
        "pulse_count",
        sa.Column("pulse_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pulse_id"], ["pulse.id"], name=op.f("fk_pulse_count_pulse_id")),
        sa.PrimaryKeyConstraint("pulse_id", "question", "choice", name=op.f("pk_pulse_count")),
    )
    op.create_table(
        "pulse_given",
        sa.Column("pulse_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_given_person_id")),
        sa.ForeignKeyConstraint(["pulse_id"], ["pulse.id"], name=op.f("fk_pulse_given_pulse_id")),
        sa.PrimaryKeyConstraint("pulse_id", "person_id", name=op.f("pk_pulse_given")),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_scan_program_id")),
        sa.ForeignKeyConstraint(["season_id"], ["season.id"], name=op.f("fk_scan_season_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_scan_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scan_program_id"), ["program_id"], unique=False)

    with op.batch_alter_table("anomaly", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("settled_as", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("settled_note", sa.Text(), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_anomaly_settled_by_id"), "person", ["settled_by_id"], ["id"])

    with op.batch_alter_table("chat_target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("engagement_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagement_action_undone_at"),
            ["undone_at"],
            unique=False,
            sqlite_where=sa.text("undone_at IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NOT NULL"),
        )

    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_move_moved_at"), ["moved_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("stage_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_move_moved_at"))

    with op.batch_alter_table("engagement_action", schema=None) as batch_op:
        batch_op.drop_index(
            batch_op.f("ix_engagement_action_undone_at"),
            sqlite_where=sa.text("undone_at IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NOT NULL"),
        )

    with op.batch_alter_table("chat_target", schema=None) as batch_op:
        batch_op.drop_column("failures")

    with op.batch_alter_table("anomaly", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_anomaly_settled_by_id"), type_="foreignkey")
        batch_op.drop_column("settled_note")
        batch_op.drop_column("settled_as")
        batch_op.drop_column("settled_by_id")

    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scan_program_id"))

    op.drop_table("scan")
    op.drop_table("pulse_given")
    op.drop_table("pulse_count")
    op.drop_table("lab_entry")
    with op.batch_alter_table("sponsor_deed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sponsor_deed_program_id"))

    op.drop_table("sponsor_deed")
    op.drop_table("pulse")
    op.drop_table("launch_step")
    with op.batch_alter_table("lab_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lab_run_state"))
        batch_op.drop_index(batch_op.f("ix_lab_run_draft_id"))

    op.drop_table("lab_run")
    with op.batch_alter_table("improvement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_improvement_program_id"))

    op.drop_table("improvement")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_program_id"))

    op.drop_table("goal")
    with op.batch_alter_table("person_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_view_viewer_id_day"))

    op.drop_table("person_view")
    op.drop_table("lab_draft")
    with op.batch_alter_table("activity_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_day_person_id_day"))

    op.drop_table("activity_day")
    op.drop_table("figure_mark")
    with op.batch_alter_table("figure_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_day_measure_day"))

    op.drop_table("figure_day")
