"""The contact state: one row per candidate with what ranking needs, kept by the rooms that write contacts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Computed,
    Double,
    ForeignKey,
    Index,
    String,
    Table,
    bindparam,
    case,
    column,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.candidates import reach
from app.domain.candidates.gone import Gone
from app.prepared import Prepared

TICK = timedelta(microseconds=1)
UNANSWERED = ("unanswered_1", "unanswered_2", "unanswered_3")
MOMENTS = ("last_two_way_at", "last_attempt_at", "last_attempt_by_id", "last_attempt_answered", "last_inbound_at")
SURVEYED = (
    *("owner_id", "tau", "candidate_id", *MOMENTS, *UNANSWERED, "attempts", "answers", "promise_due_at", "trigger_at"),
    *("coming_back_at", "application_state", "application_owed_at", "recovery_due_at", "rest_days", "cadence_days"),
    *("paused_until", "do_not_contact_at", "claimed_by_id", "claimed_until"),
)
"""What a survey of a whole pool reads: it reads the index alone."""
OWNED = column("owner_id").is_not(None)
UNHEARD = column("last_inbound_at") == column("last_contact_at")
"""The last contact was theirs."""


def _later(one: str, other: str) -> str:
    """The later of two moments in SQL, either of which may not be there."""
    return f"CASE WHEN {one} IS NULL OR {other} > {one} THEN {other} ELSE {one} END"


class ContactState(Base):
    """`unanswered_1..3` are the newest three attempts since the last inbound contact or answer, newest first.

    `reach` counts the answers and attempts by channel and part of the day; None: from before that was counted.
    `fan_since` while they are a fan; `coming_back_at` when they were last found to keep coming back.
    `application_state` is of the open application that moved last; our word about one was due at `application_owed_at`,
    and about something that went wrong at `recovery_due_at`. `rest_days`: the candidate asked for at least so many days
    between contacts; `cadence_days`: we agreed to be in touch every so many. `objected_at`: since then they have no
    score, though they may be contacted. `last_contact_at` is when we were last in contact, whoever began; the database
    works it out itself, so that whoever waits longest is read from an index.
    """

    __tablename__ = "contact_state"
    __table_args__ = (
        Index("ix_contact_state_pool", *SURVEYED),
        Index("ix_contact_state_owned_last_contact_at", "last_contact_at", sqlite_where=OWNED, postgresql_where=OWNED),
        Index("ix_contact_state_unheard", "last_inbound_at", sqlite_where=UNHEARD, postgresql_where=UNHEARD),
        Index(None, "tau"),
        Index(None, "do_not_contact_at"),
    )

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    last_two_way_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    last_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    last_attempt_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    last_attempt_answered: Mapped[bool] = mapped_column(default=False)
    last_inbound_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    unanswered_1: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unanswered_2: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    unanswered_3: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    reach: Mapped[dict[str, list[int]] | None] = mapped_column(JSON(none_as_null=True), default=None)
    promise_id: Mapped[int | None] = mapped_column(default=None)
    promise_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    promise_kind: Mapped[str | None] = mapped_column(String(10), default=None)
    trigger: Mapped[str | None] = mapped_column(String(24), default=None)
    trigger_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    tau: Mapped[float | None] = mapped_column(Double, default=None)
    fan_since: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, default=None, info=PERSONAL)
    coming_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, default=None, info=PERSONAL)
    application_state: Mapped[str | None] = mapped_column(String(12), index=True, default=None, info=PERSONAL)
    application_owed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, default=None)
    recovery_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, default=None)
    rest_days: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    cadence_days: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    objected_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    do_not_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_contact_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime,
        Computed(_later("last_two_way_at", _later("last_attempt_at", "last_inbound_at")), persisted=True),
        init=False,
        deferred=True,
    )

    @property
    def contact_at(self) -> datetime | None:
        """When we last spoke with the candidate, or tried to."""
        moments = (self.last_two_way_at, self.last_attempt_at, self.last_inbound_at)
        return max((moment for moment in moments if moment), default=None)


HISTORY = (*MOMENTS, *UNANSWERED, "attempts", "answers", "reach")
"""What follows from the contacts alone: recording them in any order gives the same values."""

TABLE = cast("Table", ContactState.__table__)
WRITTEN = [each for each in TABLE.c if each.computed is None]
COLUMNS = tuple(each.name for each in WRITTEN)
THIS = TABLE.c.candidate_id == bindparam("this")
AT = bindparam("at", type_=UtcDateTime())
INBOUND = (
    update(TABLE)
    .where(THIS)
    .values(
        last_inbound_at=case((TABLE.c.last_inbound_at > AT, TABLE.c.last_inbound_at), else_=AT),
        **{
            name: case((TABLE.c[name] > AT, TABLE.c[name])) for name in ("unanswered_1", "unanswered_2", "unanswered_3")
        },
    )
)
HELD = select(*WRITTEN).where(TABLE.c.candidate_id.in_(bindparam("these", expanding=True))).with_for_update()
HELD_ONE = Prepared(select(*WRITTEN).where(THIS).with_for_update())
SAVED = update(TABLE).where(THIS).values({name: bindparam(name) for name in (*HISTORY, "do_not_contact_at")})
SAVED_ONE = Prepared(SAVED)
WARMED = update(TABLE).where(THIS).values(tau=bindparam("tau", type_=Double()))


def lock(candidate_id: int) -> ContactState:
    """The row, held until the transaction ends: whoever decides by it comes one after the other.

    Raises:
        Gone: they were forgotten.
    """
    query = select(ContactState).where(ContactState.candidate_id == candidate_id).with_for_update()
    if (found := db.session.scalar(query.execution_options(populate_existing=True))) is None:
        raise Gone
    return found


class Copy:
    """A contact state that no session watches; making one of those that are watched costs as much as two statements."""

    contact_at = ContactState.contact_at

    def __init__(self, row: Sequence[Any]) -> None:
        self.__dict__.update(zip(COLUMNS, row, strict=True))


def hold(candidate_id: int) -> ContactState:
    """The same lock for hot paths: a copy that no session watches, to be given back with `save`."""
    found = HELD_ONE.run({"this": candidate_id})
    if not found:
        raise Gone
    return cast("ContactState", Copy(found[0]))


def hold_many(candidate_ids: Collection[int]) -> dict[int, ContactState]:
    """Copies of many rows, held in ascending order so that no two writers cross."""
    query = HELD.order_by(TABLE.c.candidate_id)
    rows = db.session.connection().execute(query, {"these": sorted(candidate_ids)}) if candidate_ids else ()
    return {row.candidate_id: cast("ContactState", Copy(row)) for row in rows}


def save(*states: ContactState) -> None:
    """Write what follows from the contacts, and a refusal, of copies that `hold` gave."""
    names = (*HISTORY, "do_not_contact_at")
    rows = [{"this": state.candidate_id} | {name: getattr(state, name) for name in names} for state in states]
    if len(rows) == 1:
        SAVED_ONE.run(rows[0])
    else:
        db.session.connection().execute(SAVED, rows)


def attempted(state: ContactState, at: datetime, by_id: int | None, *, answered: bool, where: str = "") -> None:
    """We reached out, at the place `where` of the counts of reach; `answered` when it became a conversation."""
    state.attempts += 1
    state.answers += answered
    state.reach = reach.counted(state.reach, where, answered=answered)
    _last_attempt(state, at, by_id, answered=answered)
    if answered:
        spoke(state, at)
    elif at > max(state.last_two_way_at or at - TICK, state.last_inbound_at or at - TICK):
        _keep_unanswered(state, [at, *unanswered(state)])


def told(state: ContactState, at: datetime, by_id: int | None) -> None:
    """We gave the candidate word without asking for an answer: they were contacted, and owe us nothing."""
    _last_attempt(state, at, by_id, answered=False)


def spoke(state: ContactState, at: datetime) -> None:
    """A two-way contact, whoever began it: attempts before it are no longer unanswered."""
    state.last_two_way_at = max(at, state.last_two_way_at or at)
    _keep_unanswered(state, [moment for moment in unanswered(state) if moment > at])


def heard(state: ContactState, at: datetime) -> None:
    """The candidate wrote, rang or sent a form: attempts before it are no longer unanswered."""
    state.last_inbound_at = max(at, state.last_inbound_at or at)
    _keep_unanswered(state, [moment for moment in unanswered(state) if moment > at])


def _last_attempt(state: ContactState, at: datetime, by_id: int | None, *, answered: bool) -> None:
    newest = (state.last_attempt_at or at, state.last_attempt_answered, state.last_attempt_by_id or 0)
    if state.last_attempt_at is None or (at, answered, by_id or 0) > newest:
        state.last_attempt_at, state.last_attempt_answered, state.last_attempt_by_id = at, answered, by_id


def unanswered(state: ContactState) -> tuple[datetime, ...]:
    """The newest attempts, at most three, since the last inbound contact or answer; newest first."""
    return tuple(at for at in (state.unanswered_1, state.unanswered_2, state.unanswered_3) if at is not None)


def _keep_unanswered(state: ContactState, moments: Iterable[datetime]) -> None:
    newest = (*sorted(moments, reverse=True), None, None, None)
    state.unanswered_1, state.unanswered_2, state.unanswered_3 = newest[:3]


def inbound(candidate_id: int, at: datetime) -> None:
    """The same as `heard`, in one statement."""
    db.session.execute(INBOUND, {"this": candidate_id, "at": at})


def inbound_many(contacts: Iterable[tuple[int, datetime]]) -> None:
    """Many candidates reached out; by ascending candidate, so that no two writers cross."""
    rows = [{"this": candidate_id, "at": at} for candidate_id, at in sorted(contacts)]
    if rows:
        db.session.connection().execute(INBOUND, rows)


def warmed(candidate_id: int, tau: float | None) -> None:
    """Copy the live model's tau: the epoch second at which the score will have cooled to one point."""
    db.session.execute(WARMED, {"this": candidate_id, "tau": tau})


def warmed_many(taus: Iterable[tuple[int, float]]) -> None:
    """The same for many candidates."""
    rows = [{"this": candidate_id, "tau": tau} for candidate_id, tau in sorted(taus)]
    if rows:
        db.session.connection().execute(WARMED, rows)
