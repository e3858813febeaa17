"""Answering a pulse: what is asked of somebody, and the counting of what they say without keeping it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from sqlalchemy import Table, exists, select
from sqlalchemy.dialects.postgresql import insert

from app.db import db
from app.domain.agency.person import Person
from app.domain.notices import notice
from app.domain.notices.recipient import name_person
from app.domain.oversight import pulse
from app.domain.oversight.pulse import HELPS, Pulse, PulseCount, PulseGiven, Question, Said
from app.domain.program import block

UNSURE = "unsure"
WORKING_DAYS = range(5)
COUNT = cast("Table", PulseCount.__table__)


class Asked(NamedTuple):
    """A question with what one can answer; `names` are what the choices say where they are no words of ours."""

    question: Question
    choices: Sequence[str]
    names: Mapping[str, str]


class Closed(Exception):  # noqa: N818 - it says which rule stands in the way
    """It is over, or was answered by this person."""


def questions(row: Pulse) -> list[Asked]:
    """What is asked, its choices in an order that does not tell which is right."""
    programs, people = _names(row.choices.get(Question.PROGRAM, [])), _people(row)
    days = [str(day) for day in WORKING_DAYS]
    found = [
        Asked(Question.PROGRAM, _by_name(programs), programs),
        Asked(Question.SPONSOR, _by_name(people), people),
        Asked(Question.BLOCK, days, {}),
        Asked(Question.HELP, [str(each) for each in HELPS], {}),
    ]
    return [each for each in found if each.choices]


def _names(offered: Sequence[str]) -> Mapping[str, str]:
    return {name: name for name in offered}


def _people(row: Pulse) -> Mapping[str, str]:
    """Who of those offered works here still; nobody once the right one has left, because then none is right."""
    ids = row.choices.get(Question.SPONSOR, [])
    people = select(Person.id, Person.name).where(Person.id.in_(ids), Person.deactivated_at.is_(None))
    here = {str(number): name for number, name in db.session.execute(people)} if ids else {}
    return here if ids and str(ids[0]) in here else {}


def _by_name(names: Mapping[str, str]) -> list[str]:
    return sorted(names, key=lambda each: names[each].casefold())


def may_answer(row: Pulse, person: Person, today: date) -> bool:
    """Whether it is still open to somebody."""
    given = exists().where(PulseGiven.pulse_id == row.id, PulseGiven.person_id == person.id)
    return today <= row.closes_on and not db.session.scalar(select(given))


def give(row: Pulse, person: Person, answers: Mapping[Question, str], *, today: date, now: datetime) -> None:
    """Count what somebody says, once.

    Raises:
        Closed: it is over, or they answered before.
    """
    once = insert(PulseGiven).on_conflict_do_nothing(index_elements=["pulse_id", "person_id"])
    fresh = once.values(pulse_id=row.id, person_id=person.id).returning(PulseGiven.person_id)
    if today > row.closes_on or db.session.execute(fresh).first() is None:
        raise Closed
    usual = _usual_day(row.program_id, person, today)
    for question, choice in answers.items():
        _count(row.id, question, _said(row, question, choice, usual))
    notice.withdraw(pulse.about(row.id), [pulse.KIND], now, recipient=name_person(person.id))


def _usual_day(program_id: int, person: Person, today: date) -> int | None:
    scopes = block.scopes_of(program_id, person)
    held = block.holding(block.history(scopes), scopes, today)
    return held.weekday if held else None


def _said(row: Pulse, question: Question, choice: str, usual: int | None) -> str:
    """What is counted: a figure where it helps, else whether it is right; which wrong one it was is not kept."""
    if question is Question.HELP or choice == UNSURE:
        return choice
    right = usual if question is Question.BLOCK else row.choices[question][0]
    return Said.RIGHT if choice == str(right) else Said.WRONG


def _count(pulse_id: int, question: Question, said: str) -> None:
    row = insert(COUNT).values(pulse_id=pulse_id, question=str(question), choice=str(said), times=1)
    more = row.on_conflict_do_update(
        index_elements=["pulse_id", "question", "choice"], set_={"times": COUNT.c.times + 1}
    )
    db.session.execute(more)
