"""A manual adjustment of points: with a reason that the person sees, above a limit with a second pair of eyes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, String, Text, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.game import ledger
from app.domain.game.ledger_entry import BY_HAND
from app.domain.game.running import RUNS, NotAllowed

ALONE = 500
"""What may be given or taken, all together, without a second pair of eyes."""
ALONE_WITHIN = timedelta(days=30)
LARGEST = 10_000
BACKDATED = timedelta(days=7)
APPROVED, DECLINED = ("approved", "declined")
MOST = 100


class Adjustment(Base):
    """`decision` is None while it waits for somebody else, then approved or declined; only approved ones move points.

    Approved without `decided_by_id` it was small enough to need nobody else. The reason is text, so it is kept here
    and never in the ledger. `key` is the form's, so that it counts once however often it arrives.
    """

    __tablename__ = "adjustment"
    __table_args__ = (Index(None, "person_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(16), unique=True, default=None)
    decision: Mapped[str | None] = mapped_column(String(8), default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class SentBefore(Exception):  # noqa: N818 - it says which rule stands in the way
    """Under this key something else was adjusted."""


def runs(actor: Person, person: Person) -> bool:
    """Whether somebody may give or take points of a person: who leads their team, the sponsor, an administrator."""
    if actor.id == person.id:
        return False
    return actor.role in RUNS or (
        actor.role == Role.LEAD and actor.team_id is not None and actor.team_id == person.team_id
    )


def make(
    person: Person, points: int, reason: str, *, by: Person, program_id: int, now: datetime, zone: ZoneInfo, key: bytes
) -> Adjustment:
    """Give or take points. It counts at once as long as the last thirty days stay within what one may do alone.

    Many small ones are no way round the second pair of eyes: the sum counts, whoever made them.

    Raises:
        NotAllowed: it is one's own, or of somebody whom one does not lead.
        ValueError: no points, too many, or no reason.
        SentBefore: under this key something else was adjusted, and nothing is now.
    """
    if not runs(by, person):
        raise NotAllowed
    if not 0 < abs(points) <= LARGEST or not reason.strip():
        raise ValueError(points)
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    facts = {"person_id": person.id, "points": points, "reason": reason, "made_by_id": by.id}
    row = insert(Adjustment).values(**facts, made_at=now, key=key).on_conflict_do_nothing(index_elements=["key"])
    fresh: Adjustment | None = db.session.scalar(row.returning(Adjustment))
    if fresh is None:
        return _made_before(key, facts)
    if alone(person.id, now) + abs(points) <= ALONE:
        _settle(fresh, APPROVED, None, now)
        _post(fresh, person, program_id, now, zone)
    return fresh


def _made_before(key: bytes, facts: Mapping[str, object]) -> Adjustment:
    before = db.session.scalars(select(Adjustment).where(Adjustment.key == key)).one()
    if any(getattr(before, name) != said for name, said in facts.items()):
        raise SentBefore
    return before


def approve(row: Adjustment, *, by: Person, program_id: int, now: datetime, zone: ZoneInfo) -> bool:
    """The second pair of eyes agrees, and the points move; False when somebody decided before.

    Raises:
        NotAllowed: one made it oneself, it is one's own, or of somebody whom one does not lead.
    """
    person = _decidable(row, by)
    if not _settle(row, APPROVED, by.id, now):
        return False
    _post(row, person, program_id, now, zone)
    return True


def decline(row: Adjustment, *, by: Person, now: datetime) -> bool:
    """The second pair of eyes does not agree, and nothing moves; False when somebody decided before.

    Raises:
        NotAllowed: as for an approval.
    """
    _decidable(row, by)
    return _settle(row, DECLINED, by.id, now)


def _decidable(row: Adjustment, by: Person) -> Person:
    person = db.session.get_one(Person, row.person_id)
    if row.made_by_id == by.id or not runs(by, person):
        raise NotAllowed
    return person


def _settle(row: Adjustment, decision: str, by_id: int | None, now: datetime) -> bool:
    """Decide once: of two who press at the same moment one finds it decided."""
    facts = {"decision": decision, "decided_by_id": by_id, "decided_at": now}
    open_still = update(Adjustment).where(Adjustment.id == row.id, Adjustment.decision.is_(None)).values(**facts)
    settled = db.session.scalar(open_still.returning(Adjustment.id)) is not None
    db.session.refresh(row)
    return settled


def _post(row: Adjustment, person: Person, program_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Dated as it was made, unless that is longer ago than anything may be dated back."""
    at = row.made_at if now - row.made_at <= BACKDATED else now
    ledger.credit(
        program_id=program_id,
        person_id=person.id,
        team_id=person.team_id,
        kind="adjust",
        action_kind_id=None,
        rule_version=None,
        points=row.points,
        reason="",
        occurred_at=at,
        local_date=clock.local_day(at, zone),
        recorded_at=now,
        source="page",
        candidate_id=None,
        source_kind=BY_HAND,
        source_id=row.id,
        nth=None,
        key=row.key,
        line=0,
        actor_id=row.decided_by_id or row.made_by_id,
    )


def alone(person_id: int, now: datetime) -> int:
    """How many points of a person were moved without a second pair of eyes in the last thirty days, up and down."""
    unseen = select(func.coalesce(func.sum(func.abs(Adjustment.points)), 0)).where(
        Adjustment.person_id == person_id,
        Adjustment.made_at > now - ALONE_WITHIN,
        Adjustment.decision == APPROVED,
        Adjustment.decided_by_id.is_(None),
    )
    return db.session.scalar(unseen) or 0


def decidable_by(actor: Person, adjustment_id: int) -> Adjustment | None:
    """An adjustment as somebody who runs it may see it; None to everybody else."""
    return db.session.scalar(_led_by(actor).where(Adjustment.id == adjustment_id))


def waiting_for(actor: Person) -> Sequence[Adjustment]:
    """What waits for the actor's pair of eyes, longest first."""
    waits = _led_by(actor).where(Adjustment.decision.is_(None), Adjustment.made_by_id != actor.id)
    return db.session.scalars(waits.order_by(Adjustment.made_at, Adjustment.id).limit(MOST)).all()


def latest(actor: Person, limit: int = 20) -> Sequence[Adjustment]:
    """The last ones of people whom the actor runs, newest first."""
    return db.session.scalars(
        _led_by(actor).order_by(Adjustment.made_at.desc(), Adjustment.id.desc()).limit(limit)
    ).all()


def of_person(person_id: int, limit: int = MOST) -> Sequence[Adjustment]:
    """Everything that was adjusted, or is to be, of one person, newest first."""
    own = select(Adjustment).where(Adjustment.person_id == person_id)
    return db.session.scalars(own.order_by(Adjustment.made_at.desc(), Adjustment.id.desc()).limit(limit)).all()


def settled_since(person_id: int, since: datetime) -> Sequence[Adjustment]:
    """What was adjusted of one person after a moment, newest first."""
    mine = select(Adjustment).where(Adjustment.person_id == person_id, Adjustment.decision == APPROVED)
    lately = mine.where(Adjustment.decided_at > since).order_by(Adjustment.decided_at.desc(), Adjustment.id.desc())
    return db.session.scalars(lately.limit(MOST)).all()


def reasons(ids: Collection[int]) -> Mapping[int, str]:
    """Why, by the adjustment's id, which is the `source_id` of its row in the ledger."""
    rows = db.session.execute(select(Adjustment.id, Adjustment.reason).where(Adjustment.id.in_(ids)))
    return {row.id: row.reason for row in rows}


def _led_by(actor: Person) -> Select[Adjustment]:
    """Adjustments of others whom the actor runs."""
    others = select(Adjustment).join(Person, Person.id == Adjustment.person_id).where(Adjustment.person_id != actor.id)
    if actor.role in RUNS:
        return others
    team = Person.team_id == actor.team_id if actor.role == Role.LEAD and actor.team_id else Person.id.is_(None)
    return others.where(team)
