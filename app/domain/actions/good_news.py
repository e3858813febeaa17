"""Good news: what of the daily work is worth telling everybody, told in the transaction in which it happens.

What is imported, or happened more than a day ago, is history and no news.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.actions import block_week, streak
from app.domain.actions.block_week import Week
from app.domain.actions.contact import Contact
from app.domain.actions.streak import WeekState
from app.domain.agency.agency import the_zone
from app.domain.agency.person import Person
from app.domain.candidates.candidate import Candidate
from app.domain.game import feed, own_best
from app.domain.game.feed import OF_ACTION, Told
from app.domain.program.program import the_program

WORTH_TELLING = {"appointment": Told.APPOINTMENT, "reengaged": Told.REENGAGED}
"""By the code of the action kind."""


class Attempt(Protocol):
    """The contact after which an application went on."""

    @property
    def action_id(self) -> int: ...
    @property
    def person_id(self) -> int: ...
    @property
    def team_id(self) -> int | None: ...
    @property
    def program_id(self) -> int: ...


def of_contact(contact: Contact, kind_code: str, action_id: int, points: int) -> None:
    """What was just logged; what earned nothing is over what a day or a week pays, and is not told either."""
    kind = WORTH_TELLING.get(kind_code)
    if kind is None or not points or contact.is_imported or contact.now - contact.at > clock.DAY:
        return
    feed.tell(
        contact.program_id,
        kind,
        action_id,
        person_id=contact.person_id,
        team_id=contact.team_id,
        candidate_id=contact.candidate_id,
        points=points,
        now=contact.now,
    )


def undone(action_id: int, now: datetime) -> None:
    """The contact never was, and neither was what it brought."""
    feed.withdraw(OF_ACTION, [action_id], now)


def of_rescue(attempt: Attempt, candidate_id: int, done: datetime, now: datetime) -> None:
    """An application that had stopped was completed after somebody was in touch."""
    if now - done > clock.DAY:
        return
    feed.tell(
        attempt.program_id,
        Told.RESCUE,
        attempt.action_id,
        person_id=attempt.person_id,
        team_id=attempt.team_id,
        candidate_id=candidate_id,
        now=now,
    )


def of_fans(candidate_ids: Collection[int], now: datetime) -> None:
    """Candidates who became a fan just now; the news is of whoever looks after them."""
    program = the_program()
    if program is None or not candidate_ids:
        return
    day = clock.local_day(now, the_zone())
    owned = select(Candidate.id, Person.id, Person.team_id).outerjoin(Person, Person.id == Candidate.owner_id)
    for candidate_id, person_id, team_id in db.session.execute(owned.where(Candidate.id.in_(candidate_ids))):
        source = feed.of_month(candidate_id, day)
        feed.tell(
            program.id, Told.FAN, source, person_id=person_id, team_id=team_id, candidate_id=candidate_id, now=now
        )


def no_fan(candidate_id: int, now: datetime) -> None:
    """They never were the fan whom we took them for: whatever was told in the last month is withdrawn."""
    days = (clock.local_day(now, the_zone()), clock.local_day(now - 31 * clock.DAY, the_zone()))
    feed.withdraw((Told.FAN,), [feed.of_month(candidate_id, day) for day in days], now)


def of_week(person: Person, week: Week, now: datetime) -> None:
    """A week of somebody was settled; when it is the last one, a milestone and a week better than any are news."""
    program, last = the_program(), clock.week_of(clock.local_day(now, the_zone())).start - clock.WEEK
    if program is None or week.week != last:
        return
    found = {
        Told.STREAK: _milestone(person.id, week),
        Told.RECORD: 1 if own_best.is_record(program.id, person.id, week.week) else 0,
    }
    source = feed.of_week(person.id, week.week)
    for kind, number in found.items():
        if number:
            feed.tell(program.id, kind, source, person_id=person.id, team_id=person.team_id, number=number, now=now)
        else:
            feed.withdraw((kind,), [source], now)


def _milestone(person_id: int, week: Week) -> int:
    """The weeks in a row, when so many are a milestone and this week was the last of them; else 0."""
    if week.state is not WeekState.KEPT:
        return 0
    before = [each.state for each in block_week.of_person(person_id) if each.week <= week.week]
    weeks = streak.after(before).weeks
    return weeks if weeks in streak.MILESTONES else 0
