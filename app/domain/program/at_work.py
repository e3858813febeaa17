"""Who is at work on a day: by their contract, not on leave, and neither away nor closed."""

from collections.abc import Collection, Mapping
from datetime import date

from app.domain.notices import delivery_times
from app.domain.notices.delivery_times import AT_ONCE
from app.domain.notices.recipient import name_person
from app.domain.program import absence, contract


def days(people: Collection[int], first: date, last: date) -> Mapping[int, frozenset[date]]:
    """The days on which these people are at work, from the first to the last."""
    agreed, off = contract.days_of(people, first, last), absence.days_off(people, first, last)
    closed = absence.closed_days(first, last)
    chosen = delivery_times.of_many([name_person(each) for each in people])
    away = {each: chosen.get(name_person(each), AT_ONCE).away_until or first for each in people}
    return {each: frozenset(day for day in agreed[each] - closed - off[each] if day >= away[each]) for each in people}


def on(people: Collection[int], day: date) -> list[int]:
    """Who of these is at work on a day."""
    there = days(people, day, day)
    return [each for each in people if there[each]]
