"""Fair boards, seasons, coins, proof of what was done, the feed, screens and the editions of the rules."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _refuse_change(table: str) -> None:
    """A ledger takes rows and never changes them; SQLite forgets that when it makes a table anew."""
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


def _forget_boards() -> None:
    """Leave of the boards what there was before: no credit of teams, no seats without points, plain points."""
    days = {"week": "period_start + 7", "month": "(period_start + interval '1 month')::date"}
    if op.get_bind().dialect.name == "sqlite":
        days = {"week": "date(period_start, '+7 days')", "month": "date(period_start, '+1 month')"}
    for period, end in days.items():
        op.execute(
            "UPDATE standing SET points = points - (SELECT coalesce(sum(entry.points), 0) FROM ledger_entry AS entry"
            " WHERE entry.person_id IS NULL AND entry.team_id = standing.subject_id"
            f" AND entry.local_date >= period_start AND entry.local_date < {end})"
            f" WHERE scope = 'team' AND period = '{period}'"
        )
    op.execute("DELETE FROM standing WHERE period NOT IN ('week', 'month') OR (points = 0 AND actions = 0)")
    op.execute("UPDATE standing SET sort_key = points")


def upgrade() -> None:
    _let_change("ledger_entry")
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("decision", sa.String(length=8), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_adjustment_decided_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_adjustment_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_adjustment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
        sa.UniqueConstraint("key", name=op.f("uq_adjustment_key")),
    )
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adjustment_person_id_made_at"), ["person_id", "made_at"], unique=False)

    op.create_table(
        "anomaly",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_anomaly_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anomaly")),
        sa.UniqueConstraint("person_id", "kind", "week", name=op.f("uq_anomaly_person_id_kind_week")),
    )
    op.create_table(
        "appearance",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=6), nullable=False),
        sa.Column("chosen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appearance_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_appearance")),
    )
    op.create_table(
        "coin_balance",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coin_balance_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_coin_balance")),
    )
    op.create_table(
        "coin_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("coins", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_coin_entry_actor_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_coin_entry_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coin_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_coin_entry_key")),
    )
    with op.batch_alter_table("coin_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coin_entry_person_id_id"), ["person_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_coin_entry_source_kind_source_id"), ["source_kind", "source_id"], unique=False
        )

    op.create_table(
        "contract",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contract_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_contract_recorded_by_id")),
        sa.PrimaryKeyConstraint("person_id", "valid_from", name=op.f("pk_contract")),
    )
    op.create_table(
        "rules_read",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rules_read_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_rules_read")),
    )
    op.create_table(
        "board_start",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=6), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("average", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_board_start_program_id")),
        sa.PrimaryKeyConstraint("program_id", "period", "period_start", name=op.f("pk_board_start")),
    )
    op.create_table(
        "feed_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_item_person_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_feed_item_program_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_feed_item_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_item")),
        sa.UniqueConstraint("kind", "source_id", name=op.f("uq_feed_item_kind_source_id")),
    )
    with op.batch_alter_table("feed_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feed_item_program_id_happened_at"), ["program_id", "happened_at"], unique=False
        )

    op.create_table(
        "rules_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_rules_edition_made_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_rules_edition_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_edition")),
        sa.UniqueConstraint("program_id", "number", name=op.f("uq_rules_edition_program_id_number")),
    )
    op.create_table(
        "screen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_screen_made_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_screen_program_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_screen_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screen")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_screen_token_hash")),
    )
    op.create_table(
        "season",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_season_made_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_season_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season")),
        sa.UniqueConstraint("program_id", "first", name=op.f("uq_season_program_id_first")),
    )
    op.create_table(
        "reaction",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(length=8), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["feed_item.id"], name=op.f("fk_reaction_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reaction_person_id")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_reaction")),
    )
    op.create_table(
        "verification",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("owing", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=10), nullable=True),
        sa.Column("verified_at", UtcDateTime(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["engagement_action.id"], name=op.f("fk_verification_action_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_verification_candidate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_verification_person_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_verification_verified_by_id")),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_candidate_id_evidence"), ["candidate_id", "evidence"], unique=False
        )

    with op.batch_alter_table("action_kind", schema=None) as batch_op:
        batch_op.add_column(sa.Column("for_members", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kinds", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("board_mode", sa.String(length=10), nullable=False, server_default="names"))
        batch_op.add_column(sa.Column("all_time_board", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("mask_seed", sa.String(length=32), nullable=True))

    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("worked_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("standard_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("available_days", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("head_start", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("tie_key", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.alter_column("sort_key", existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=False)
        batch_op.drop_index(batch_op.f("ix_standing_board"))
        batch_op.create_index(
            "ix_standing_board",
            ["program_id", "scope", "period", "period_start", "sort_key", "tie_key", "subject_id"],
            unique=False,
        )
        batch_op.drop_index(batch_op.f("ix_standing_team"))
        batch_op.create_index(
            "ix_standing_team",
            ["program_id", "scope", "period", "period_start", "team_id", "sort_key", "tie_key", "subject_id"],
            unique=False,
        )

    _refuse_change("ledger_entry")
    _refuse_change("coin_entry")
    op.execute("UPDATE standing SET sort_key = points * 100")
    op.execute(
        "INSERT INTO board_start (program_id, period, period_start, average)"
        " SELECT id, 'old', '1970-01-01', 0 FROM program WHERE EXISTS (SELECT 1 FROM ledger_entry)"
    )


def downgrade() -> None:
    _let_change("coin_entry")
    _let_change("ledger_entry")
    _forget_boards()
    op.execute("DELETE FROM ledger_entry WHERE person_id IS NULL")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index("ix_standing_team")
        batch_op.create_index(
            batch_op.f("ix_standing_team"),
            ["program_id", "scope", "period", "period_start", "team_id", "sort_key", "helped", "subject_id"],
            unique=False,
        )
        batch_op.drop_index("ix_standing_board")
        batch_op.create_index(
            batch_op.f("ix_standing_board"),
            ["program_id", "scope", "period", "period_start", "sort_key", "helped", "subject_id"],
            unique=False,
        )
        batch_op.alter_column("sort_key", existing_type=sa.BigInteger(), type_=sa.INTEGER(), existing_nullable=False)
        batch_op.drop_column("tie_key")
        batch_op.drop_column("hidden")
        batch_op.drop_column("head_start")
        batch_op.drop_column("available_days")
        batch_op.drop_column("standard_days")
        batch_op.drop_column("worked_days")
        batch_op.drop_column("verified")

    with op.batch_alter_table("program", schema=None) as batch_op:
        batch_op.drop_column("mask_seed")
        batch_op.drop_column("all_time_board")
        batch_op.drop_column("board_mode")
        batch_op.drop_column("kinds")

    with op.batch_alter_table("ledger_entry", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.INTEGER(), nullable=False)

    with op.batch_alter_table("action_kind", schema=None) as batch_op:
        batch_op.drop_column("for_members")

    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_candidate_id_evidence"))

    op.drop_table("verification")
    op.drop_table("reaction")
    op.drop_table("season")
    op.drop_table("screen")
    op.drop_table("rules_edition")
    with op.batch_alter_table("feed_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_item_program_id_happened_at"))

    op.drop_table("feed_item")
    op.drop_table("board_start")
    op.drop_table("rules_read")
    op.drop_table("contract")
    with op.batch_alter_table("coin_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coin_entry_source_kind_source_id"))
        batch_op.drop_index(batch_op.f("ix_coin_entry_person_id_id"))

    op.drop_table("coin_entry")
    op.drop_table("coin_balance")
    op.drop_table("appearance")
    op.drop_table("anomaly")
    with op.batch_alter_table("adjustment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adjustment_person_id_made_at"))

    op.drop_table("adjustment")
    _refuse_change("ledger_entry")
