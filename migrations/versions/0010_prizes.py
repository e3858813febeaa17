"""Competitions and their results, rewards and their budget, badges, kudos and surprises."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
LEDGERS = ("budget_entry", "competition_result")


def _refuse_change(table: str) -> None:
    """What was written down is never changed: money that moved, and results with their hash."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse()"
    )


def _let_change(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    op.execute(f"DROP TRIGGER {table}_no_change ON {table}")


def _count_boards_anew() -> None:
    """What somebody is weighed by is another rule now: the mark by which the boards are made from the ledger."""
    op.execute(
        "INSERT INTO board_start (program_id, period, period_start, average)"
        " SELECT id, 'old', '1970-01-01', 0 FROM program WHERE EXISTS (SELECT 1 FROM ledger_entry)"
        " AND NOT EXISTS (SELECT 1 FROM board_start AS mark WHERE mark.program_id = program.id AND mark.period = 'old')"
    )


def upgrade() -> None:
    op.create_table(
        "badge_award",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("badge", sa.String(length=12), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_badge_award_person_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_badge_award_program_id")),
        sa.PrimaryKeyConstraint("person_id", "badge", name=op.f("pk_badge_award")),
    )
    op.create_table(
        "budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("budgeted", sa.Integer(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("available + reserved + committed + spent = budgeted", name=op.f("ck_budget_sum")),
        sa.CheckConstraint(
            "available >= 0 AND reserved >= 0 AND committed >= 0 AND spent >= 0", name=op.f("ck_budget_pots")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_budget_made_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_budget_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
    )
    op.create_table(
        "coin_lapse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("earned_before", sa.Date(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=False),
        sa.Column("announced_by_id", sa.Integer(), nullable=True),
        sa.Column("announced_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["announced_by_id"], ["person.id"], name=op.f("fk_coin_lapse_announced_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_coin_lapse_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coin_lapse")),
        sa.UniqueConstraint("program_id", "lapses_on", name=op.f("uq_coin_lapse_program_id_lapses_on")),
    )
    op.create_table(
        "program_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("label_nl", sa.String(length=60), nullable=False),
        sa.Column("label_en", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_value_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_value")),
    )
    op.create_table(
        "reward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title_nl", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.String(length=80), nullable=False),
        sa.Column("text_nl", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("per_person", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("approval", sa.Boolean(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("stock IS NULL OR stock >= 0", name=op.f("ck_reward_stock")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_reward_made_by_id")),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_reward_picture_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_reward_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
    )
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reward_program_id"), ["program_id"], unique=False)

    op.create_table(
        "budget_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("released", sa.Integer(), nullable=False),
        sa.CheckConstraint("reserved + committed + spent + released = total", name=op.f("ck_budget_hold_sum")),
        sa.CheckConstraint(
            "reserved >= 0 AND committed >= 0 AND spent >= 0 AND released >= 0", name=op.f("ck_budget_hold_pots")
        ),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_budget_hold_budget_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_hold")),
        sa.UniqueConstraint("source_kind", "source_id", name=op.f("uq_budget_hold_source_kind_source_id")),
    )
    with op.batch_alter_table("budget_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_hold_budget_id"), ["budget_id"], unique=False)

    op.create_table(
        "competition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("metric", sa.String(length=8), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("audience_ids", sa.JSON(), nullable=False),
        sa.Column("own_teams", sa.Boolean(), nullable=False),
        sa.Column("by_choice", sa.Boolean(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("budget_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.LargeBinary(length=32), nullable=True),
        sa.Column("seed_hash", sa.String(length=64), nullable=True),
        sa.Column("average", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.Column("final_at", UtcDateTime(), nullable=True),
        sa.Column("rewarded_at", UtcDateTime(), nullable=True),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_competition_budget_id")),
        sa.ForeignKeyConstraint(["cancelled_by_id"], ["person.id"], name=op.f("fk_competition_cancelled_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_competition_made_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_competition_program_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name=op.f("fk_competition_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition")),
    )
    with op.batch_alter_table("competition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_competition_program_id_first"), ["program_id", "first"], unique=False)

    op.create_table(
        "kudos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("hidden_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_kudos_giver_id")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["person.id"], name=op.f("fk_kudos_hidden_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_kudos_program_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_kudos_receiver_id")),
        sa.ForeignKeyConstraint(["value_id"], ["program_value.id"], name=op.f("fk_kudos_value_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kudos")),
        sa.UniqueConstraint("key", name=op.f("uq_kudos_key")),
    )
    with op.batch_alter_table("kudos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kudos_giver_id_given_on"), ["giver_id", "given_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_kudos_receiver_id_given_on"), ["receiver_id", "given_on"], unique=False)

    op.create_table(
        "redemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reward_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("coin_entry_id", sa.Integer(), nullable=True),
        sa.Column("budget_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_redemption_budget_id")),
        sa.ForeignKeyConstraint(["coin_entry_id"], ["coin_entry.id"], name=op.f("fk_redemption_coin_entry_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_redemption_person_id")),
        sa.ForeignKeyConstraint(["reward_id"], ["reward.id"], name=op.f("fk_redemption_reward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption")),
        sa.UniqueConstraint("key", name=op.f("uq_redemption_key")),
    )
    with op.batch_alter_table("redemption", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_redemption_person_id_requested_at"), ["person_id", "requested_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_redemption_reward_id"), ["reward_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_redemption_state"), ["state"], unique=False)

    op.create_table(
        "budget_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("budget_id", sa.Integer(), nullable=False),
        sa.Column("hold_id", sa.Integer(), nullable=True),
        sa.Column("from_pot", sa.String(length=9), nullable=False),
        sa.Column("to_pot", sa.String(length=9), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_budget_entry_cents")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_budget_entry_actor_id")),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_budget_entry_budget_id")),
        sa.ForeignKeyConstraint(["hold_id"], ["budget_hold.id"], name=op.f("fk_budget_entry_hold_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_budget_entry_key")),
    )
    with op.batch_alter_table("budget_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_entry_budget_id_id"), ["budget_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_budget_entry_hold_id"), ["hold_id"], unique=False)

    op.create_table(
        "competition_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_amendment_competition_id")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_competition_amendment_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_amendment")),
    )
    with op.batch_alter_table("competition_amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competition_amendment_competition_id"), ["competition_id"], unique=False)

    op.create_table(
        "competition_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_dispute_competition_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_competition_dispute_decided_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_competition_dispute_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_dispute")),
        sa.UniqueConstraint(
            "competition_id",
            "person_id",
            "opened_at",
            name=op.f("uq_competition_dispute_competition_id_person_id_opened_at"),
        ),
    )
    op.create_table(
        "competition_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_result_competition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_result")),
        sa.UniqueConstraint("competition_id", "edition", name=op.f("uq_competition_result_competition_id_edition")),
    )
    op.create_table(
        "competition_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_side_competition_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_competition_side_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competition_side")),
        sa.UniqueConstraint("competition_id", "position", name=op.f("uq_competition_side_competition_id_position")),
    )
    op.create_table(
        "prize",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("kind_of_reward", sa.String(length=10), nullable=False),
        sa.Column("divisible", sa.Boolean(), nullable=False),
        sa.Column("per_person", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["competition_id"], ["competition.id"], name=op.f("fk_prize_competition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize")),
    )
    with op.batch_alter_table("prize", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_competition_id"), ["competition_id"], unique=False)

    op.create_table(
        "raffle",
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("list_hash", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["competition_id"], ["competition.id"], name=op.f("fk_raffle_competition_id")),
        sa.PrimaryKeyConstraint("competition_id", name=op.f("pk_raffle")),
    )
    op.create_table(
        "raffle_ticket",
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["competition_id"], ["competition.id"], name=op.f("fk_raffle_ticket_competition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_raffle_ticket_person_id")),
        sa.PrimaryKeyConstraint("competition_id", "person_id", name=op.f("pk_raffle_ticket")),
    )
    op.create_table(
        "redemption_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redemption_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=True),
        sa.Column("moved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["moved_by_id"], ["person.id"], name=op.f("fk_redemption_move_moved_by_id")),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name=op.f("fk_redemption_move_redemption_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption_move")),
    )
    with op.batch_alter_table("redemption_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redemption_move_redemption_id"), ["redemption_id"], unique=False)

    op.create_table(
        "surprise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=280), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("kind_of_reward", sa.String(length=10), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("handed_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["competition_id"], ["competition.id"], name=op.f("fk_surprise_competition_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_surprise_giver_id")),
        sa.ForeignKeyConstraint(["handed_by_id"], ["person.id"], name=op.f("fk_surprise_handed_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_surprise_program_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_surprise_receiver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surprise")),
        sa.UniqueConstraint("key", name=op.f("uq_surprise_key")),
    )
    with op.batch_alter_table("surprise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_surprise_receiver_id"), ["receiver_id"], unique=False)

    op.create_table(
        "competition_entrant",
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", UtcDateTime(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["competition_id"], ["competition.id"], name=op.f("fk_competition_entrant_competition_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_competition_entrant_person_id")),
        sa.ForeignKeyConstraint(["side_id"], ["competition_side.id"], name=op.f("fk_competition_entrant_side_id")),
        sa.PrimaryKeyConstraint("competition_id", "person_id", name=op.f("pk_competition_entrant")),
    )
    with op.batch_alter_table("competition_entrant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_competition_entrant_person_id_competition_id"), ["person_id", "competition_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_competition_entrant_side_id"), ["side_id"], unique=False)

    op.create_table(
        "prize_award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("won_at", UtcDateTime(), nullable=False),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.Column("handed_by_id", sa.Integer(), nullable=True),
        sa.Column("handed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["competition_id"], ["competition.id"], name=op.f("fk_prize_award_competition_id")),
        sa.ForeignKeyConstraint(["handed_by_id"], ["person.id"], name=op.f("fk_prize_award_handed_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_prize_award_person_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_prize_award_prize_id")),
        sa.ForeignKeyConstraint(["side_id"], ["competition_side.id"], name=op.f("fk_prize_award_side_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_award")),
        sa.UniqueConstraint("prize_id", "nth", name=op.f("uq_prize_award_prize_id_nth")),
    )
    with op.batch_alter_table("prize_award", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_award_competition_id"), ["competition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_prize_award_person_id"), ["person_id"], unique=False)

    op.create_table(
        "raffle_draw",
        sa.Column("competition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["competition_id"], ["competition.id"], name=op.f("fk_raffle_draw_competition_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_raffle_draw_person_id")),
        sa.ForeignKeyConstraint(["prize_id"], ["prize.id"], name=op.f("fk_raffle_draw_prize_id")),
        sa.PrimaryKeyConstraint("competition_id", "number", name=op.f("pk_raffle_draw")),
    )
    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.add_column(sa.Column("levels", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("kudos_a_month", sa.Integer(), nullable=False, server_default="5"))

    for table in LEDGERS:
        _refuse_change(table)
    _count_boards_anew()


def downgrade() -> None:
    for table in LEDGERS:
        _let_change(table)
    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.drop_column("kudos_a_month")
        batch_op.drop_column("levels")

    op.drop_table("raffle_draw")
    with op.batch_alter_table("prize_award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_award_person_id"))
        batch_op.drop_index(batch_op.f("ix_prize_award_competition_id"))

    op.drop_table("prize_award")
    with op.batch_alter_table("competition_entrant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competition_entrant_side_id"))
        batch_op.drop_index(batch_op.f("ix_competition_entrant_person_id_competition_id"))

    op.drop_table("competition_entrant")
    with op.batch_alter_table("surprise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_surprise_receiver_id"))

    op.drop_table("surprise")
    with op.batch_alter_table("redemption_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_redemption_move_redemption_id"))

    op.drop_table("redemption_move")
    op.drop_table("raffle_ticket")
    op.drop_table("raffle")
    with op.batch_alter_table("prize", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_competition_id"))

    op.drop_table("prize")
    op.drop_table("competition_side")
    op.drop_table("competition_result")
    op.drop_table("competition_dispute")
    with op.batch_alter_table("competition_amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competition_amendment_competition_id"))

    op.drop_table("competition_amendment")
    with op.batch_alter_table("budget_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_entry_hold_id"))
        batch_op.drop_index(batch_op.f("ix_budget_entry_budget_id_id"))

    op.drop_table("budget_entry")
    with op.batch_alter_table("redemption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_redemption_state"))
        batch_op.drop_index(batch_op.f("ix_redemption_reward_id"))
        batch_op.drop_index(batch_op.f("ix_redemption_person_id_requested_at"))

    op.drop_table("redemption")
    with op.batch_alter_table("kudos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kudos_receiver_id_given_on"))
        batch_op.drop_index(batch_op.f("ix_kudos_giver_id_given_on"))

    op.drop_table("kudos")
    with op.batch_alter_table("competition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competition_program_id_first"))
        batch_op.drop_index(batch_op.f("ix_competition_closes_at"))

    op.drop_table("competition")
    with op.batch_alter_table("budget_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_hold_budget_id"))

    op.drop_table("budget_hold")
    with op.batch_alter_table("reward", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reward_program_id"))

    op.drop_table("reward")
    op.drop_table("program_value")
    op.drop_table("coin_lapse")
    op.drop_table("budget")
    op.drop_table("badge_award")
