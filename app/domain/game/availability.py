"""The days that people could work in a period: contract less leave, holidays and closures, from the day they joined."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.program import absence, contract

MANY = 500


class Employed(NamedTuple):
    """From the first day until the last, which is not included; None: they are here."""

    joined: date
    left: date | None


def standard_days(period: Period) -> int:
    """The days that somebody full-time works: Monday to Friday without public holidays and closures."""
    return len(_standard(period))


def contract_days(people: Collection[int], period: Period) -> dict[int, int]:
    """How many days of these people's contracts there are without leave, holidays and closures, while employed."""
    return {each: len(days) for each, days in open_days(people, period).items()}


def open_days(people: Collection[int], period: Period) -> dict[int, frozenset[date]]:
    """Those days themselves."""
    last = period.end - clock.DAY
    agreed, off = contract.days_of(people, period.start, last), _off(people, period)
    closed, employed = absence.closed_days(period.start, last), _employed(people)
    return {
        each: _open(agreed[each], closed)
        - off.get(each, frozenset())
        - _outside(agreed[each], employed.get(each), period.start)
        for each in people
    }


def _standard(period: Period) -> frozenset[date]:
    last = period.end - clock.DAY
    return _open(contract.worked((), period.start, last), absence.closed_days(period.start, last))


@lru_cache(maxsize=256)
def _open(agreed: frozenset[date], closed: frozenset[date]) -> frozenset[date]:
    return agreed - closed if closed else agreed


def _off(people: Collection[int], period: Period) -> Mapping[int | None, frozenset[date]]:
    few = people if len(people) <= MANY else None
    return absence.days_off(few, period.start, period.end - clock.DAY)


def _employed(people: Collection[int]) -> dict[int, Employed]:
    rows = select(Person.id, Person.joined_on, Person.deactivated_at)
    if len(people) <= MANY:
        rows = rows.where(Person.id.in_(people))
    zone = the_zone()
    return {
        person_id: Employed(joined, clock.local_day(left, zone) if left else None)
        for person_id, joined, left in db.session.execute(rows)
    }


def _outside(agreed: frozenset[date], employed: Employed | None, start: date) -> frozenset[date]:
    """The days before somebody joined and after they left."""
    if employed is None:
        return agreed
    if employed.joined <= start and employed.left is None:
        return frozenset()
    return frozenset(
        day for day in agreed if day < employed.joined or (employed.left is not None and day >= employed.left)
    )
