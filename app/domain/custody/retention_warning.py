"""Warns owners once a week: whose data end within three weeks while nobody has heard whether we may keep them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from app import clock
from app.db import db
from app.domain.agency.person import Person, Role
from app.domain.candidates import consent
from app.domain.candidates.candidate import PRESENT, Candidate
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.contact_state import ContactState
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.candidates.retention import NOTICE
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program import regular_mail
from app.domain.program.regular_mail import Due, Regular

KIND = "retention"
TUESDAY = Regular(KIND, frozenset({Role.RECRUITER, Role.LEAD}), clock.week_of, "%G-W%V", from_day=1)
"""On Monday leads have another one."""

SHOWN = 10
MOST = 500


class EndingSoon(NamedTuple):
    """Somebody whose data go, and when we asked by mail whether they may stay; None when we could not."""

    candidate: Candidate
    ends: datetime
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class RetentionWarning:
    """The first of those whose data end soon, and how many there are."""

    first: Sequence[EndingSoon]
    number: int

    @property
    def others(self) -> int:
        return self.number - len(self.first)


def due(now: datetime) -> list[Due]:
    """Only to whoever looks after somebody whose data end soon."""
    people = regular_mail.readers(TUESDAY.roles)
    found = regular_mail.due(TUESDAY, people, now)
    if not found:
        return []
    soon = select(Candidate.owner_id).join(ContactState, ContactState.candidate_id == Candidate.id)
    owners = set(db.session.scalars(soon.where(*_is_soon(now)).distinct()))
    warned = {name_person(each.id) for each in people if each.id in owners and warning(each, now)}
    return [each for each in found if each.recipient in warned]


def tell(found: Collection[Due], now: datetime) -> None:
    """Say so under the bell as well, to whom such a mail is planned."""
    for each in found:
        if each.kind == KIND:
            notice.tell(KIND, [each.recipient], period=each.period, facts={}, now=now)


def warning(owner: Person, now: datetime) -> RetentionWarning | None:
    """Whose data end soon, soonest first; None when nobody's do."""
    query = select(Candidate).join(ContactState, ContactState.candidate_id == Candidate.id)
    query = query.where(*_is_soon(now), Candidate.owner_id == owner.id)
    rows = db.session.scalars(query.order_by(Candidate.keep_until, Candidate.id).limit(MOST)).all()
    asked = _asked([each.id for each in rows])
    refused = _refused([each.id for each in rows])
    left = [each for each in rows if each.id not in refused]
    first = [EndingSoon(each, each.keep_until, asked.get(each.id)) for each in left[:SHOWN] if each.keep_until]
    return RetentionWarning(first, len(left)) if left else None


def _is_soon(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whoever wants no contact is let go without a word."""
    ends = Candidate.keep_until.is_not(None), Candidate.keep_until > now, Candidate.keep_until <= now + NOTICE
    return PRESENT, *ends, ContactState.do_not_contact_at.is_(None)


def _asked(candidates: Collection[int]) -> dict[int, datetime]:
    """When each of them was last sent the question whether they may stay."""
    query = (
        select(CandidateLink.candidate_id, func.max(CandidateLink.made_at))
        .where(CandidateLink.candidate_id.in_(candidates), CandidateLink.purpose == LinkPurpose.RENEW)
        .group_by(CandidateLink.candidate_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _refused(candidates: Collection[int]) -> set[int]:
    """Who answered that they do not want to stay: nobody need ask again."""
    known = consent.current_of(candidates)
    said = {each: known.get(each, {}).get((ConsentPurpose.POOL, None)) for each in candidates}
    return {each for each, last in said.items() if last is not None and not last.given}
