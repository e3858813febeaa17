"""Settles the weeks of everybody's follow-up block, and sees where what was settled is not what the actions say."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from app import clock
from app.domain.actions import attendance, block_week, good_news
from app.domain.actions.block_week import Week
from app.domain.agency.person import Person
from app.domain.program import occurrence


class Difference(NamedTuple):
    """A week of a person as it is stored, and as it should be; None where there is none."""

    person: Person
    stored: Week | None
    derived: Week | None


def differences(now: datetime) -> Iterator[Difference]:
    """Every week that is not what the actions that stand, the days off and the moves say; person by person."""
    people = attendance.keepers()
    first = attendance.beginning(people)
    table = occurrence.timetable(people, first, now.date() + clock.DAY) if first else None
    if table is None:
        return
    for person in people:
        settled = block_week.of_person(person.id)
        stored = {week.week: week for week in settled}
        derived = {week.week: week for week in attendance.derived(person, table, settled, now)}
        for monday in sorted({*stored, *derived}):
            if stored.get(monday) != derived.get(monday):
                yield Difference(person, stored.get(monday), derived.get(monday))


def settle(found: Difference, now: datetime) -> None:
    """Store a week as it should be."""
    if found.derived:
        block_week.keep(found.person.id, [found.derived], now)
        good_news.of_week(found.person, found.derived, now)
    elif found.stored:
        block_week.forget(found.person.id, [found.stored.week])


def settle_all(now: datetime) -> int:
    """Settle every week whose time of grace is over, and again those of which something was undone or became known.

    Returns how many changed.
    """
    found = list(differences(now))
    for each in found:
        settle(each, now)
    return len(found)
