"""Who asks: the person behind a sign-in, what they have not read, their agency and its program, in one question."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import String, cast, func, literal, select, true

from app.db import db
from app.domain.agency import agency, factors, session
from app.domain.agency.agency import Agency
from app.domain.agency.person import Person
from app.domain.agency.session import SignInSession
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program import program
from app.domain.program.program import AGREED, Program

FIRST = select(func.min(Program.id)).scalar_subquery()
UNREAD = notice.waiting(literal("person:") + cast(Person.id, String))
WHO = (
    session.OF_TOKEN.add_columns(Agency, Program, AGREED, UNREAD, factors.LACKS)
    .outerjoin(Agency, true())
    .outerjoin(Program, Program.id == FIRST)
)


class Asker(NamedTuple):
    """Who asks, in which session; `must_set_up`: the agency wants a second factor of them and they have none."""

    person: Person
    session: SignInSession
    must_set_up: bool


def find(token: str, at: datetime) -> Asker | None:
    """As `session.find`; agency, program, the works council's word and what is unread are at hand from then on."""
    row = db.session.execute(WHO, session.alive_with(token, at)).first()
    if row is None:
        return None
    found, sign_in, its_agency, its_program, agreed, unread, lacks = row
    notice.hold_unread(name_person(found.id), unread)
    agency.hold(its_agency)
    program.hold(its_program)
    if its_program is not None:
        program.hold_consent(its_program.id, given=agreed)
    must = its_agency is not None and factors.must(its_agency.second_factor, found.role)
    return Asker(found, sign_in, must and bool(lacks))
