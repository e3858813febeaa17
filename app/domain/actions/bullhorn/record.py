"""A record of Bullhorn's, by its number there: what it became here, or why it became nothing."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.bullhorn import patience
from app.domain.actions.bullhorn.reason import Reason

MOST = 100
LONGEST_NAME, LONGEST_WHO = 60, 254
KEPT = timedelta(days=30)
"""How long it is said of a record why it became nothing."""
OVER = "over"
"""What `seen` is of a record whose effect came to its end."""


class Entity(StrEnum):
    """In the order in which they are settled: who it is about comes first."""

    CANDIDATE = "Candidate"
    NOTE = "Note"
    SUBMISSION = "JobSubmission"
    PLACEMENT = "Placement"


class BullhornRecord(Base):
    """`seen` tells whether a record changed; `revision` how often its action was logged anew because it did.

    `reason`: why it became nothing here; empty when it did. `name` is what it is called there, `folded` what that is
    compared by, `who` the address of its author while nobody here has it. `job`: which job it is about, once it had an
    effect. `again_at`: when it is asked for once more, after so many `tries` in vain. `new`: Bullhorn has it since
    we listen, and it did not come in yet. `put_away_at`: when somebody here had seen why it became nothing.
    """

    __tablename__ = "bullhorn_record"
    __table_args__ = (
        UniqueConstraint("entity", "number"),
        Index(None, "reason", "heard_at"),
        Index(None, "again_at"),
        Index(None, "candidate_id"),
        Index(None, "about"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    entity: Mapped[Entity] = mapped_column(String(16))
    number: Mapped[int] = mapped_column(BigInteger)
    heard_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(24), default="")
    name: Mapped[str] = mapped_column(String(60), default="")
    folded: Mapped[str] = mapped_column(String(60), default="")
    who: Mapped[str] = mapped_column(String(254), default="")
    seen: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int] = mapped_column(default=0)
    new: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    job: Mapped[int | None] = mapped_column(BigInteger, default=None)
    about: Mapped[int | None] = mapped_column(BigInteger, default=None)
    candidate_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), default=None)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)


class Unknown(NamedTuple):
    """A name that nobody mapped, and how many records wait for its meaning."""

    entity: Entity
    name: str
    times: int
    last_at: datetime


def folded(name: str) -> str:
    """A name as it is compared: capitals and spaces differ, and so does how an accent is written."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()[:LONGEST_NAME].rstrip()


def hold(entity: Entity, number: int, now: datetime, *, new: bool = False) -> BullhornRecord:
    """The row of a record, held until the transaction ends; made when it is heard of first."""
    facts = {"entity": entity, "number": number, "heard_at": now}
    blank = {"reason": "", "name": "", "folded": "", "who": "", "seen": "", "revision": 0, "new": False, "tries": 0}
    db.session.execute(
        insert(BullhornRecord).values(**facts, **blank).on_conflict_do_nothing(index_elements=["entity", "number"])
    )
    mine = BullhornRecord.entity == entity, BullhornRecord.number == number
    row = db.session.scalars(
        select(BullhornRecord).where(*mine).with_for_update().execution_options(populate_existing=True)
    ).one()
    row.heard_at, row.again_at, row.new = now, None, row.new or new
    return row


def left_out(row: BullhornRecord, reason: str, *, name: str = "", who: str = "") -> None:
    """It becomes nothing here, for now or for good."""
    row.reason, row.name, row.who = reason, name[:LONGEST_NAME], who[:LONGEST_WHO]
    row.folded, row.tries, row.new = folded(name), 0, False


def unread(row: BullhornRecord, reason: str) -> None:
    """Nobody could look at it: whoever is new is so still when somebody can."""
    row.reason, row.name, row.folded, row.who, row.tries = reason, "", "", "", 0


def postponed(row: BullhornRecord, reason: str, now: datetime) -> None:
    """The same, because something went wrong there: it is asked for again by itself, while we are patient."""
    tries = row.tries + 1
    unread(row, reason)
    row.tries, row.again_at = tries, patience.next_at(tries, now)


def waits_for(entity: Entity, number: int, about: int) -> None:
    """Whom it is about, by their number there, as long as nobody here is that."""
    row = BullhornRecord
    mine = update(row).where(row.entity == entity, row.number == number)
    unknown = case((row.reason == Reason.UNKNOWN_CANDIDATE, about), else_=None)
    db.session.execute(mine.values(about=unknown).execution_options(synchronize_session=False))


def free(about: int, now: datetime) -> None:
    """Somebody here has this number from now on: what waited for them is asked for once more."""
    row = BullhornRecord
    theirs = update(row).where(row.about == about)
    db.session.execute(theirs.values(about=None, again_at=now).execution_options(synchronize_session=False))


def took_effect(row: BullhornRecord, *, name: str = "") -> None:
    """It is here; whose it is there is not kept beside whose it is here."""
    left_out(row, "", name=name)


def ask_again(reasons: Collection[str], now: datetime, named: tuple[Entity, str] | None = None) -> int:
    """Records that became nothing for one of these reasons are asked for once more, at once; answers how many.

    `named`: only those of this sort with this name.
    """
    row = BullhornRecord
    these = update(row).where(row.reason.in_(reasons), row.heard_at > now - KEPT)
    if named:
        these = these.where(row.entity == named[0], row.folded == folded(named[1]))
    done = db.session.execute(these.values(again_at=now, tries=0).execution_options(synchronize_session=False))
    return int(done.rowcount)  # type: ignore[attr-defined] # an UPDATE's result has it


def asked_again(now: datetime, limit: int = MOST) -> list[tuple[Entity, int]]:
    """What is to be asked for once more by now."""
    query = select(BullhornRecord.entity, BullhornRecord.number).where(BullhornRecord.again_at <= now)
    query = query.order_by(BullhornRecord.again_at, BullhornRecord.id)
    return [(Entity(entity), number) for entity, number in db.session.execute(query.limit(limit))]


def shown_before(entity: Entity) -> int | None:
    """The number of the record of this sort that had its effect last."""
    row = BullhornRecord
    query = select(row.number).where(row.entity == entity, row.reason == "")
    return db.session.scalar(query.order_by(row.heard_at.desc(), row.id.desc()).limit(1))


def named(reason: str, limit: int = MOST) -> list[Unknown]:
    """The names of what became nothing for this reason, most often heard of first."""
    row = BullhornRecord
    facts = select(row.entity, func.min(row.name), func.count(), func.max(row.heard_at))
    query = facts.where(row.reason == reason).group_by(row.entity, row.folded)
    return [Unknown(*each) for each in db.session.execute(query.order_by(func.count().desc(), row.folded).limit(limit))]


def stands_besides(row: BullhornRecord) -> bool:
    """Whether another record of its sort holds for the same candidate and job."""
    other = BullhornRecord
    same = other.entity == row.entity, other.candidate_id == row.candidate_id, other.job == row.job
    query = select(other.id).where(*same, other.id != row.id, other.seen.not_in(("", OVER))).limit(1)
    return db.session.scalar(query) is not None


def left(reasons: Sequence[str], limit: int = MOST) -> Sequence[BullhornRecord]:
    """What became nothing for these reasons, newest first."""
    query = select(BullhornRecord).where(BullhornRecord.reason.in_(reasons))
    return db.session.scalars(
        query.order_by(BullhornRecord.heard_at.desc(), BullhornRecord.id.desc()).limit(limit)
    ).all()


def counts() -> dict[str, int]:
    """How many records became something ("") or nothing, by reason."""
    query = select(BullhornRecord.reason, func.count()).group_by(BullhornRecord.reason)
    return {str(reason): number for reason, number in db.session.execute(query)}


def forget(before: datetime) -> int:
    """Of what became nothing, and never was anything here, the row goes; answers how many went."""
    row = BullhornRecord
    nothing = row.reason != "", row.action_id.is_(None), row.job.is_(None), row.heard_at < before
    old = delete(BullhornRecord).where(*nothing).execution_options(synchronize_session=False)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
