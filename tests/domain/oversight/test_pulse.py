"""The pulse: who is asked, what is counted of answers, what is left of it, and what is told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import db
from app.domain.agency.person import Person
from app.domain.notices.notice import Notice
from app.domain.oversight import pulse, pulse_answer, pulse_opening, pulse_result
from app.domain.oversight.pulse import Pulse, PulseCount, PulseGiven, Question, Said
from app.domain.oversight.pulse_answer import UNSURE, Closed
from app.domain.oversight.window import FEWEST
from app.domain.program.program import Program
from tests import make

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = date(2026, 11, 2)
RIGHT = {Question.PROGRAM: "Vaste Band", Question.BLOCK: "4", Question.HELP: "5"}


@pytest.fixture
def program(session: None) -> Program:
    make.agency()
    sponsor = make.person("Ines Visser")
    for number in range(FEWEST + 1):
        make.person(f"N{number} Bakker")
    for person in db.session.query(Person):
        person.password_hash = "x"
    return make.program(sponsor=sponsor)


def opened(now: datetime = NOW) -> Pulse:
    row = pulse_opening.open_one(now)
    assert row is not None
    return row


def staff() -> list[Person]:
    return db.session.query(Person).where(Person.name.like("N%")).order_by(Person.id).all()


def say(row: Pulse, answers: Mapping[Question, str], people: int = FEWEST) -> None:
    for person in staff()[:people]:
        pulse_answer.give(row, person, answers, today=TODAY, now=NOW)


def counts(row: Pulse) -> dict[tuple[str, str], int]:
    rows = db.session.query(PulseCount).where(PulseCount.pulse_id == row.id)
    return {(each.question, each.choice): each.times for each in rows}


def test_everybody_but_the_sponsor_is_asked_and_told(program: Program) -> None:
    row = opened()
    assert (row.quarter, row.closes_on, row.invited) == (date(2026, 10, 1), date(2026, 11, 16), FEWEST + 1)
    told = {each.recipient for each in db.session.query(Notice)}
    assert told == {f"person:{each.id}" for each in staff()}


@pytest.mark.parametrize(
    "day", [date(2026, 10, 14), date(2026, 12, 18), date(2027, 1, 10)], ids=["too early", "too late", "next, too early"]
)
def test_it_opens_only_within_its_quarter(program: Program, day: date) -> None:
    assert pulse_opening.open_one(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)) is None


def test_once_a_quarter(program: Program) -> None:
    opened()
    assert pulse_opening.open_one(NOW + timedelta(days=3)) is None
    assert opened(NOW + timedelta(days=91)).quarter == date(2027, 1, 1)


def test_not_in_the_first_month_of_a_program_nor_among_few(program: Program) -> None:
    program.started_on = TODAY - timedelta(days=20)
    assert pulse_opening.open_one(NOW) is None
    program.started_on = TODAY - timedelta(days=60)
    for person in staff()[:2]:
        person.deactivated_at = NOW
    assert pulse_opening.open_one(NOW) is None


def test_the_right_answer_is_among_plausible_others(program: Program) -> None:
    found = {each.question: each for each in pulse_answer.questions(opened())}
    assert "Vaste Band" in found[Question.PROGRAM].choices
    assert len(found[Question.PROGRAM].choices) == len(found[Question.SPONSOR].choices) == 4
    assert str(program.sponsor_id) in found[Question.SPONSOR].names
    assert list(found[Question.PROGRAM].choices) == sorted(found[Question.PROGRAM].choices, key=str.casefold)


def test_without_a_sponsor_nobody_is_asked_who_it_is(program: Program) -> None:
    program.sponsor_id = None
    assert Question.SPONSOR not in {each.question for each in pulse_answer.questions(opened())}


def test_answers_are_counted_and_nothing_else_is_kept(program: Program) -> None:
    row = opened()
    sponsor = {Question.SPONSOR: str(program.sponsor_id)}
    say(row, RIGHT | sponsor, 1)
    wrong = {Question.PROGRAM: "Kompas", Question.BLOCK: "1", Question.SPONSOR: UNSURE}
    pulse_answer.give(row, staff()[1], wrong, today=TODAY, now=NOW)
    right = {(question, Said.RIGHT): 1 for question in (Question.PROGRAM, Question.BLOCK, Question.SPONSOR)}
    missed = {(question, Said.WRONG): 1 for question in (Question.PROGRAM, Question.BLOCK)}
    assert counts(row) == right | missed | {("help", "5"): 1, ("sponsor", Said.UNSURE): 1}


def test_whoever_joined_while_it_was_open_could_answer_as_well(program: Program) -> None:
    """So that there are never more answers than people who were asked."""
    row = opened()
    for number in range(3):
        make.person(f"Ook{number} Bos").password_hash = "x"
    db.session.flush()
    for person in [*staff(), *db.session.query(Person).where(Person.name.like("Ook%"))]:
        pulse_answer.give(row, person, RIGHT, today=TODAY, now=NOW)
    after = NOW + timedelta(days=15)
    found = pulse_result.results([row], after.date())[0]
    assert (found.answered, found.asked, row.invited) == (FEWEST + 4, FEWEST + 4, FEWEST + 1)
    staff()[0].deactivated_at = after
    pulse_opening.close_over(after)
    assert row.invited == FEWEST + 4


def test_nobody_answers_twice_or_afterwards(program: Program) -> None:
    row, (first, second, *_) = opened(), staff()
    pulse_answer.give(row, first, RIGHT, today=TODAY, now=NOW)
    assert not pulse_answer.may_answer(row, first, TODAY)
    assert pulse_answer.may_answer(row, second, row.closes_on)
    with pytest.raises(Closed):
        pulse_answer.give(row, first, RIGHT, today=TODAY, now=NOW)
    with pytest.raises(Closed):
        pulse_answer.give(row, second, RIGHT, today=row.closes_on + timedelta(days=1), now=NOW)
    assert counts(row)["program", Said.RIGHT] == 1


def test_answering_stops_the_bell_and_leaves_no_moment(program: Program) -> None:
    row = opened()
    say(row, RIGHT, 1)
    read = {each.recipient: each.read_at for each in db.session.query(Notice)}
    assert read == {f"person:{each.id}": None for each in staff()[1:]}


def test_when_it_closes_who_answered_goes(program: Program) -> None:
    row = opened()
    say(row, RIGHT)
    over = NOW + timedelta(days=15)
    assert pulse_opening.close_over(NOW) == 0
    assert pulse_opening.close_over(over) == 1
    assert pulse_opening.close_over(over) == 0
    assert (db.session.query(PulseGiven).count(), row.choices) == (0, {})
    assert pulse.running(program.id, row.closes_on + timedelta(days=1)) is None
    assert counts(row)["program", Said.RIGHT] == FEWEST


def shares(row: Pulse, day: date) -> dict[Question, int | None]:
    (found,) = pulse_result.results([row], day)
    return {each.question: each.percent for each in found.shares}


def test_while_it_is_open_nothing_is_told(program: Program) -> None:
    row = opened()
    say(row, RIGHT)
    assert shares(row, row.closes_on) == {}
    assert shares(row, row.closes_on + timedelta(days=1))[Question.PROGRAM] == 100


def test_of_fewer_than_five_answers_nothing_is_told(program: Program) -> None:
    row = opened()
    say(row, RIGHT, FEWEST - 1)
    after = row.closes_on + timedelta(days=1)
    assert set(shares(row, after).values()) == {None}
    assert pulse_result.results([row], after)[0].answered == 0


def test_each_quarter_stands_beside_the_one_before(program: Program) -> None:
    before, now = opened(), opened(NOW + timedelta(days=91))
    say(before, {Question.HELP: "2"})
    for number, person in enumerate(staff()):
        pulse_answer.give(now, person, {Question.HELP: "45"[number % 2]}, today=TODAY, now=NOW)
    newest, older = pulse_result.results(pulse.all_of(program.id), now.closes_on + timedelta(days=1))
    assert [(each.percent, each.change) for each in newest.shares] == [(100, 100)]
    assert [each.change for each in older.shares] == [None]


def test_who_has_left_is_no_choice(program: Program) -> None:
    row = opened()
    _, *wrong = row.choices[Question.SPONSOR]
    db.session.get_one(Person, wrong[0]).deactivated_at = NOW
    (sponsor,) = [each for each in pulse_answer.questions(row) if each.question is Question.SPONSOR]
    assert set(sponsor.choices) == {str(program.sponsor_id), *map(str, wrong[1:])}


def test_once_the_right_one_has_left_it_is_not_asked(program: Program) -> None:
    row = opened()
    db.session.get_one(Person, program.sponsor_id).deactivated_at = NOW
    assert Question.SPONSOR not in {each.question for each in pulse_answer.questions(row)}
