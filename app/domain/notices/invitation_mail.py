"""An invitation with its mail: the link goes to the person, and is handed back once to whoever invited them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.domain.agency import invitation
from app.domain.agency.person import Person
from app.domain.notices import outbox
from app.domain.notices.recipient import name_person

KIND = "invitation"


@dataclass(frozen=True, slots=True)
class Sender:
    """What the mail says of its sender: the program, who invites, and how a token becomes an address of ours."""

    program: str
    host: str
    link: Callable[[str], str]
    by: Person | None = None


def send(person: Person, sender: Sender, at: datetime) -> str:
    """Issue a new link, plan its mail when there is an address, and return the link; earlier links end."""
    withdraw(person)
    issued = invitation.issue(person, sender.by, at)
    url = sender.link(issued.token)
    facts = {
        "name": person.name,
        "inviter": sender.by.name if sender.by else "",
        "url": url,
        "program": sender.program,
    }
    if person.email:
        outbox.plan(
            kind=KIND,
            recipient=name_person(person.id),
            period=issued.mark,
            payload=facts,
            due_at=at,
            not_after=issued.expires_at,
            now=at,
            host=sender.host,
        )
    return url


def withdraw(person: Person) -> None:
    """End the links of a person, and the mails with them that were not sent yet."""
    invitation.withdraw(person.id)
    outbox.skip(KIND, name_person(person.id), "withdrawn")


def forget_ended(person: Person, at: datetime) -> None:
    """When the links of a person have ended, as on leaving or another address, their mails have no purpose."""
    if person.id not in invitation.invited(at, [person.id]):
        outbox.skip(KIND, name_person(person.id), "ended")
