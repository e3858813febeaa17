"""What a candidate decides about their data on a page of their own: to see them, not to be scored, to be forgotten."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select

from app.db import db
from app.domain.actions import own_act
from app.domain.agency.person import Person, Role
from app.domain.candidates import candidate_mail, contact_flags, erasure_wish, link
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.notices import notice, outbox
from app.domain.notices.recipient import name_candidate, name_person
from app.domain.scoring import engagement

ERASURE_KIND = "erasure_asked"
MAILED_EVERY = timedelta(minutes=10)
ADMIN_MAIL_LIVES = timedelta(days=14)


def object_to_score(visit: CandidateLink, now: datetime, *, objects: bool) -> None:
    """No score at once, or one again from everything that they did."""
    them = own_act.held(visit)
    contact_flags.objected(them.id, now if objects else None)
    engagement.replay(them.id, now)
    link.used(visit, now)


def ask_erasure(visit: CandidateLink, now: datetime, host: str) -> None:
    """They want to be forgotten; the administrators hear of it, because it cannot be undone: once an hour at most."""
    wish_to_be_forgotten(own_act.held(visit).id, visit.mark, now, host)
    link.used(visit, now)


def wish_to_be_forgotten(candidate_id: int, mark: str, now: datetime, host: str) -> None:
    """Write the wish down and tell the administrators; `mark` names by what it came."""
    if not erasure_wish.ask(candidate_id, now):
        return
    admins = [name_person(each) for each in db.session.scalars(_administrators())]
    period = f"{mark}:{now.astimezone(UTC):%Y-%m-%dT%H}"
    notice.tell(ERASURE_KIND, admins, period=period, about=name_candidate(candidate_id), facts={}, now=now)
    for admin in admins:
        outbox.plan(
            kind=ERASURE_KIND,
            recipient=admin,
            period=period,
            payload={"candidate_id": candidate_id},
            due_at=now,
            not_after=now + ADMIN_MAIL_LIVES,
            now=now,
            host=host,
        )


def take_erasure_back(visit: CandidateLink, now: datetime) -> None:
    """They want to stay after all."""
    them = own_act.held(visit)
    erasure_wish.take_back(them.id)
    notice.withdraw(name_candidate(them.id), [ERASURE_KIND], now)
    link.used(visit, now)


def ask_known(visit: CandidateLink, sender: Sender, now: datetime) -> None:
    """Mail a link to what we know of them; pressing again within minutes sends no second one."""
    them = own_act.held(visit)
    lately = select(CandidateLink.id).where(
        CandidateLink.candidate_id == them.id,
        CandidateLink.purpose == LinkPurpose.KNOWN,
        CandidateLink.made_by_id.is_(None),
        CandidateLink.made_at > now - MAILED_EVERY,
    )
    if db.session.scalar(lately.limit(1)) is None:
        candidate_mail.send_link(them, LinkPurpose.KNOWN, by=None, now=now, sender=sender)
    link.used(visit, now)


def _administrators() -> Select[int]:
    return select(Person.id).where(
        Person.role == Role.ADMIN, Person.deactivated_at.is_(None), Person.email.is_not(None)
    )
