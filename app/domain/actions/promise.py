"""A promise: a follow-up that was agreed with a candidate for a day and a time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.candidates.contact_state import TABLE as STATE


class PromiseKind(StrEnum):
    """AGREED with the candidate; a CHECK_IN or REDEPLOY talk belongs to a placement and was planned by the house."""

    AGREED = "agreed"
    CHECK_IN = "check_in"
    REDEPLOY = "redeploy"


class Promise(Base):
    """`broken_at` is when it was found that it was over and nobody had tried; it may still be kept, late."""

    __tablename__ = "promise"
    __table_args__ = (Index(None, "candidate_id", "due_at"), Index(None, "person_id", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    channel: Mapped[str | None] = mapped_column(String(10), default=None, info=PERSONAL)
    made_by_action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), index=True, default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[PromiseKind] = mapped_column(String(10), default=PromiseKind.AGREED)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True, default=None)
    kept_by_action_id: Mapped[int | None] = mapped_column(ForeignKey("engagement_action.id"), default=None)
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    broken_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


TABLE = cast("Table", Promise.__table__)
OPEN = (TABLE.c.kept_at.is_(None), TABLE.c.withdrawn_at.is_(None))
OF_CANDIDATE = TABLE.c.candidate_id == bindparam("candidate")
DUE = select(TABLE.c.id, TABLE.c.due_at).where(
    OF_CANDIDATE, *OPEN, TABLE.c.due_at < bindparam("before", type_=UtcDateTime())
)
NEXT = select(TABLE.c.id, TABLE.c.due_at).where(OF_CANDIDATE, *OPEN).order_by(TABLE.c.due_at, TABLE.c.id).limit(1)
MAKE = insert(TABLE).returning(TABLE.c.id)


def _of_next(column: ColumnElement[Any]) -> ScalarSelect[Any]:
    theirs = select(column).where(TABLE.c.candidate_id == STATE.c.candidate_id, *OPEN)
    return theirs.order_by(TABLE.c.due_at, TABLE.c.id).limit(1).correlate(STATE).scalar_subquery()


TELL = (
    update(STATE)
    .where(STATE.c.candidate_id == bindparam("candidate"))
    .values(
        promise_id=_of_next(TABLE.c.id), promise_due_at=_of_next(TABLE.c.due_at), promise_kind=_of_next(TABLE.c.kind)
    )
)


class Due(NamedTuple):
    """A promise and when it is due."""

    promise_id: int
    due_at: datetime


def make(
    candidate_id: int,
    person_id: int,
    due_at: datetime,
    *,
    channel: str | None,
    action_id: int | None,
    now: datetime,
    kind: PromiseKind = PromiseKind.AGREED,
    application_id: int | None = None,
) -> int:
    """Agree on a follow-up; the earliest open promise becomes the candidate's next. Returns its id."""
    facts = {
        "candidate_id": candidate_id,
        "person_id": person_id,
        "due_at": due_at,
        "channel": channel,
        "made_by_action_id": action_id,
        "made_at": now,
        "kind": kind,
        "application_id": application_id,
    }
    promise_id: int = db.session.connection().execute(MAKE, facts).scalar_one()
    tell_next(candidate_id)
    return promise_id


def made_by(action_id: int) -> Due | None:
    """The promise that was made while logging an action."""
    row = db.session.execute(select(Promise.id, Promise.due_at).where(Promise.made_by_action_id == action_id)).first()
    return Due(*row) if row else None


def standing_of(action_id: int) -> Due | None:
    """The same, unless it was taken back: what was agreed may have been changed since."""
    made = select(Promise.id, Promise.due_at).where(
        Promise.made_by_action_id == action_id, Promise.withdrawn_at.is_(None)
    )
    row = db.session.execute(made.order_by(Promise.id.desc()).limit(1)).first()
    return Due(*row) if row else None


def due(candidate_id: int, before: datetime) -> list[Due]:
    """The candidate's open promises that are due before a moment."""
    facts = {"candidate": candidate_id, "before": before}
    return [Due(*row) for row in db.session.connection().execute(DUE, facts)]


def asked_by_them(candidate_id: int) -> list[Due]:
    """The open promises that neither an action of ours nor an application made: the candidate asked for them."""
    rows = select(TABLE.c.id, TABLE.c.due_at).where(
        TABLE.c.candidate_id == candidate_id,
        TABLE.c.made_by_action_id.is_(None),
        TABLE.c.application_id.is_(None),
        *OPEN,
    )
    return [Due(*row) for row in db.session.connection().execute(rows.order_by(TABLE.c.due_at))]


def on_time(promises: Iterable[Due], day: date, zone: ZoneInfo) -> bool:
    """Whether a contact on this local day keeps one of them on the day for which it was promised."""
    return any(clock.local_day(one.due_at, zone) == day for one in promises)


def keep(candidate_id: int, promises: Sequence[Due], action_id: int, at: datetime) -> None:
    """A two-way contact keeps what was due, late or not."""
    _change(candidate_id, [one.promise_id for one in promises], kept_by_action_id=action_id, kept_at=at)


def replace(candidate_id: int, promises: Sequence[Due], at: datetime) -> None:
    """A new date was agreed instead: what was due is no longer expected."""
    _change(candidate_id, [one.promise_id for one in promises], withdrawn_at=at)


def withdraw(person: Person, promise_id: int, at: datetime) -> Promise | None:
    """Take back one's own open promise; None when it is not there, not one's own, or not open any more."""
    return _set_withdrawn(person, promise_id, None, at)


def restore(person: Person, promise_id: int, withdrawn_at: datetime) -> Promise | None:
    """Undo a withdrawal of that moment; None when it is not there or not one's own."""
    return _set_withdrawn(person, promise_id, withdrawn_at, None)


def _set_withdrawn(person: Person, promise_id: int, before: datetime | None, after: datetime | None) -> Promise | None:
    query = select(Promise).where(
        Promise.id == promise_id, Promise.kept_at.is_(None), Promise.withdrawn_at.is_not_distinct_from(before)
    )
    found = db.session.scalar(query)
    if found is None or (found.person_id != person.id and person.role != Role.ADMIN):
        return None
    found.withdrawn_at = after
    db.session.flush()
    tell_next(found.candidate_id)
    return found


def undo_of(action_id: int, candidate_id: int, recorded_at: datetime, at: datetime) -> None:
    """The action never happened: what it promised is withdrawn, what it kept or replaced is open again."""
    reopen(candidate_id, recorded_at)
    connection = db.session.connection()
    mine = TABLE.c.candidate_id == candidate_id
    kept = update(TABLE).where(mine, TABLE.c.kept_by_action_id == action_id)
    connection.execute(kept.values(kept_by_action_id=None, kept_at=None))
    made = update(TABLE).where(mine, TABLE.c.made_by_action_id == action_id, TABLE.c.withdrawn_at.is_(None))
    connection.execute(made.values(withdrawn_at=at))
    tell_next(candidate_id)


def reopen(candidate_id: int, recorded_at: datetime) -> None:
    """What was replaced by what was agreed then is expected again."""
    replaced = update(TABLE).where(
        TABLE.c.candidate_id == candidate_id, TABLE.c.kept_at.is_(None), TABLE.c.withdrawn_at == recorded_at
    )
    db.session.connection().execute(replaced.values(withdrawn_at=None))


def open_for(person: Person, before: datetime | None = None, limit: int = 50) -> Sequence[Promise]:
    """A person's open promises, earliest first; `before`: only those due earlier."""
    query = select(Promise).where(
        Promise.person_id == person.id, Promise.kept_at.is_(None), Promise.withdrawn_at.is_(None)
    )
    if before is not None:
        query = query.where(Promise.due_at < before)
    return db.session.scalars(query.order_by(Promise.due_at, Promise.id).limit(limit)).all()


def next_of(candidate_id: int) -> Due | None:
    """The candidate's earliest open promise."""
    row = db.session.connection().execute(NEXT, {"candidate": candidate_id}).first()
    return Due(row.id, row.due_at) if row else None


def withdraw_of(application_id: int, candidate_id: int, at: datetime) -> None:
    """What was planned for an application is no longer expected."""
    planned = update(TABLE).where(TABLE.c.application_id == application_id, *OPEN)
    db.session.connection().execute(planned.values(withdrawn_at=at))
    tell_next(candidate_id)


def forget_application(application_id: int) -> None:
    """An application that never was: whatever was planned for it, withdrawn by now, belongs to none."""
    theirs = update(TABLE).where(TABLE.c.application_id == application_id)
    db.session.connection().execute(theirs.values(application_id=None))


def planned_of(application_ids: Iterable[int]) -> Sequence[Promise]:
    """The open promises that belong to these applications, earliest first."""
    query = select(Promise).where(Promise.application_id.in_(list(application_ids)), *OPEN)
    return db.session.scalars(query.order_by(Promise.due_at, Promise.id)).all()


def _change(candidate_id: int, promise_ids: list[int], **facts: object) -> None:
    db.session.connection().execute(update(TABLE).where(TABLE.c.id.in_(promise_ids)).values(**facts))
    tell_next(candidate_id)


def tell_next(candidate_id: int) -> None:
    """Copy the candidate's next promise into the contact state."""
    db.session.connection().execute(TELL, {"candidate": candidate_id})
