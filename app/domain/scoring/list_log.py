"""The log of lists: who was shown whom, in which order, by which rules and from which facts; kept for twelve months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, cast

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    null,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency.person import Person
from app.domain.scoring import situation_record
from app.domain.scoring.contact_next import Listing, Upcoming
from app.domain.scoring.priority import restored
from app.domain.scoring.ranked_pool import ListedRow
from app.domain.scoring.ranking import Ranked, Slot
from app.domain.scoring.situation import Situation

ALWAYS_NEW = "queue"
KEPT = timedelta(days=365)


class ShownList(Base):
    """`settings` are those of the ranking: model and working calendar. `surface`: today, queue or mail.

    `owner_id` is whose pool it is, `seed` what broke the ties; `order_hash` tells whether a list is a new one.
    Without `ruleset_id` it was ranked before any version of the rules was published, by the preset.
    """

    __tablename__ = "shown_list"
    __table_args__ = (Index(None, "person_id", "surface", "id"), Index(None, "shown_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    surface: Mapped[str] = mapped_column(String(8))
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ranked_for: Mapped[datetime] = mapped_column(UtcDateTime)
    ruleset_id: Mapped[int | None] = mapped_column(ForeignKey("ruleset.id"), default=None)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    pool_size: Mapped[int]
    seed: Mapped[int]
    order_hash: Mapped[str] = mapped_column(String(32))


class ShownRow(Base):
    """`inputs` are the facts by which the candidate was ranked, `lower` how many of the pool had waited less.

    `propensity` is the chance with which this row was shown here: 1 for what follows from the rules alone.
    """

    __tablename__ = "shown_row"
    __table_args__ = (UniqueConstraint("list_id", "position"), Index(None, "candidate_id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    list_id: Mapped[int] = mapped_column(ForeignKey("shown_list.id", ondelete="CASCADE"))
    position: Mapped[int]
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    slot: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int | None] = mapped_column(info=PERSONAL)
    contributions: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    inputs: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    lower: Mapped[int] = mapped_column(default=0)
    propensity: Mapped[float] = mapped_column(default=1.0)


LISTS, ROWS = cast("Table", ShownList.__table__), cast("Table", ShownRow.__table__)
NEWEST = (
    select(
        LISTS.c.shown_at,
        LISTS.c.owner_id,
        LISTS.c.order_hash,
        null().label("kind"),
        null().label("channel"),
        LISTS.c.id,
    )
    .where(
        LISTS.c.person_id == bindparam("me", type_=Integer()), LISTS.c.surface == bindparam("surface", type_=String())
    )
    .order_by(LISTS.c.id.desc())
    .limit(1)
)
"""The newest list that somebody (`me`) was shown on a surface."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A shown row as it was kept; without a situation and figures when it was erased."""

    candidate_id: int
    position: int
    slot: str
    lower: int
    propensity: float
    situation: Situation | None
    ranked: Ranked | None


def note(person: Person, upcoming: Upcoming, surface: str, now: datetime, first: int | None = None) -> int | None:
    """Log what a person is shown, or only its first rows; returns the list's id, or None when it is not a new one.

    A list is new when its order is not that of the person's newest list on that surface; a queue's is always.
    """
    return keep(person.id, upcoming, surface, now, first) if is_new(person, upcoming, surface, first) else None


def keep(person_id: int, upcoming: Upcoming, surface: str, now: datetime, first: int | None = None) -> int:
    """Log a list that was found to be a new one."""
    return _keep({person_id: upcoming.listing}, surface, now, first)[person_id]


def note_all(lists: Mapping[int, Upcoming], surface: str, now: datetime, first: int | None = None) -> None:
    """Log what each of these people is shown, where it is a new one for them."""
    newest = select(func.max(LISTS.c.id)).where(LISTS.c.person_id.in_(lists), LISTS.c.surface == surface)
    orders = select(LISTS.c.person_id, LISTS.c.order_hash).where(LISTS.c.id.in_(newest.group_by(LISTS.c.person_id)))
    known = dict[int, str](db.session.execute(orders).all())
    new = {who: each.listing for who, each in lists.items() if is_another(each, known.get(who), first)}
    if new:
        _keep(new, surface, now, first)


def _keep(lists: Mapping[int, Listing], surface: str, now: datetime, first: int | None) -> dict[int, int]:
    """The new list's id by whose it is."""
    heads = [
        _head(person_id, listing, first) | {"surface": surface, "shown_at": now} for person_id, listing in lists.items()
    ]
    made = db.session.execute(insert(LISTS).returning(LISTS.c.person_id, LISTS.c.id), heads)
    ids = dict[int, int](made.all())
    rows = [_row(ids[who], *each) for who, listing in lists.items() for each in enumerate(listing.rows[:first], 1)]
    db.session.execute(insert(ROWS), rows)
    return ids


def _head(person_id: int, listing: Listing, first: int | None) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "owner_id": listing.owner_id,
        "ranked_for": listing.ranked_for,
        "ruleset_id": listing.ruleset_id or None,
        "settings": listing.settings,
        "pool_size": listing.pool_size,
        "seed": listing.seed,
        "order_hash": _order(listing, first),
    }


def is_new(person: Person, upcoming: Upcoming, surface: str, first: int | None = None) -> bool:
    """Whether there is anything to log: asked before the write lock is taken."""
    if not upcoming.listing.rows:
        return False
    if surface == ALWAYS_NEW:
        return True
    newest = NEWEST.with_only_columns(LISTS.c.order_hash)
    return is_another(upcoming, db.session.scalar(newest, {"me": person.id, "surface": surface}), first)


def is_another(upcoming: Upcoming, order: str | None, first: int | None = None) -> bool:
    """Whether a list has rows, and they are in another order than this."""
    return bool(upcoming.listing.rows) and order != _order(upcoming.listing, first)


def forget_old(now: datetime) -> int:
    """Lists are kept for twelve months; returns how many went, with their rows."""
    gone = db.session.execute(delete(LISTS).where(LISTS.c.shown_at < now - KEPT))
    return cast("int", gone.rowcount)  # type: ignore[attr-defined] # a DELETE's result has it


def ranked_of(list_id: int, candidate_id: int) -> Ranked | None:
    """Why a candidate was on a list, as it was shown; None when they were not, or nothing is kept of it."""
    query = select(ShownRow).where(ShownRow.list_id == list_id, ShownRow.candidate_id == candidate_id).limit(1)
    row = db.session.scalars(query).first()
    return _kept(row).ranked if row else None


def rows_of(list_id: int) -> Sequence[KeptRow]:
    """What was shown, in its order."""
    rows = db.session.scalars(select(ShownRow).where(ShownRow.list_id == list_id).order_by(ShownRow.position))
    return [_kept(row) for row in rows]


def _row(list_id: int, position: int, each: ListedRow) -> dict[str, Any]:
    ranked, situation, lower, propensity = each
    return {
        "list_id": list_id,
        "position": position,
        "candidate_id": ranked.candidate_id,
        "slot": ranked.slot,
        "priority": ranked.priority,
        "contributions": [[one.component, one.hundredths] for one in ranked.contributions],
        "inputs": situation_record.kept(situation),
        "lower": lower,
        "propensity": propensity,
    }


def _order(listing: Listing, first: int | None) -> str:
    """The same for the same candidates of the same pool in the same order and slots."""
    told = [f"{ranked.candidate_id}{ranked.slot}" for ranked, *_ in listing.rows[:first]]
    return blake2b(repr((listing.owner_id, told)).encode(), digest_size=16).hexdigest()


def _kept(row: ShownRow) -> KeptRow:
    found = _figures(row) if row.inputs is not None else (None, None)
    return KeptRow(row.candidate_id, row.position, row.slot, row.lower, row.propensity, *found)


def _figures(row: ShownRow) -> tuple[Situation, Ranked]:
    """Of the candidate as whom the row is known now: two may have become one since."""
    situation = situation_record.read(row.inputs or {})
    told = tuple(restored(name, hundredths, situation) for name, hundredths in row.contributions or ())
    slot = cast("Slot", row.slot)
    return situation, Ranked(row.candidate_id, row.priority or 0, told, None, slot)
