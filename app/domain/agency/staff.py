"""The staff as an administrator runs it: who has access, who was invited, who left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from app import clock
from app.db import Page, db, page_of
from app.domain.agency import api_token, audit, invitation, leaving, presence, session, sign_in_link, sign_in_step
from app.domain.agency.agency import the_zone
from app.domain.agency.invitation import Invitation
from app.domain.agency.person import Person, Role, describe, step_inside
from app.domain.agency.team import Branch, Team

DIRECTORY = "directory"
"""How the audit log says that nobody here did it, but the identity provider."""


class Status(StrEnum):
    ACTIVE = "active"
    INVITED = "invited"
    WAITING = "waiting"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Member:
    """A person with where they work and how far their access is; WAITING = nobody invited them yet."""

    person: Person
    status: Status
    team: Team | None
    branch: Branch | None


class Oneself(Exception):  # noqa: N818 - it says which rule stands in the way
    """An administrator cannot take away their own access; a colleague can."""


class LastAdmin(Exception):  # noqa: N818 - as above
    """Somebody must remain who can sign in and run the program."""


def edit(person: Person, by: Person | None, *, name: str, email: str | None, role: Role, team_id: int | None) -> None:
    """Change who somebody is; an invitation that went to another address ends. `by` None: the identity provider.

    Raises:
        EmailTaken: another person already has this address.
        Oneself, LastAdmin: this would take away access that must remain.
    """
    if person.role == Role.ADMIN and role != Role.ADMIN:
        _can_miss(person, by)
    before, place = person.email, (person.role, person.team_id)
    describe(person, name, email)
    person.role, person.team_id = role, team_id
    _record(person, by, before, place)
    if place != (role, team_id):
        presence.changed(person.id, clock.local_day(clock.now(), the_zone()), moved=True)
    if person.email != before:
        invitation.withdraw(person.id)
        sign_in_link.end_all(person.id, clock.now())
        sign_in_step.end_all(person.id)


def _record(person: Person, by: Person | None, email: str | None, place: tuple[Role, int | None]) -> None:
    """Write down what was changed of their access, if anything: which role and team, and that of their address."""
    (role, team_id), facts = place, dict[str, int | str]()
    if role != person.role:
        facts |= {"role_before": str(role), "role_after": str(person.role)}
    if team_id != person.team_id:
        facts |= {"team_before": team_id or 0, "team_after": person.team_id or 0}
    if email != person.email:
        facts["address"] = "changed"
    if facts and by is None:
        facts["how"] = DIRECTORY
    if facts:
        audit.record("person.changed", by.id if by else None, clock.now(), audit.About("person", person.id), **facts)


def deactivate(person: Person, by: Person | None, at: datetime) -> None:
    """Somebody left: what they did stays, and whatever lets them in or tells them anything ends now.

    Raises:
        Oneself, LastAdmin: this would take away access that must remain.
    """
    _can_miss(person, by)
    person.deactivated_at = person.deactivated_at or at
    step_inside(person)
    presence.changed(person.id, clock.local_day(person.deactivated_at, the_zone()))
    end_access(person.id, at)


def end_access(person_id: int, at: datetime) -> None:
    """Sessions, links, tokens, calendar and own chats end; what somebody knows or holds (password, keys) stays."""
    session.close_all(person_id)
    invitation.withdraw(person_id)
    sign_in_link.end_all(person_id, at)
    sign_in_step.end_all(person_id)
    api_token.end_all(person_id, at)
    leaving.left(person_id, at)


def sign_out(person: Person, by: Person) -> int:
    """End the sessions of a colleague, as of a laptop that was left somewhere, and nothing else; answers how many.

    Raises:
        Oneself: one's own are on one's own page.
    """
    if person.id == by.id:
        raise Oneself
    sign_in_step.end_all(person.id)
    return session.close_all(person.id)


def reactivate(person: Person) -> None:
    """Somebody is back, with the role, team, password and second factors that they had."""
    person.deactivated_at = None
    presence.changed(person.id, moved=True)


def _can_miss(person: Person, by: Person | None) -> None:
    """Whether the agency can do without this person's access; two who remove each other wait for one another."""
    if by and person.id == by.id:
        raise Oneself
    admins = select(Person.id).where(
        Person.role == Role.ADMIN, Person.deactivated_at.is_(None), Person.password_hash.is_not(None)
    )
    able = set(db.session.scalars(admins.order_by(Person.id).with_for_update()))
    if able == {person.id}:
        raise LastAdmin


def page(text: str, status: Status | None, number: int, at: datetime) -> Page[Member]:
    """The staff by name; without a status everybody who has not left."""
    query = _found(text).where(_is(status, at) if status else Person.deactivated_at.is_(None))
    people = page_of(query.order_by(Person.sort_name, Person.id), number)
    return Page(_members(people.rows, at), people.number, people.size, people.total)


def member(person: Person, at: datetime) -> Member:
    """One person with where they work and how far their access is."""
    return _members([person], at)[0]


def counts(at: datetime) -> dict[Status, int]:
    """How many people there are of each status."""
    columns = [func.count().filter(_is(status, at)).label(status) for status in Status]
    row = db.session.execute(select(*columns).select_from(Person)).one()
    return dict(zip(Status, row, strict=True))


def _found(text: str) -> Select[Person]:
    query = select(Person)
    for word in text.lower().split()[:5]:
        has = (func.lower(column).contains(word, autoescape=True) for column in (Person.name, Person.email))
        query = query.where(or_(*has))
    return query


def _is(status: Status, at: datetime) -> ColumnElement[bool]:
    here, known = Person.deactivated_at.is_(None), Person.password_hash.is_not(None)
    invited = exists().where(Invitation.person_id == Person.id, *invitation.is_open(at))
    return {
        Status.ACTIVE: here & known,
        Status.INVITED: here & ~known & invited,
        Status.WAITING: here & ~known & ~invited,
        Status.LEFT: ~here,
    }[status]


def _members(people: Sequence[Person], at: datetime) -> list[Member]:
    teams = select(Team, Branch).join(Branch, Branch.id == Team.branch_id)
    places = {
        team.id: (team, branch)
        for team, branch in db.session.execute(teams.where(Team.id.in_({p.team_id for p in people})))
    }
    invited = invitation.invited(at, [person.id for person in people])
    return [
        Member(person, _status(person, invited), *places.get(person.team_id or 0, (None, None))) for person in people
    ]


def _status(person: Person, invited: frozenset[int]) -> Status:
    if person.deactivated_at:
        return Status.LEFT
    if person.password_hash:
        return Status.ACTIVE
    return Status.INVITED if person.id in invited else Status.WAITING
