"""Who asks: the person behind a sign-in, what they have not read, their agency and its program, in one question."""

from datetime import datetime

from sqlalchemy import String, cast, func, literal, select, true

from app.db import db
from app.domain.agency import agency, session
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
    session.OF_TOKEN.add_columns(Agency, Program, AGREED, UNREAD)
    .outerjoin(Agency, true())
    .outerjoin(Program, Program.id == FIRST)
)


def find(token: str, at: datetime) -> tuple[Person, SignInSession] | None:
    """As `session.find`; agency, program, the works council's word and what is unread are at hand from then on."""
    row = db.session.execute(WHO, session.alive_with(token, at)).first()
    if row is None:
        return None
    found, sign_in, its_agency, its_program, agreed, unread = row
    notice.hold_unread(name_person(found.id), unread)
    agency.hold(its_agency)
    program.hold(its_program)
    if its_program is not None:
        program.hold_consent(its_program.id, given=agreed)
    return found, sign_in
