"""Who asks, in a browser or by a token: the person, what they did not read, agency and program, in one question."""

from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Row, Select, String, cast, func, literal, select, true

from app.db import db
from app.domain.agency import agency, api_token, factors, session
from app.domain.agency.agency import Agency
from app.domain.agency.api_token import ApiToken
from app.domain.agency.person import Person
from app.domain.agency.session import SignInSession
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.program import program
from app.domain.program.program import AGREED, Program

By = TypeVar("By")
FIRST = select(func.min(Program.id)).scalar_subquery()
UNREAD = notice.waiting(literal("person:") + cast(Person.id, String))


def _with_surroundings(who: Select[Person, By]) -> Select[Any]:
    """The same question, with all that a page asks about whoever it is."""
    whole = who.add_columns(Agency, Program, AGREED, UNREAD, factors.LACKS)
    return whole.outerjoin(Agency, true()).outerjoin(Program, Program.id == FIRST)


WHO = _with_surroundings(session.OF_TOKEN)
FOR_WHOM = _with_surroundings(api_token.OF_VALUE)


class Asker(NamedTuple, Generic[By]):
    """Who asks, and by what; `must_set_up`: the agency wants a second factor of them and they have none."""

    person: Person
    by: By
    must_set_up: bool


def find(token: str, at: datetime) -> Asker[SignInSession] | None:
    """As `session.find`; agency, program, the works council's word and what is unread are at hand from then on."""
    return _held(db.session.execute(WHO, session.alive_with(token, at)).first())


def find_for(value: str, at: datetime) -> Asker[ApiToken] | None:
    """For whom a program asks with a token, with the same at hand; None when the token does not work."""
    return _held(db.session.execute(FOR_WHOM, api_token.works_with(value, at)).first())


def _held(row: Row[Any] | None) -> Asker[Any] | None:
    if row is None:
        return None
    found, by, its_agency, its_program, agreed, unread, lacks = tuple(row)
    notice.hold_unread(name_person(found.id), unread)
    agency.hold(its_agency)
    program.hold(its_program)
    if its_program is not None:
        program.hold_consent(its_program.id, given=agreed)
    must = its_agency is not None and factors.must(its_agency.second_factor, found.role)
    return Asker(found, by, must and bool(lacks))
