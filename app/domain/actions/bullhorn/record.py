"""A record of Bullhorn's, by its number there: what it became here, or why it became nothing."""

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from app.db import Base, UtcDateTime, db
from app.domain.actions.bullhorn import patience
from app.domain.actions.bullhorn.reason import FOR_A_NUMBER, Reason
from app.domain.candidates.crm_id import Crm, CrmId

MOST = 100
LONGEST_NAME, LONGEST_WHO = 60, 254
KEPT = timedelta(days=30)
"""How long it is said of a record why it became nothing."""
OVER = "over"
"""What `seen` is of a record whose effect came to its end."""
ASTRAY = text("candidate_id IS NOT NULL AND about IS NOT NULL AND number_id IS NULL")
"""Of whoever had the number; said as the index of these few says it."""


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
    effect, and `moved_at` when it moved an application last. `about`: whom it is about by their number there, and
    `number_id` by which of our candidate's numbers it is theirs; that one is gone when the number was taken away, and
    what it told `came_off`. `again_at`: when it is asked for once more, after so many `tries` in vain. `new`: Bullhorn
    has it since we listen, and it did not come in yet. `gone`: Bullhorn told that it was deleted, and did not show it
    since. `put_away_at`: when somebody here had seen why it became nothing.
    """

    __tablename__ = "bullhorn_record"
    __table_args__ = (
        UniqueConstraint("entity", "number"),
        Index(None, "reason", "heard_at"),
        Index(None, "again_at"),
        Index(None, "candidate_id"),
        Index(None, "about"),
        Index(None, "number_id"),
        Index("ix_bullhorn_record_astray", "id", sqlite_where=ASTRAY, postgresql_where=ASTRAY),
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
    gone: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    job: Mapped[int | None] = mapped_column(BigInteger, default=None)
    moved_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    about: Mapped[int | None] = mapped_column(BigInteger, default=None)
    number_id: Mapped[int | None] = mapped_column(ForeignKey("crm_id.id", ondelete="SET NULL"), default=None)
    came_off: Mapped[bool] = mapped_column(default=False)
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


def hold(entity: Entity, number: int, now: datetime, *, new: bool = False, gone: bool = False) -> BullhornRecord:
    """The row of a record, held until the transaction ends; made when it is heard of first."""
    facts = {"entity": entity, "number": number, "heard_at": now}
    blank = {"reason": "", "name": "", "folded": "", "who": "", "seen": "", "revision": 0, "tries": 0}
    blank |= {"new": False, "gone": False, "came_off": False}
    db.session.execute(
        insert(BullhornRecord).values(**facts, **blank).on_conflict_do_nothing(index_elements=["entity", "number"])
    )
    mine = BullhornRecord.entity == entity, BullhornRecord.number == number
    row = db.session.scalars(
        select(BullhornRecord).where(*mine).with_for_update().execution_options(populate_existing=True)
    ).one()
    row.heard_at, row.again_at, row.new, row.gone = now, None, row.new or new, row.gone or gone
    return row


def left_out(row: BullhornRecord, reason: str, *, name: str = "", who: str = "") -> None:
    """It becomes nothing here, for now or for good; whoever put it away sees it again when that is for another reason.

    Whoever is new there is so still when they can come in. Whom it is about is kept as long as nobody here is that.
    """
    if reason != Reason.UNKNOWN_CANDIDATE and row.candidate_id is None:
        row.about = None
    why = reason, name[:LONGEST_NAME], who[:LONGEST_WHO]
    if why != (row.reason, row.name, row.who):
        row.put_away_at = None
    row.reason, row.name, row.who = why
    row.folded, row.tries = folded(name), 0


def look_at(row: BullhornRecord, at: datetime, now: datetime) -> None:
    """Ask for it once more at that moment, unless that is later than we say of a record why it became nothing."""
    if at <= now + KEPT:
        row.again_at = at


def postponed(row: BullhornRecord, reason: str, now: datetime) -> None:
    """It becomes nothing, because something went wrong there: it is asked for again, while we are patient."""
    tries = row.tries
    left_out(row, reason)
    later(row, tries, now)


def later(row: BullhornRecord, tries: int, now: datetime) -> None:
    """It is asked for again by itself, after so many tries in vain and this one; not any more when they were enough."""
    row.tries, row.again_at = tries + 1, patience.next_at(tries + 1, now)


def took_effect(row: BullhornRecord, *, name: str = "") -> None:
    """It is here."""
    left_out(row, "", name=name)
    row.new = False


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
    """What is to be asked for once more by now, and what waited for a number that somebody here has by now."""
    row = BullhornRecord
    facts = select(row.entity, row.number).limit(limit)
    due = facts.where(row.again_at <= now).order_by(row.again_at, row.id)
    woken = facts.where(*_is_known()).order_by(row.heard_at, row.id)
    agreed = facts.where(*_is_agreed()).order_by(row.heard_at, row.id)
    found = [(Entity(entity), number) for each in (due, woken, agreed) for entity, number in db.session.execute(each)]
    return list(dict.fromkeys(found))


def _is_known() -> tuple[ColumnElement[bool], ...]:
    """Whether somebody here has the number that it waits for, however they got it: nobody has to tell.

    One that is looked at waits for it no more, whatever it becomes then.
    """
    row = BullhornRecord
    its_own = row.entity == Entity.CANDIDATE, row.number
    number = case((row.reason == Reason.UNKNOWN_CANDIDATE, row.about), its_own)
    return (
        row.reason.in_((Reason.UNKNOWN_CANDIDATE, *FOR_A_NUMBER)),
        row.candidate_id.is_(None),
        exists().where(CrmId.crm == Crm.BULLHORN, CrmId.number == cast(number, String)),
    )


def _is_agreed() -> tuple[ColumnElement[bool], ...]:
    """Whether whoever has the number proved to be who has it there, and it waited for that."""
    row, them = BullhornRecord, aliased(BullhornRecord)
    agreed = exists().where(them.entity == Entity.CANDIDATE, them.number == row.about, them.reason == "")
    return row.reason == Reason.SOMEBODY_ELSE, row.entity != Entity.CANDIDATE, agreed


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


def counts() -> dict[str, int]:
    """How many records became something ("") or nothing, by reason."""
    query = select(BullhornRecord.reason, func.count()).group_by(BullhornRecord.reason)
    return {str(reason): number for reason, number in db.session.execute(query)}


def forget(before: datetime) -> int:
    """Of what became nothing, and never was anything here, the row goes; answers how many went.

    Others stay, because by them it is known what was logged before; but not who wrote it, nor whom it waits for.
    """
    row = BullhornRecord
    over = row.reason != "", row.heard_at < before
    waits = case((row.candidate_id.is_not(None), row.about), else_=None)
    told = or_(row.who != "", and_(row.about.is_not(None), row.candidate_id.is_(None)))
    bare = update(row).where(*over, told).values(who="", about=waits)
    db.session.execute(bare.execution_options(synchronize_session=False))
    nothing = row.action_id.is_(None), row.job.is_(None), row.revision == 0
    old = delete(row).where(*over, *nothing).execution_options(synchronize_session=False)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined] # a DELETE's result has it
