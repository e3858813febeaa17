"""What the identity provider does: colleagues come, are called otherwise, leave and come back; never their roles."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.db import db
from app.domain.agency import audit, factors, invitation, staff
from app.domain.agency.agency import the_zone
from app.domain.agency.audit import About
from app.domain.agency.person import EmailTaken, Person, Role, add, by_email, describe, normal_email
from app.domain.agency.provisioned import Colleague, Provisioned, Told, address_of, as_now, key_of, name_of, named
from app.domain.agency.second_factor import OutsideAccount

IDENTIFYING = ("userName", "emails")
"""Of what is told, that which no two may have, and by which somebody signs in."""


class UserNameTaken(Exception):  # noqa: N818 - it says which rule stands in the way
    """Somebody else has this user name."""


class AddressStays(Exception):  # noqa: N818 - as above
    """Whoever manages is not moved to another address from outside: a link by mail would let its owner in."""


class NoAddress(Exception):  # noqa: N818 - as above
    """What stands there for mail is no mail address."""


REFUSED = (UserNameTaken, EmailTaken, NoAddress, AddressStays)


def welcome(told: Told, language: str | None, at: datetime) -> Colleague:
    """Somebody whom the provider did not tell of before: a recruiter, until somebody here says otherwise.

    Whoever left and has this address comes back to what they did, and proves anew who they are.

    Raises:
        UserNameTaken, EmailTaken: somebody else has that.
        NoAddress: what stands there for mail is none.
    """
    told, address = {"active": True, **told}, _address(told)
    if named(told["userName"]):
        raise UserNameTaken
    person = by_email(address) if address else None
    if person is None:
        person = _added(told, address, at)
    elif person.is_active or _row_of(person):
        raise EmailTaken(person)
    else:
        _begin_anew(person, told, address, at)
    person.language = person.language or language
    row = Provisioned(person_id=person.id, user_key=key_of(told["userName"]), created_at=at, changed_at=at)
    _keep(row, told, at)
    one = Colleague(person, row, gets_in=True)
    if not told["active"]:
        end(one, at)
    return one


def change(one: Colleague, told: Told, at: datetime) -> Colleague:
    """What the provider says of somebody now; of what it says nothing, nothing changes here.

    Raises:
        UserNameTaken, EmailTaken: somebody else has that.
        NoAddress: what stands there for mail is none.
        LastAdmin: this would take away the last access of an administrator.
        AddressStays: somebody who manages would have another address.
    """
    if told.get("active") is False:
        return _leaves(one, told, at)
    now = _takes_over(one, told, at)
    if told.get("active") and not now.person.is_active:
        _let_back(now.person, at)
        return replace(now, gets_in=True)
    return now


def _leaves(one: Colleague, told: Told, at: datetime) -> Colleague:
    """Whoever left loses access, whatever else is told: what is refused stays as it was.

    So does what is not told of whoever leaves now; of somebody who left before it was taken out.

    Raises:
        LastAdmin: as above.
    """
    before = as_now(one)
    whole = {**before, **told} if one.person.is_active else told
    rest = before | {name: value for name, value in told.items() if name not in IDENTIFYING}
    for taken in (whole, rest):
        with suppress(*REFUSED), db.session.begin_nested():
            one = _takes_over(one, taken, at)
            break
    end(one, at)
    return one


def _takes_over(one: Colleague, told: Told, at: datetime) -> Colleague:
    """Name and address as they are told.

    Raises:
        UserNameTaken, EmailTaken, NoAddress, AddressStays: as above.
    """
    person, before, waits = one.person, one.person.email, invitation.is_unused(one.person.id)
    address = _address(told) or (before if person.password_hash else None)
    if address != before and person.role in factors.MANAGE:
        raise AddressStays
    if any(each.person is not person for each in named(told["userName"])):
        raise UserNameTaken
    row = one.row or Provisioned(person_id=person.id, user_key="", created_at=at, changed_at=at)
    staff.edit(person, None, name=name_of(told), email=address, role=person.role, team_id=person.team_id)
    moved = person.email != before
    if moved:
        row.invited_at = None
    _keep(row, told, at)
    return Colleague(person, row, gets_in=moved and (before is None or waits))


def _let_back(person: Person, at: datetime) -> None:
    """Who they were; but no administrator is made from outside, neither of somebody who was one."""
    before = person.role
    if before == Role.ADMIN:
        person.role = Role.RECRUITER
    staff.reactivate(person)
    facts = {"role_before": str(before), "role_after": str(person.role)} if person.role != before else {}
    _record("person.reactivated", person, at, **facts)


def end(one: Colleague, at: datetime) -> None:
    """Somebody left: sessions, links and tokens end now, and what they did stays.

    Raises:
        LastAdmin: somebody must remain who can sign in and run the program.
    """
    if one.person.is_active:
        staff.deactivate(one.person, None, at)
        _record("person.deactivated", one.person, at)


def forget(one: Colleague, at: datetime) -> None:
    """The provider knows them no more: as above, and nothing of what it told is kept.

    Raises:
        LastAdmin: as above.
    """
    end(one, at)
    db.session.execute(delete(Provisioned).where(Provisioned.person_id == one.person.id))


def is_to_be_invited(one: Colleague, at: datetime) -> bool:
    """Whether a mail is due, with which somebody gets in for the first time; once for an address.

    Whoever was here before the provider told of them, and was not invited or not any more, is invited from here.
    """
    person, row = one.person, one.row
    known = not person.is_active or not person.email or person.password_hash
    if row is None or known or row.invited_at or not one.gets_in:
        return False
    return not invitation.invited(at, [person.id])


def _address(told: Told) -> str | None:
    """The address.

    Raises:
        NoAddress: something else stands there for mail.
    """
    if any(each.get("value") and not normal_email(each["value"]) for each in told.get("emails") or ()):
        raise NoAddress
    return address_of(told)


def _added(told: Told, address: str | None, at: datetime) -> Person:
    today = clock.local_day(at, the_zone())
    person = add(name_of(told), address, Role.RECRUITER, team_id=None, today=today, at=at)
    _record("person.invited", person, at, role_after=str(person.role))
    return person


def _begin_anew(person: Person, told: Told, address: str | None, at: datetime) -> None:
    """It may be somebody else who got the address of whoever left, so nothing of before lets anybody in or tells it.

    Role and team are those of anybody who is new.
    """
    describe(person, name_of(told), address)
    person.role, person.team_id, person.password_hash = Role.RECRUITER, None, None
    staff.end_access(person.id, at)
    factors.end_all(person.id)
    db.session.execute(delete(OutsideAccount).where(OutsideAccount.person_id == person.id))
    staff.reactivate(person)
    _record("person.reactivated", person, at, role_after=str(person.role))


def _keep(row: Provisioned, told: Told, at: datetime) -> None:
    """What was told.

    Raises:
        UserNameTaken: somebody came in with it at the same moment.
    """
    try:
        with db.session.begin_nested():
            row.told, row.changed_at = dict(told), at
            row.user_key, row.external_id = key_of(told["userName"]), told.get("externalId")
            db.session.add(row)
    except IntegrityError as error:
        raise UserNameTaken from error


def _row_of(person: Person) -> Provisioned | None:
    return db.session.scalar(select(Provisioned).where(Provisioned.person_id == person.id))


def _record(what: str, person: Person, at: datetime, **facts: int | str) -> None:
    audit.record(what, None, at, About("person", person.id), how=staff.DIRECTORY, **facts)
