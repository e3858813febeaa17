"""A nightly run of the retention rules: whom it warned, whom it anonymised, and what it left."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import JSON, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import Base, UtcDateTime, db
from app.domain.agency import audit
from app.domain.candidates import candidate_mail, privacy_terms, question, retention
from app.domain.candidates.candidate import PRESENT, Candidate, Retention
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.candidates.privacy_terms import PrivacyTerms
from app.domain.candidates.question import AlreadyAsked
from app.domain.candidates.retention import WARNINGS, Acts, Reckoning
from app.domain.custody import anonymise
from app.domain.journey.touchpoint import Touchpoint
from app.domain.journey.touchpoint_kind import KindRole, TouchpointKind

PORTION = 200
LATE = timedelta(days=2)
SUBJECT = "renewal"
APPLIED = ("application_started", "application_completed")
OWN_ACTS = (*APPLIED, "event_attended", "survey_answered")
"""What candidates do towards us beside writing and sending forms; looking around is none of our business here."""


class RetentionRun(Base):
    """`counts` tells how many were warned, extended and anonymised, by category."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    ran_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)


class Ending(NamedTuple):
    """Somebody whose data end now or soon."""

    candidate_id: int
    category: Retention
    keep_until: datetime


@dataclass(slots=True)
class Night:
    """What one portion asks for: whose end is new, whose came, and to whom the end is near."""

    changed: list[Reckoning] = field(default_factory=list)
    over: list[Ending] = field(default_factory=list)
    near: list[Ending] = field(default_factory=list)

    def concerned(self) -> set[int]:
        """Of whom something is to be written."""
        return {one.candidate_id for one in self.changed} | {one.candidate_id for one in self.over + self.near}

    def counts(self) -> Counter[str]:
        """How many, and of those whose end came how many by category."""
        found = Counter({"moved": len(self.changed), "anonymised": len(self.over), "near": len(self.near)})
        found.update(f"anonymised:{ending.category}" for ending in self.over)
        return found


def portions() -> Iterator[list[int]]:
    """Everybody whose clock runs, in portions for one transaction each."""
    last = 0
    while True:
        ids = select(Candidate.id).where(Candidate.id > last, PRESENT).order_by(Candidate.id).limit(PORTION)
        found = list(db.session.scalars(ids))
        if not found:
            return
        yield found
        last = found[-1]


def look(candidate_ids: Collection[int], now: datetime) -> Night:
    """What tonight asks for, without doing it."""
    night = Night()
    for one in retention.reckonings(candidate_ids, now, acts_of(candidate_ids)):
        ending = Ending(one.candidate_id, *one.now)
        if one.is_new:
            night.changed.append(one)
        if ending.keep_until <= now:
            night.over.append(ending)
        elif ending.keep_until <= now + WARNINGS[0] * clock.DAY:
            night.near.append(ending)
    return night


def carry_out(candidate_ids: Collection[int], now: datetime, sender: Sender | None) -> Counter[str]:
    """Do what tonight asks for; answers how many. Without a sender nobody is mailed.

    Of whom something is to be written is held and looked at once more: whoever turns to us at that moment stays, and
    whoever is forgotten or merged at that moment is left alone.
    """
    night = look(candidate_ids, now)
    if concerned := night.concerned():
        anonymise.hold(concerned)
        night = look(candidate_ids, now)
    retention.reckon_many(candidate_ids, now, acts_of(candidate_ids))
    if night.over:
        anonymise.anonymise_many([ending.candidate_id for ending in night.over], now)
    counts = night.counts()
    counts["mailed"] = warn(night.near, now, sender) if sender else 0
    return counts


def acts_of(candidate_ids: Collection[int]) -> dict[int, Acts]:
    """When each of them last did something towards us, and whether they applied, as the journey tells it."""
    applied = func.max(case((Touchpoint.kind.in_(APPLIED), 1), else_=0))
    turned = TouchpointKind.role.in_((KindRole.INBOUND, KindRole.FORM)) | Touchpoint.kind.in_(OWN_ACTS)
    query = (
        select(Touchpoint.candidate_id, func.max(Touchpoint.occurred_at), applied)
        .join(TouchpointKind, TouchpointKind.code == Touchpoint.kind)
        .where(
            Touchpoint.candidate_id.in_(candidate_ids),
            turned,
            Touchpoint.verdict == "human",
            Touchpoint.reversed_at.is_(None),
        )
        .group_by(Touchpoint.candidate_id)
    )
    return {each: Acts(last, applied=bool(applied)) for each, last, applied in db.session.execute(query)}


def warn(near: Sequence[Ending], now: datetime, sender: Sender) -> int:
    """Mail those who were not told yet that their data end soon; answers how many. Their owners see it as a reason."""
    return sum(_mail(ending, days, now, sender) for ending, days in to_warn(near, now))


def to_warn(near: Sequence[Ending], now: datetime) -> list[tuple[Ending, int]]:
    """Who is to be told tonight, each with the days before the end that have come; some of them cannot be mailed."""
    terms = privacy_terms.in_force()
    told = _told([ending.candidate_id for ending in near])
    return [
        (ending, days)
        for ending in near
        if (days := due(ending, terms, now)) is not None
        and (ending.candidate_id not in told or told[ending.candidate_id] < ending.keep_until - days * clock.DAY)
    ]


def due(ending: Ending, terms: PrivacyTerms, now: datetime) -> int | None:
    """The warning whose day has come last, in days before the end; a short term has fewer of them."""
    term = {Retention.APPLICANT: terms.applicant_days, Retention.POOL: terms.pool_days}.get(ending.category)
    come = [days for days in WARNINGS if ending.keep_until <= now + timedelta(days=days)]
    return min((days for days in come if term is None or days < term), default=None)


def _told(candidate_ids: Collection[int]) -> dict[int, datetime]:
    """When the clock last asked each of them to stay."""
    asked = (
        select(CandidateLink.candidate_id, func.max(CandidateLink.made_at))
        .where(
            CandidateLink.candidate_id.in_(candidate_ids),
            CandidateLink.purpose == LinkPurpose.RENEW,
            CandidateLink.made_by_id.is_(None),
        )
        .group_by(CandidateLink.candidate_id)
    )
    return dict(db.session.execute(asked).all())


def _mail(ending: Ending, days: int, now: datetime, sender: Sender) -> bool:
    """The last warning goes out even while another question is open; the others wait for its answer."""
    row = db.session.get_one(Candidate, ending.candidate_id)
    if candidate_mail.refusal(row.id, LinkPurpose.RENEW) is not None:
        return False
    try:
        question.ask(row.id, SUBJECT, channel="email", by_id=None, now=now)
    except AlreadyAsked:
        if days != WARNINGS[-1]:
            return False
    facts = {"keep_until": ending.keep_until.isoformat()}
    return candidate_mail.send_link(row, LinkPurpose.RENEW, by=None, now=now, sender=sender, facts=facts) is not None


def record(counts: Counter[str], now: datetime) -> RetentionRun:
    """Keep what a night did."""
    row = RetentionRun(ran_at=now, counts=dict(counts))
    db.session.add(row)
    db.session.flush()
    audit.record("retention.ran", None, now, count=counts["anonymised"])
    return row


def latest(limit: int = 30) -> Sequence[RetentionRun]:
    """The newest nights."""
    return db.session.scalars(select(RetentionRun).order_by(RetentionRun.id.desc()).limit(limit)).all()


def overdue(now: datetime) -> int:
    """Of how many the data are kept although their end came two nights ago."""
    kept = select(func.count()).select_from(Candidate).where(PRESENT, Candidate.keep_until < now - LATE)
    return db.session.scalar(kept) or 0
