"""Three times that a recruiter proposes to a candidate by a link: the one they pick becomes a promise."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.db import PERSONAL, Base, UtcDateTime, db
from app.domain.agency.person import Person, Role
from app.domain.candidates import handing, link
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import LIVES, CandidateLink, LinkPurpose

LENGTHS = (15, 30, 45, 60)
USUAL = 30
MOST = 3
SHOWN = 5


class TimeOffer(Base):
    """`starts` are the moments offered, in ISO 8601 and UTC; open until `expires_at`, `picked_at` or `withdrawn_at`."""

    __tablename__ = "time_offer"
    __table_args__ = (Index(None, "candidate_id", "made_at"), Index(None, "person_id", "made_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("candidate_link.id"), index=True, default=None)
    channel: Mapped[str] = mapped_column(String(10), info=PERSONAL)
    minutes: Mapped[int]
    starts: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True), info=PERSONAL)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PERSONAL)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    picked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    picked: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, info=PERSONAL)
    promise_id: Mapped[int | None] = mapped_column(ForeignKey("promise.id"), default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    @property
    def moments(self) -> list[datetime]:
        return [clock.parse(start) for start in self.starts or ()]

    def is_open(self, now: datetime) -> bool:
        return self.picked_at is None and self.withdrawn_at is None and now < self.expires_at


class Proposed(NamedTuple):
    """What a recruiter proposes: when, by which channel they will be in touch, and for how long."""

    starts: tuple[datetime, ...]
    channel: Channel
    minutes: int = USUAL


class NotPossible(ValueError):  # noqa: N818 - it names what is the case
    """No moment, too many, one twice, or one that is over or further away than the link lives."""


def hand(candidate: Candidate, by: Person, proposed: Proposed, now: datetime, sender: Sender, *, by_mail: bool) -> str:
    """Offer these times: the link's address where the recruiter passes it on, nothing when it was mailed.

    What they offered this candidate before is withdrawn, so that one is never asked to choose twice.

    Raises:
        NotPossible: these times cannot be offered.
        NotMailed: the candidate may not be mailed.
    """
    _check(proposed.starts, now)
    for former in open_of(candidate.id, now):
        if former.person_id == by.id:
            withdraw(former, now)
    if by_mail:
        row, url = handing.mail(candidate, LinkPurpose.TIMES, by, now, sender), ""
    else:
        row, url = handing.show(candidate, LinkPurpose.TIMES, by, now, sender)
    offer = TimeOffer(
        candidate_id=candidate.id,
        person_id=by.id,
        link_id=row.id,
        channel=proposed.channel,
        minutes=proposed.minutes,
        starts=[start.isoformat() for start in sorted(proposed.starts)],
        made_at=now,
        expires_at=max(proposed.starts),
    )
    db.session.add(offer)
    db.session.flush()
    return url


def _check(starts: Sequence[datetime], now: datetime) -> None:
    latest = now + LIVES[LinkPurpose.TIMES]
    if not 1 <= len(set(starts)) == len(starts) <= MOST or not all(now < start < latest for start in starts):
        raise NotPossible


def withdraw(offer: TimeOffer, now: datetime) -> None:
    """Nobody can pick one of these times any more, and the link ends; what was picked stays a promise."""
    offer.withdrawn_at = offer.withdrawn_at or now
    row = db.session.get(CandidateLink, offer.link_id) if offer.link_id else None
    if row is not None:
        link.end(row, now)
    db.session.flush()


def link_ended(link_id: int, now: datetime) -> None:
    """Somebody ended a link: what it offered, if it offered anything, is withdrawn."""
    offer = of_link(link_id)
    if offer is not None:
        withdraw(offer, now)


def withdrawable_by(person: Person, offers: Sequence[TimeOffer], now: datetime) -> Sequence[TimeOffer]:
    """Of these, one's own open ones; whoever administers may withdraw everybody's."""
    may = [offer for offer in offers if offer.person_id == person.id or person.role == Role.ADMIN]
    return [offer for offer in may if offer.is_open(now)]


def of_link(link_id: int) -> TimeOffer | None:
    """What a link offers."""
    return db.session.scalar(select(TimeOffer).where(TimeOffer.link_id == link_id))


def open_of(candidate_id: int, now: datetime) -> Sequence[TimeOffer]:
    """What this candidate can still pick from, the newest first."""
    return [offer for offer in latest_of(candidate_id) if offer.is_open(now)]


def latest_of(candidate_id: int) -> Sequence[TimeOffer]:
    """What was last offered to a candidate, whatever became of it; the newest first."""
    query = select(TimeOffer).where(TimeOffer.candidate_id == candidate_id)
    return db.session.scalars(query.order_by(TimeOffer.made_at.desc(), TimeOffer.id.desc()).limit(SHOWN)).all()


def open_from(person_id: int, now: datetime) -> Sequence[TimeOffer]:
    """What a person offered and nobody has picked yet."""
    since = now - LIVES[LinkPurpose.TIMES] - timedelta(days=1)
    query = select(TimeOffer).where(TimeOffer.person_id == person_id, TimeOffer.made_at > since)
    return [offer for offer in db.session.scalars(query.order_by(TimeOffer.id)) if offer.is_open(now)]
