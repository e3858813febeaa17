"""The friendly mail to somebody who stopped half-way an application: once, with their consent, inside their hours."""

from datetime import date, datetime

from sqlalchemy import select

from app.db import db
from app.domain.actions import own_act
from app.domain.actions.call_back import Part
from app.domain.agency.person import Person
from app.domain.candidates import candidate_mail, consent
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.candidate_mail import Sender
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.link import CandidateLink, LinkPurpose
from app.domain.journey import application
from app.domain.journey.application import Application, Told
from app.domain.journey.touchpoint_kind import REPLY
from app.domain.journey.vacancy import Vacancy


def plan(row: Application, sender: Sender, now: datetime) -> bool:
    """Plan the mail about an application that stopped; False when this candidate is not to be mailed about it."""
    if row.mailed_at is not None or not allows(row.candidate_id, now):
        return False
    them, vacancy = db.session.get_one(Candidate, row.candidate_id), db.session.get_one(Vacancy, row.vacancy_id)
    facts = {"vacancy": vacancy.title, "vacancy_id": vacancy.id}
    made = candidate_mail.send_link(them, LinkPurpose.APPLY, by=None, now=now, sender=sender, facts=facts)
    row.mailed_at = now if made else None
    return made is not None


def allows(candidate_id: int, now: datetime) -> bool:
    """Whether they consented to being approached, or to staying in the pool, and did not take it back."""
    said = consent.current(candidate_id)
    asked = [said.get((purpose, None)) for purpose in (ConsentPurpose.CONTACT, ConsentPurpose.POOL)]
    return any(row is not None and row.stands(now) for row in asked)


def over(candidate_id: int, vacancy_id: int, now: datetime) -> str | None:
    """Why the mail has lost its purpose since it was planned; None when it may go."""
    if not allows(candidate_id, now):
        return "consent was taken back"
    row = application.of_many([candidate_id], [vacancy_id]).get((candidate_id, vacancy_id))
    return None if row is not None and application.is_unfinished(row) else "the candidate went on"


def owner_of(candidate_id: int) -> Person | None:
    """To whom an answer to the mail goes."""
    query = select(Person).join(Candidate, Candidate.owner_id == Person.id).where(Candidate.id == candidate_id)
    found = db.session.scalar(query)
    return found if found is not None and found.is_active and found.email else None


def asked_about(candidate_id: int) -> Told | None:
    """The application about which they were mailed last."""
    mailed = [told for told in application.of_candidate(candidate_id) if told.row.mailed_at]
    return max(mailed, key=lambda told: (told.row.mailed_at, told.row.id), default=None)


def bring_later(visit: CandidateLink, now: datetime) -> None:
    """They send their cv later, or a photo of it: whoever looks after them hears that it comes."""
    them = own_act.held(visit)
    own_act.acted(visit, them, "cv_later", now, kind=REPLY, payload={"choice": "cv_later"})


def ask_call(visit: CandidateLink, day: date, part: Part, now: datetime) -> datetime:
    """They would rather be called about it. Answers the moment.

    Raises:
        TooLate: that part of the day is over.
    """
    return own_act.ask_call(visit, day, part, now)
