"""The points ledger: append-only; every point that anybody has is the sum of rows here."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple, TypedDict, Unpack, cast

from sqlalchemy import Date, RowMapping, bindparam, select, text

from app.clock import Period
from app.db import Page, UtcDateTime, db, page_of
from app.domain.game import coins, movement
from app.domain.game.ledger_entry import BONUS, EARN, PROOF, REVERSAL, LedgerEntry
from app.prepared import Prepared

__all__ = ["BONUS", "EARN", "REVERSAL", "Entry", "LedgerEntry", "credit", "credit_many", "reverse"]


class Entry(TypedDict):
    """The facts of a row. `kind` is earn, bonus or adjust; bonuses and rows without points have no `nth`."""

    program_id: int
    person_id: int | None
    team_id: int | None
    kind: str
    action_kind_id: int | None
    rule_version: int | None
    points: int
    reason: str
    occurred_at: datetime
    local_date: date
    recorded_at: datetime
    source: str
    candidate_id: int | None
    source_kind: str
    source_id: int
    nth: int | None
    key: bytes | None
    line: int
    actor_id: int | None


def credit(**entry: Unpack[Entry]) -> int:
    """Write one row, its coins and the standings; the caller holds the candidate's lock. Returns the row's id.

    Raises:
        IntegrityError: the key and line, or this earning, are in the ledger already.
    """
    entry_id: int = INSERT.run(entry)[0][0]
    _follow(entry_id, entry)
    return entry_id


def credit_many(entries: Sequence[Entry]) -> list[int]:
    """The same for several rows of one action, with their coins and standings in one statement each.

    Raises:
        IntegrityError: as `credit` has it.
    """
    first = entries[0]
    if len(entries) == 1:
        return [credit(**first)]
    ids: list[int] = [entry_id for (entry_id,) in _inserts(len(entries)).run(_numbered(entries))]
    points = [entry["points"] for entry in entries]
    if first["person_id"] is not None:
        earned = list(zip(ids, points, strict=True))
        coins.follow_many(first["person_id"], earned, now=first["recorded_at"], actor_id=first["actor_id"])
    movement.move(
        entry_id=ids[0],
        program_id=first["program_id"],
        person_id=first["person_id"],
        team_id=first["team_id"],
        candidate_id=first["candidate_id"],
        local_date=first["local_date"],
        recorded_at=first["recorded_at"],
        points=sum(points),
        actions=sum(entry["kind"] == EARN for entry in entries),
        verified=sum(_is_proof(entry) for entry in entries),
    )
    return ids


def _numbered(entries: Sequence[Entry]) -> dict[str, object]:
    return {f"{name}_{at}": value for at, entry in enumerate(entries) for name, value in entry.items()}


def _is_proof(entry: Entry) -> bool:
    return entry["kind"] == BONUS and entry["reason"] == PROOF


def _follow(entry_id: int, entry: Entry, sign: int = 1) -> None:
    """The coins go first: their row is the person's own, so that two who log for one person count their days in turn.

    With the sign -1 the row takes the entry back.
    """
    points = sign * entry["points"]
    if entry["person_id"] is not None:
        now, actor_id = entry["recorded_at"], entry["actor_id"]
        coins.follow(entry["person_id"], points, entry_id=entry_id, now=now, actor_id=actor_id)
    movement.move(
        entry_id=entry_id,
        program_id=entry["program_id"],
        person_id=entry["person_id"],
        team_id=entry["team_id"],
        candidate_id=entry["candidate_id"],
        local_date=entry["local_date"],
        recorded_at=entry["recorded_at"],
        points=points,
        actions=sign * int(entry["kind"] == EARN),
        verified=sign * int(_is_proof(entry)),
        reversal=sign < 0,
    )


def reverse(source_kind: str, source_id: int, *, by_id: int | None, now: datetime) -> int:
    """Take back every row of a source, each by a row dated as the original. Returns the points taken back.

    What was taken back already stays so: a second call finds nothing.
    """
    table = LedgerEntry.__table__
    wanted = select(table).where(
        LedgerEntry.source_kind == source_kind, LedgerEntry.source_id == source_id, LedgerEntry.kind != REVERSAL
    )
    rows = db.session.connection().execute(wanted.order_by(LedgerEntry.id)).mappings().all()
    return sum(_reverse(row, by_id, now) for row in rows)


def _reverse(row: RowMapping, by_id: int | None, now: datetime) -> int:
    facts = dict(row) | {"original": row["id"], "by": by_id, "now": now}
    made = REVERSE.run(facts)
    if not made:
        return 0
    _follow(made[0][0], cast("Entry", facts | {"recorded_at": now, "actor_id": by_id}), sign=-1)
    return int(row["points"])


class Earned(NamedTuple):
    """How often a combination was earned, and how often that was taken back."""

    times: int
    reversals: int


def earned(person_id: int, candidate_id: int, action_kind_id: int, local_date: date) -> Earned:
    """The earnings of one kind that a person has for a candidate on a day."""
    facts = {"person": person_id, "candidate": candidate_id, "kind": action_kind_id, "day": local_date}
    times, reversals = EARNED.run(facts)[0]
    return Earned(times, reversals)


def is_known(key: bytes) -> bool:
    """Whether a row under this key was written before, taken back since or not."""
    return db.session.scalar(select(LedgerEntry.id).where(LedgerEntry.idempotency_key == key).limit(1)) is not None


def rows_for(person_id: int, period: Period, number: int = 1) -> Page[LedgerEntry]:
    """One page of a person's rows in a period, newest first."""
    mine = select(LedgerEntry).where(
        LedgerEntry.person_id == person_id,
        LedgerEntry.local_date >= period.start,
        LedgerEntry.local_date < period.end,
    )
    return page_of(mine.order_by(LedgerEntry.occurred_at.desc(), LedgerEntry.id.desc()), number)


def _typed(sql: str) -> Prepared:
    """Written out, because the hot path cannot pay for building it; the types are those of the columns."""
    found = [(name, TYPES.get(re.sub(r"_\d+$", "", name))) for name in re.findall(r":(\w+)", sql)]
    return Prepared(text(sql).bindparams(*(bindparam(name, type_=kind) for name, kind in dict(found).items() if kind)))


@cache
def _inserts(rows: int) -> Prepared:
    """So many rows at once; their ids come back in their order."""
    values = ", ".join(f"({', '.join(f':{name}_{at}' for name in Entry.__annotations__)})" for at in range(rows))
    return _typed(f"INSERT INTO ledger_entry ({COLUMNS}) VALUES {values} RETURNING id")  # noqa: S608 - names are ours


TYPES = dict.fromkeys(("local_date", "day"), Date) | dict.fromkeys(("occurred_at", "recorded_at", "now"), UtcDateTime)
COLUMNS = ", ".join("idempotency_key" if name == "key" else name for name in Entry.__annotations__)
INSERT = _typed(
    f"INSERT INTO ledger_entry ({COLUMNS})"  # noqa: S608 - names are ours
    f" VALUES ({', '.join(f':{name}' for name in Entry.__annotations__)}) RETURNING id"
)
REVERSE = _typed(
    "INSERT INTO ledger_entry (program_id, person_id, team_id, kind, action_kind_id, rule_version, points, reason,"
    " occurred_at, local_date, recorded_at, source, candidate_id, source_kind, source_id, reverses_id, line, actor_id)"
    " VALUES (:program_id, :person_id, :team_id, 'reversal', :action_kind_id, :rule_version, - :points, :reason,"
    " :occurred_at, :local_date, :now, :source, :candidate_id, :source_kind, :source_id, :original, :line, :by)"
    " ON CONFLICT (reverses_id) DO NOTHING RETURNING id"
)
EARNED = _typed(
    "SELECT count(*), count(back.id) FROM ledger_entry AS entry"
    " LEFT JOIN ledger_entry AS back ON back.reverses_id = entry.id"
    " WHERE entry.person_id = :person AND entry.candidate_id = :candidate AND entry.action_kind_id = :kind"
    " AND entry.local_date = :day AND entry.nth IS NOT NULL"
)
