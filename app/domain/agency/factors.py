"""Second factors: what somebody has beside the password, and who must have something."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, case, exists, false, func, or_, select

from app.db import db
from app.domain.agency import authenticator, passkey, recovery_code, sign_in_step
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person, Role
from app.domain.agency.second_factor import Authenticator, Passkey

MANAGE = frozenset({Role.LEAD, Role.SPONSOR, Role.ADMIN})


class Rule(StrEnum):
    """Who must have a second factor."""

    FREE = "free"
    MANAGERS = "managers"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Share:
    """How many have a second factor, of how many who can sign in."""

    have: int
    of: int


OWNS = or_(
    exists().where(Authenticator.person_id == Person.id, Authenticator.confirmed_at.is_not(None)),
    exists().where(Passkey.person_id == Person.id),
)
"""Of a person in a question: they have something that can be asked for at any time."""
LACKS: ColumnElement[bool] = case((Agency.second_factor == Rule.FREE, false()), else_=~OWNS)
"""Of a person and their agency: there is a rule, and nothing by which they keep it."""


def has(person_id: int) -> bool:
    """Whether there is anything beside the password that somebody can prove themselves with at any time."""
    return bool(db.session.scalar(select(OWNS).where(Person.id == person_id)))


def must(rule: str, role: Role) -> bool:
    """Whether somebody of a role may not go without."""
    return rule == Rule.EVERYBODY or (rule == Rule.MANAGERS and role in MANAGE)


def shares() -> tuple[Share, Share]:
    """Of who manages, and of everybody."""
    can = Person.deactivated_at.is_(None), Person.password_hash.is_not(None)
    manages = Person.role.in_(MANAGE)
    counts = [func.count().filter(each) for each in (OWNS & manages, manages, OWNS)]
    row = db.session.execute(select(*counts, func.count()).select_from(Person).where(*can)).one()
    return Share(row[0], row[1]), Share(row[2], row[3])


def end_all(person_id: int) -> None:
    """Take everything away that somebody has beside the password, and what they were about to sign in with."""
    authenticator.end(person_id)
    passkey.end_all(person_id)
    recovery_code.end(person_id)
    sign_in_step.end_all(person_id)
