"""What is recorded of somebody who works here: complete, because it follows the keys of the tables themselves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

import orjson
from sqlalchemy import Column, ColumnElement, Select, Table, func, literal, or_, select, union_all

from app.db import Base, db
from app.domain.agency.person import Person
from app.domain.custody.access import Section, personal
from app.domain.game.rewarding.redemption import Redemption, RedemptionMove
from app.domain.game.running_total import Standing
from app.domain.notices.alert import Alert
from app.domain.notices.delivery_times import DeliveryTimes
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.domain.notices.preference import Unsubscription
from app.domain.notices.recipient import name_person

PERSON = cast("Table", Person.__table__)
STANDING = cast("Table", Standing.__table__)
MOVE = cast("Table", RedemptionMove.__table__)
ADDRESSED = tuple(cast("Table", one.__table__) for one in (Alert, DeliveryTimes, Notice, OutboxRow, Unsubscription))
"""These name their recipient without pointing at a row."""

CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "who": ("person", "appearance", "rules_read", "unsubscription", "delivery_choice", "chat_target"),
        "access": (
            "sign_in_session",
            "sign_in_step",
            "invitation",
            "sign_in_link",
            "authenticator",
            "recovery_code",
            "passkey",
            "outside_account",
            "api_token",
            "provisioned",
            "idempotency_key",
            "calendar_feed",
            "log_link",
            "audit_entry",
        ),
        "work": ("engagement_action", "verification", "contact_start", "award_day", "activity_day"),
        "points": ("ledger_entry", "adjustment", "standing", "coin_entry", "coin_balance"),
        "time": ("contract", "absence", "block", "block_move", "block_week"),
        "lists": ("shown_list", "queue", "segment"),
        "agreed": ("promise", "recovery", "time_offer"),
        "told": ("notice", "alert", "outbox"),
        "feed": ("feed_item", "reaction"),
        "contests": ("competition_entrant", "raffle_ticket", "raffle_draw", "competition_dispute"),
        "rewards": ("redemption", "redemption_move", "prize_award", "surprise"),
        "praise": ("kudos", "badge_award"),
        "unusual": ("anomaly",),
        "looked_at": ("person_view", "pulse_given"),
    }
)
WITHHELD = MappingProxyType(
    {
        "feedback": "what a candidate thought is told of five together at least, and never to the person it is about",
    }
)
SECRET = frozenset(
    {
        "password_hash",
        "token_hash",
        "code_hash",
        "secret",
        "credential_id",
        "public_key",
        "secret_url",
        "key",
        "idempotency_key",
        "order_hash",
        "message_id",
        "lease_owner",
    }
)
TECHNICAL = frozenset(
    {"sort_name", "sort_key", "tie_key", "settings", "seed", "lease_until", "next_try_at", "recipient"}
    | {"last_step", "sign_count", "user_key"}
)
OF_CANDIDATES = frozenset({"facts", "about", "payload", "last_error", "failure"})
"""What is told of a candidate in rows about a colleague, and what a mail would open."""
WHOSE = frozenset({"person_id", "giver_id", "receiver_id"})
"""Whom a row is about; what somebody gave to a colleague is about both."""
MOST = 100_000


def about(table: Table, person_id: int) -> ColumnElement[bool] | None:
    """Which rows of a table are about a person; None where it holds nothing about anybody who works here."""
    if table is PERSON:
        return PERSON.c.id == person_id
    if table is STANDING:
        return (STANDING.c.scope == "person") & (STANDING.c.subject_id == person_id)
    if table in ADDRESSED:
        return table.c.recipient == name_person(person_id)
    if table is MOVE:
        return MOVE.c.redemption_id.in_(select(Redemption.id).where(Redemption.person_id == person_id))
    whose = [column == person_id for column in refers(table) if column.name in WHOSE]
    return or_(*whose) if whose and table.name not in WITHHELD else None


def refers(table: Table) -> list[Column[Any]]:
    """The columns that say which person a row is about, or who made or changed it."""
    return [column for column in table.c if any(key.column is PERSON.c.id for key in column.foreign_keys)]


def tables() -> list[Table]:
    """The tables with rows about people who work here."""
    return [table for table in Base.metadata.sorted_tables if about(table, 0) is not None]


def counts(person_id: int) -> dict[str, int]:
    """How many rows each table has about somebody, in one statement; tables without one are left out."""
    queries = [_counted(table, person_id) for table in tables()]
    rows = db.session.execute(union_all(*queries))
    return {row[0]: row[1] for row in rows if row[1]}


def made(person_id: int) -> int:
    """Under how many rows of others somebody's name stands, because they made, changed or decided them."""
    columns = [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in refers(table)
        if column.name not in WHOSE and table is not PERSON
    ]
    each = [
        select(func.count().label("rows")).select_from(table).where(column == person_id) for table, column in columns
    ]
    return db.session.scalar(select(func.sum(union_all(*each).subquery().c.rows))) or 0


def sections(person_id: int, tables: Iterable[str], most: int = MOST) -> list[Section]:
    """The rows of some tables, oldest first; of many only the newest."""
    return [_section(Base.metadata.tables[name], person_id, most) for name in tables]


def as_json(person: Person, now: datetime) -> bytes:
    """Everything, for a machine to read; candidates are numbers, because it is not about them."""
    filled = counts(person.id)
    in_order = [name for names in CATEGORIES.values() for name in names if name in filled]
    known = {section.table: list(section.facts()) for section in sections(person.id, in_order)}
    told = {"person": person.id, "name": person.name, "made_at": now, "recorded": known, "made": made(person.id)}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str)


def _counted(table: Table, person_id: int) -> Select[str, int]:
    mine = cast("ColumnElement[bool]", about(table, person_id))
    return select(literal(table.name), func.count()).select_from(table).where(mine)


def _section(table: Table, person_id: int, most: int) -> Section:
    shown = [column for column in table.c if not _hidden(table, column)]
    mine = cast("ColumnElement[bool]", about(table, person_id))
    newest = select(*shown).where(mine).order_by(*(column.desc() for column in _order(table))).limit(most)
    rows = [tuple(row) for row in db.session.execute(newest)][::-1]
    return Section(table.name, tuple(column.name for column in shown), rows)


def _order(table: Table) -> Iterable[Column[Any]]:
    """By the day, where rows may come in later than what they tell of."""
    dated = [table.c[name] for name in ("local_date", "recorded_at") if name in table.c][:1]
    return [*dated, *([table.c.id] if "id" in table.c else reversed(list(table.primary_key)))]


def _hidden(table: Table, column: Column[Any]) -> bool:
    """Secrets, what is known of a candidate, what says whose row it is, and numbers for our own upkeep."""
    if (
        column.name in SECRET | TECHNICAL | OF_CANDIDATES
        or personal(column)
        or (column.name == "id" and table is not PERSON)
    ):
        return True
    return column.name in {"person_id", "program_id"} or (table is STANDING and column.name in {"scope", "subject_id"})
