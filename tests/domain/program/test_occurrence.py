"""The blocks of people in time: whose time holds, days off, moves, the next and the running one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import db
from app.domain.program import absence, block, moving, occurrence
from app.domain.program.block import Scope
from app.domain.program.moving import NotThen
from app.domain.program.program import the_program
from tests import make
from tests.make import START
from tests.people import People, make_people

WEDNESDAY = datetime(2026, 11, 18, 11, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
DAY = date(2026, 11, 18)
MONDAY = date(2026, 11, 16)
WEEK = timedelta(7)


@pytest.fixture
def people(session: None) -> People:
    return make_people()


def program_id() -> int:
    program = the_program()
    assert program
    return program.id


def reserve(weekday: int, *, from_week: date = MONDAY, **whose: int | None) -> block.Block:
    scope = Scope(program_id(), **whose)
    return block.reserve(scope, weekday, 600, 30, from_week=from_week, by_id=None, at=START)


def off(person_id: int | None, first: date, last: date | None = None) -> absence.Absence:
    return absence.record(person_id, first, last or first, by_id=None, now=WEDNESDAY)


def weekday(person: object, day: date = DAY) -> int | None:
    found = occurrence.in_week(person, day)  # type: ignore[arg-type] # a person of the fixture
    return found.starts.weekday() if found else None


def test_the_nearest_scope_holds(people: People) -> None:
    reserve(1, team_id=people.sanne.team_id)
    reserve(2, person_id=people.bram.id)
    assert [weekday(each) for each in (people.sanne, people.bram, people.otto, people.ada)] == [1, 2, 4, 4]


def test_each_time_holds_from_its_week_and_history_stays(people: People) -> None:
    reserve(0, from_week=MONDAY + WEEK)
    assert [weekday(people.sanne, DAY + WEEK * week) for week in (-1, 0, 1, 2)] == [4, 4, 0, 0]
    reserve(3)
    assert [weekday(people.sanne, DAY + WEEK * week) for week in (-1, 0, 1)] == [4, 3, 3]


def test_giving_up_goes_along_with_the_team_again(people: People) -> None:
    scope = Scope(program_id(), person_id=people.sanne.id)
    reserve(1, person_id=people.sanne.id)
    given = block.give_up(scope, from_week=MONDAY + WEEK, by_id=None, at=START)
    assert [weekday(people.sanne, DAY + WEEK * week) for week in (0, 1)] == [1, 4]
    assert block.newest(scope) is None
    assert block.take_back(given)
    assert weekday(people.sanne, DAY + WEEK) == 1


def test_only_the_last_change_is_taken_back_and_everybody_keeps_one(people: People) -> None:
    first = block.newest(Scope(program_id()))
    second = reserve(1)
    assert first is not None
    assert not block.take_back(first)
    assert block.take_back(second)
    assert not block.take_back(first)


def test_holidays_closures_and_leave_move_or_excuse(people: People) -> None:
    off(None, date(2026, 11, 20))
    off(people.bram.id, date(2026, 11, 19))
    off(people.otto.id, MONDAY, date(2026, 11, 29))
    assert [weekday(each) for each in (people.sanne, people.bram, people.otto)] == [3, 2, None]
    assert weekday(people.sanne, date(2026, 12, 23)) == 3  # Christmas Day is a Friday


def test_the_next_is_the_running_one_and_skips_weeks_of_leave(people: People) -> None:
    off(people.bram.id, MONDAY, date(2026, 11, 29))
    during = FRIDAY + timedelta(minutes=44)
    assert [found and found.starts for found in (occurrence.next_for(people.sanne, during),)] == [FRIDAY]
    assert [found and found.starts for found in (occurrence.next_for(people.bram, during),)] == [FRIDAY + WEEK * 2]
    after = occurrence.next_for(people.sanne, FRIDAY + timedelta(minutes=45))
    assert after is not None
    assert after.starts == FRIDAY + WEEK


def test_a_period_in_one_go(people: People) -> None:
    found = occurrence.between(people.sanne, DAY, DAY + WEEK * 9)
    assert [each.week for each in found] == [MONDAY + WEEK * week for week in range(10)]
    assert [each.moved for each in found].count("holiday") == 2


def test_a_program_that_reserved_nothing_has_no_occurrence(people: People) -> None:
    for row in block.history([Scope(program_id())]):
        db.session.delete(row)
    db.session.flush()
    assert weekday(people.sanne) is None


def test_before_setup_there_is_none(session: None) -> None:
    make.agency()
    assert occurrence.next_for(make.person("Sanne de Vries"), WEDNESDAY) is None


def test_a_moved_block_counts_in_its_own_week_only(people: People) -> None:
    thursday = datetime(2026, 11, 19, 8, tzinfo=UTC)
    moving.move(people.sanne, thursday, 45, WEDNESDAY)
    moving.move(people.sanne, thursday + timedelta(hours=1), 60, WEDNESDAY)
    found = occurrence.in_week(people.sanne, DAY)
    assert found == occurrence.Occurrence(thursday + timedelta(hours=1), 60, MONDAY, "own")
    assert [weekday(people.sanne, DAY + WEEK), weekday(people.bram)] == [4, 4]
    assert moving.put_back(people.sanne.id, MONDAY)
    assert not moving.put_back(people.sanne.id, MONDAY)
    assert weekday(people.sanne) == 4


@pytest.mark.parametrize(
    ("starts_at", "now", "why"),
    [
        (WEDNESDAY - timedelta(hours=1), WEDNESDAY, "past"),
        (FRIDAY + WEEK, WEDNESDAY, "week"),
        (datetime(2026, 11, 19, 22, 30, tzinfo=UTC), WEDNESDAY, "late"),
        (datetime(2026, 11, 19, 9, tzinfo=UTC), WEDNESDAY, "off"),
        (FRIDAY + timedelta(hours=2), FRIDAY + timedelta(hours=1), "over"),
    ],
)
def test_it_does_not_move_anywhere(people: People, starts_at: datetime, now: datetime, why: str) -> None:
    off(people.sanne.id, date(2026, 11, 19))
    with pytest.raises(NotThen) as refused:
        moving.move(people.sanne, starts_at, 45, now)
    assert refused.value.why == why


def test_days_off_are_recorded_once_withdrawn_and_restored(people: People) -> None:
    row = off(people.sanne.id, DAY, DAY + timedelta(2))
    assert off(people.sanne.id, DAY, DAY + timedelta(2)) is row
    assert absence.away_on(people.sanne.id, DAY + timedelta(1), DAY + WEEK) == {DAY + timedelta(1), DAY + timedelta(2)}
    absence.withdraw(row, WEDNESDAY)
    db.session.flush()
    assert not absence.away_on(people.sanne.id, DAY, DAY)
    absence.restore(row)
    db.session.flush()
    assert absence.standing_of(people.sanne.id, DAY) == [row]


def test_closures_are_asked_for_again_after_every_change(people: People) -> None:
    row = off(None, DAY)
    told = [absence.closures(DAY, DAY)]
    absence.withdraw(row, WEDNESDAY)
    told.append(absence.closures(DAY, DAY))
    absence.restore(row)
    assert [*told, absence.closures(DAY, DAY)] == [{DAY}, set(), {DAY}]


def test_closures_are_not_leave(people: People) -> None:
    off(None, DAY)
    assert absence.closures(MONDAY, DAY) == {DAY}
    assert absence.closed_days(date(2026, 12, 25), date(2026, 12, 25)) == {date(2026, 12, 25)}
    assert not absence.away_on(people.sanne.id, DAY, DAY)


def test_the_last_day_that_a_calendar_has_is_a_day_off(people: People) -> None:
    assert off(people.sanne.id, date.max).last == date.max


@pytest.mark.parametrize("last", [DAY - timedelta(1), DAY + timedelta(366)])
def test_no_period(people: People, last: date) -> None:
    with pytest.raises(absence.NotAPeriod):
        off(people.sanne.id, DAY, last)


def test_who_records_whose(people: People) -> None:
    mine = off(people.sanne.id, DAY)
    shut = off(None, DAY)
    seen = {name: absence.changeable_by(getattr(people, name), mine.id) for name in ("sanne", "bram", "lead", "otto")}
    assert {name for name, row in seen.items() if row} == {"sanne", "lead"}
    assert absence.changeable_by(people.ada, shut.id) is shut
    assert absence.changeable_by(people.lead, shut.id) is None
