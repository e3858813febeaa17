"""A link to sign in or to choose a new password, with its mail: asked for by anybody, sent to whoever works here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.domain.agency import api_token, audit, invitation, session, sign_in, sign_in_link, sign_in_step
from app.domain.agency.person import Person, by_email
from app.domain.agency.sign_in import Attempt, Limits
from app.domain.agency.sign_in_link import Issued, Purpose
from app.domain.notices import outbox
from app.domain.notices.invitation_mail import KIND, Sender
from app.domain.notices.recipient import name_person

LIMITS = Limits(per_account=3, per_address=10)
ENDED = "another link was used"


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A new password as it is kept, and the language in which it was chosen."""

    kept_hash: str
    language: str


def ask(who: Attempt, purpose: Purpose, sender: Sender, browser: str, at: datetime) -> None:
    """Mail a link to whoever's address it is, if they have a password; for nobody as much is done, and undone.

    Whoever was never given access gets it by an invitation, and by nothing else. `browser` is as `issue` has it.

    Raises:
        TooMany: so many were asked for with this address, or from this network.
    """
    sign_in.one_at_a_time()
    sign_in.within_limits(who, at, LIMITS)
    sign_in.count(who, at)
    person, anybody = by_email(who.email), db.session.scalar(select(Person).order_by(Person.id).limit(1))
    theirs = person is not None and person.is_active and person.password_hash is not None
    with db.session.begin_nested() as sending:
        if to := person if theirs else anybody:
            _send(to, sign_in_link.issue(to, purpose, browser, at), purpose, sender, at)
        if not theirs:
            sending.rollback()
    about = audit.About("person", person.id) if person and theirs else None
    audit.record("link.asked", None, at, about, purpose=purpose)


def _send(person: Person, issued: Issued, purpose: Purpose, sender: Sender, at: datetime) -> None:
    outbox.plan(
        kind=str(purpose),
        recipient=name_person(person.id),
        period=issued.mark,
        payload={"name": person.name, "url": sender.link(issued.token), "program": sender.program},
        due_at=at,
        not_after=issued.expires_at,
        now=at,
        host=sender.host,
    )


def enter(token: str, at: datetime) -> Person | None:
    """Whom a link to sign in lets in, once; their other links end with it."""
    return _use(token, Purpose.SIGN_IN, at)


def choose_password(token: str, chosen: NewPassword, at: datetime) -> Person | None:
    """Give whoever has the link a new password, and end every session, token, link and invitation of theirs."""
    person = _use(token, Purpose.PASSWORD, at)
    if person is None:
        return None
    audit.record("password.chosen", person.id, at)
    person.password_hash, person.language = chosen.kept_hash, person.language or chosen.language
    session.close_all(person.id)
    api_token.end_all(person.id, at)
    sign_in_step.end_all(person.id)
    invitation.withdraw(person.id)
    outbox.skip(KIND, name_person(person.id), "they chose a password")
    return person


def _use(token: str, purpose: Purpose, at: datetime) -> Person | None:
    person = sign_in_link.use(token, purpose, at)
    if person is not None:
        forget(person)
    return person


def forget(person: Person) -> None:
    """When the links of a person have ended, their mails have no purpose."""
    for purpose in Purpose:
        outbox.skip(str(purpose), name_person(person.id), ENDED)
