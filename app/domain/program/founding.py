"""The beginning: an agency, its first administrator and its named program at once, and the people who come after."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app import clock
from app.domain.agency import person
from app.domain.agency.agency import found_agency
from app.domain.agency.person import Person, Role
from app.domain.notices import invitation_mail
from app.domain.notices.invitation_mail import Sender
from app.domain.program import beginning, program
from app.domain.program.program import Program


class Council(StrEnum):
    """What is known of the works council's consent."""

    AGREED = "agreed"
    NONE = "none"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Founding:
    program_name: str
    agency_name: str
    timezone: str
    language: str
    council: Council
    council_reason: str
    admin_name: str
    admin_email: str
    password_hash: str


def found(plan: Founding, at: datetime) -> Person:
    """Found everything and return the first administrator.

    Raises:
        AlreadyFounded: somebody was first; the transaction can only be rolled back.
    """
    agency = found_agency(plan.agency_name, timezone=plan.timezone, language=plan.language, at=at)
    today = clock.local_day(at, agency.zone)
    admin = person.add(plan.admin_name, plan.admin_email, Role.ADMIN, team_id=None, today=today, at=at)
    admin.password_hash = plan.password_hash
    begun = _name(plan.program_name) or beginning.begin(plan.program_name, today, admin.id, at)
    decide(begun.id, plan.council, plan.council_reason, admin.id, at)
    return admin


def _name(name: str) -> Program | None:
    """The program that an imported log made, now by the name that its people give it."""
    made = program.the_program()
    if made:
        made.name = name
    return made


def decide(program_id: int, council: Council, reason: str, by_id: int, at: datetime) -> None:
    """Record what the works council said; as long as nothing is recorded, person-level views stay off."""
    if council == Council.NOT_YET:
        program.withdraw_consent(program_id, at)
    else:
        agreed = council == Council.AGREED
        program.record_consent(program_id, exists=agreed, reason="" if agreed else reason, by_id=by_id, at=at)


def welcome(name: str, email: str, role: Role, sender: Sender, *, zone: ZoneInfo, at: datetime) -> Person:
    """Add somebody new and send them their invitation.

    Raises:
        EmailTaken: another person already has this address.
    """
    added = person.add(name, email, role, team_id=None, today=clock.local_day(at, zone), at=at)
    invitation_mail.send(added, sender, at)
    return added
