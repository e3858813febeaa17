"""A candidate: who they are, what they seek, who looks after them and where they are in the journey."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, and_, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency.agency import the_agency
from app.domain.agency.naming import sort_name, sort_name_of
from app.domain.agency.person import Person, Role
from app.domain.agency.team import Team
from app.domain.candidates import contact_state, search, stage_move

SEES_ALL = frozenset({Role.SPONSOR, Role.ADMIN})


LARGEST_ID = 2**31 - 1
MOST_HOURS = 168
MOST_KM = 1000


class Stage(StrEnum):
    ATTRACT = "attract"
    ENGAGE = "engage"
    NURTURE = "nurture"
    CONVERT = "convert"
    REDEPLOY = "redeploy"


class Retention(StrEnum):
    """Why we may keep somebody's data, and with that for how long."""

    APPLICANT = "applicant"
    POOL = "pool"
    REGISTERED = "registered"
    PLACED = "placed"


class Candidate(Base):
    """`merged_into_id`: their history stands with somebody else. `anonymised_at`: only figures are left of them.

    `keep_until` is when their data end unless they do something or consent anew; `acted_at` when they last did.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        Index("ix_candidate_pool", "owner_id", "stage", "registered_at", "keep_until", "id"),
        Index("ix_candidate_visible", "sort_name", "merged_into_id", "anonymised_at", "branch_id", "owner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(String(160), info=PERSONAL)
    sort_name: Mapped[str] = mapped_column(String(160), info=PERSONAL)
    given_name: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    prefix: Mapped[str] = mapped_column(String(40), default="", info=PERSONAL)
    family_name: Mapped[str] = mapped_column(String(80), default="", info=PERSONAL)
    role_sought: Mapped[str] = mapped_column(String(120), default="", info=PERSONAL)
    aspiration: Mapped[str] = mapped_column(String(500), default="", info=PERSONAL)
    region: Mapped[str] = mapped_column(String(80), index=True, default="", info=PERSONAL)
    travel_km: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    available_from: Mapped[date | None] = mapped_column(index=True, default=None, info=PERSONAL)
    hours_week: Mapped[int | None] = mapped_column(default=None, info=PERSONAL)
    stage: Mapped[Stage] = mapped_column(String(10), default=Stage.ATTRACT, info=PERSONAL)
    origin: Mapped[str] = mapped_column(String(80), index=True, default="", info=PERSONAL)
    external_id: Mapped[str | None] = mapped_column(String(120), unique=True, default=None, info=PERSONAL)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"), index=True, default=None)
    language: Mapped[str | None] = mapped_column(String(2), default=None, info=PERSONAL)
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True, default=None)
    retention: Mapped[Retention] = mapped_column(String(10), default=Retention.REGISTERED)
    keep_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True, default=None, info=PERSONAL)
    acted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("candidate.id"), index=True, default=None)
    anonymised_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, info=PERSONAL)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


PRESENT = and_(Candidate.merged_into_id.is_(None), Candidate.anonymised_at.is_(None))
"""Whoever is somebody: not one with another candidate since, and not forgotten."""
EVERYBODY = select(Candidate).where(PRESENT)
ONE_OF_ALL = EVERYBODY.where(Candidate.id == bindparam("one"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a candidate; the parts of the name are kept apart only when somebody told them apart."""

    name: str
    given_name: str = ""
    role_sought: str = ""
    region: str = ""
    stage: Stage = Stage.ATTRACT
    origin: str = ""
    external_id: str | None = None
    owner_id: int | None = None
    prefix: str = ""
    family_name: str = ""
    aspiration: str = ""
    travel_km: int | None = None
    available_from: date | None = None
    hours_week: int | None = None
    language: str | None = None

    @property
    def sort_name(self) -> str:
        if self.family_name:
            return sort_name_of(self.given_name, self.prefix, self.family_name)
        return sort_name(self.name)


AS_TOLD = (
    "name",
    "sort_name",
    "given_name",
    "prefix",
    "family_name",
    "role_sought",
    "aspiration",
    "region",
    "travel_km",
    "available_from",
    "hours_week",
    "origin",
    "language",
)


class ExternalIdTaken(Exception):  # noqa: N818 - it names what is the case
    """Another candidate has this number in the agency's own system already."""


def add(person: Person | None, facts: Facts, now: datetime) -> Candidate:
    """Take a candidate into the pool, in the branch of the owner, else of whoever adds them.

    Raises:
        ExternalIdTaken: another candidate has the external id.
    """
    _free(facts.external_id, None)
    row = Candidate(
        **_told(facts),
        stage=facts.stage,
        external_id=facts.external_id or None,
        owner_id=facts.owner_id,
        branch_id=branch_of(facts.owner_id) or branch_of(person.id if person else None),
        registered_at=now,
        updated_at=now,
    )
    db.session.add(row)
    db.session.flush()
    db.session.add(contact_state.ContactState(candidate_id=row.id, owner_id=row.owner_id))
    stage_move.record(row.id, None, str(row.stage), reason="", by_id=person.id if person else None, now=now)
    search.refresh([row.id])
    return row


def change(candidate: Candidate, facts: Facts, now: datetime, *, by_id: int | None = None, reason: str = "") -> None:
    """Put these facts in the place of the old ones, the owner included; another stage is a move with its reason.

    Raises:
        ExternalIdTaken: another candidate has the external id.
    """
    contact_state.hold(candidate.id)
    _free(facts.external_id, candidate.id)
    told = _told(facts) | {"external_id": facts.external_id or None}
    if any(getattr(candidate, name) != value for name, value in told.items()):
        candidate.updated_at = now
    for name, value in told.items():
        setattr(candidate, name, value)
    move(candidate, facts.stage, reason=reason, by_id=by_id, now=now)
    assign(candidate, facts.owner_id, now)
    search.refresh([candidate.id])


def move(candidate: Candidate, to: Stage, *, reason: str, by_id: int | None, now: datetime) -> None:
    """Let a candidate go to another stage of the journey; staying is no move."""
    if to != candidate.stage:
        stage_move.record(candidate.id, str(candidate.stage), str(to), reason=reason, by_id=by_id, now=now)
        candidate.stage, candidate.updated_at = to, now


def _told(facts: Facts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in AS_TOLD}


def assign(candidate: Candidate, owner_id: int | None, now: datetime) -> None:
    """Give a candidate to an owner, and with that to the owner's branch; None leaves them to everybody."""
    if candidate.owner_id == owner_id:
        return
    candidate.owner_id, candidate.updated_at = owner_id, now
    candidate.branch_id = branch_of(owner_id) or candidate.branch_id
    theirs = contact_state.ContactState.candidate_id == candidate.id
    db.session.execute(update(contact_state.ContactState).where(theirs).values(owner_id=owner_id))


def _free(external_id: str | None, candidate_id: int | None) -> None:
    if external_id and db.session.scalar(
        select(Candidate.id).where(Candidate.external_id == external_id, Candidate.id != (candidate_id or 0))
    ):
        raise ExternalIdTaken(external_id)


def branch_of(person_id: int | None) -> int | None:
    """The branch of a person's team."""
    if person_id is None:
        return None
    return db.session.scalar(
        select(Team.branch_id).join(Person, Person.team_id == Team.id).where(Person.id == person_id)
    )


def sees_all(person: Person) -> bool:
    """Whether nobody is kept from them: by their role, or because the agency keeps nobody from anybody."""
    agency = the_agency()
    return person.role in SEES_ALL or agency is None or agency.visibility == "agency"


def visible(person: Person, among: Select[Candidate] = EVERYBODY) -> Select[Candidate]:
    """The candidates that a person may see, for every list: the one place where visibility is enforced."""
    if sees_all(person):
        return among
    own_branch = select(Team.branch_id).where(Team.id == person.team_id).scalar_subquery()
    theirs = Candidate.branch_id.is_(None), Candidate.branch_id == own_branch, Candidate.owner_id == person.id
    return among.where(or_(*theirs))


def visible_to(person: Person, candidate_id: int) -> Candidate | None:
    """One candidate, when this person may see them; absent and forbidden are the same None."""
    if not 0 < candidate_id <= LARGEST_ID:
        return None
    if sees_all(person):
        return db.session.scalar(ONE_OF_ALL, {"one": candidate_id})
    return db.session.scalar(visible(person).where(Candidate.id == candidate_id))


def names_seen_by(person: Person, candidate_ids: Collection[int]) -> dict[int, str]:
    """The names of these candidates, as far as the person may see them."""
    seen = visible(person).with_only_columns(Candidate.id, Candidate.name).where(Candidate.id.in_(candidate_ids))
    return {row.id: row.name for row in db.session.execute(seen)} if candidate_ids else {}


def possible_owners() -> list[Person]:
    """Everybody who may look after candidates: active people, in the order of their names."""
    active = select(Person).where(Person.deactivated_at.is_(None)).order_by(Person.sort_name, Person.id)
    return list(db.session.scalars(active.limit(1000)))
