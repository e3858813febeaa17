"""Attendance: what counts as done in the block, the streak as it stands, and settling it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.db import db
from app.domain.actions import action, attendance, block_settling, block_week
from app.domain.actions.outcome import Outcome
from app.domain.actions.queue import CardState, Queue, QueueCard
from app.domain.actions.streak import WeekState
from app.domain.agency.agency import the_agency
from app.domain.custody.anonymise import anonymise_many
from app.domain.program import absence
from app.domain.program.block_move import BlockMove
from tests import make
from tests.domain.actions.test_action import Desk

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
FRIDAY = datetime(2026, 3, 6, 13, 30, tzinfo=UTC)  # 14:30 in Amsterdam, the block's beginning
MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 9, 11, tzinfo=UTC)  # 12:00 in Amsterdam, the Monday after


@pytest.fixture
def desk(session: None) -> Desk:
    """Sanne joined in the week of the block."""
    desk = Desk()
    for person in desk.people.__dict__.values():
        person.joined_on = MONDAY
    return desk


def work(desk: Desk, at: datetime, times: int = 5, recorded: datetime | None = None) -> list[int]:
    """So many different candidates are spoken with at that moment; answers the actions."""
    them = [make.candidate(owner=desk.people.sanne) for _ in range(times)]
    return [desk.log(of=one, at=at, now=recorded or at).action_id for one in them]


def streak_at(desk: Desk, now: datetime) -> tuple[int, int]:
    """The same asked for one and for several."""
    sanne, bram = desk.people.sanne, desk.people.bram
    found = attendance.currents([sanne, bram], now)
    assert found == {who.id: attendance.current(who, now) for who in (sanne, bram)}
    return found[sanne.id].weeks, found[sanne.id].done


def settled(desk: Desk) -> list[tuple[date, WeekState, int]]:
    return [(row.week, row.state, row.actions) for row in block_week.of_person(desk.people.sanne.id)]


@pytest.mark.parametrize(("minutes", "counts"), [(-16, 0), (-15, 5), (44, 5), (59, 5), (60, 0)])
def test_a_quarter_of_an_hour_on_either_side_counts(desk: Desk, minutes: int, counts: int) -> None:
    work(desk, FRIDAY + minutes * MINUTE)
    assert streak_at(desk, FRIDAY + 2 * DAY) == (counts // 5, counts)


def test_the_same_once_more_for_one_candidate_counts_once(desk: Desk) -> None:
    for minute in range(6):
        desk.log(Outcome.NO_ANSWER, at=FRIDAY + minute * MINUTE)
    assert streak_at(desk, FRIDAY + DAY) == (0, 1)


def queued(desk: Desk, late: datetime) -> list[int]:
    """Five cards of a queue that was begun in the block, done at that moment; answers the candidates."""
    sanne = desk.people.sanne
    queue = Queue(person_id=sanne.id, owner_id=sanne.id, started_at=FRIDAY, minutes=45, block_at=FRIDAY, ended_at=late)
    db.session.add(queue)
    db.session.flush()
    ids = []
    for number, action_id in enumerate(work(desk, late), 1):
        ids.append(db.session.get_one(action.EngagementAction, action_id).candidate_id)
        card = QueueCard(queue_id=queue.id, candidate_id=ids[-1], position=number, slot="ranked", action_id=action_id)
        card.state = CardState.DONE
        db.session.add(card)
    db.session.flush()
    return ids


def test_a_queue_that_was_begun_in_the_block_counts_to_its_end(desk: Desk) -> None:
    late = FRIDAY + timedelta(hours=2)
    queued(desk, late)
    assert streak_at(desk, late) == (1, 5)


def test_a_candidate_who_is_forgotten_takes_no_week_away(desk: Desk) -> None:
    late = FRIDAY + timedelta(hours=2)
    anonymise_many(queued(desk, late)[:2], late)
    assert streak_at(desk, late) == (1, 5)


def test_what_is_undone_counts_no_more(desk: Desk) -> None:
    done = work(desk, FRIDAY)
    action.undo(desk.people.sanne, done[0], FRIDAY + MINUTE)
    assert streak_at(desk, FRIDAY + DAY) == (0, 4)


def test_until_monday_at_noon_the_block_of_last_week_may_be_recorded(desk: Desk) -> None:
    work(desk, FRIDAY, recorded=NOON - MINUTE)
    assert streak_at(desk, NOON - MINUTE) == (1, 0)
    assert streak_at(desk, NOON) == (1, 0)


def test_what_is_recorded_later_is_history_alone(desk: Desk) -> None:
    work(desk, FRIDAY, recorded=NOON)
    assert streak_at(desk, NOON) == (0, 0)


def test_a_block_that_was_moved_counts_in_full_where_it_is(desk: Desk) -> None:
    there = FRIDAY - 2 * DAY
    row = BlockMove(person_id=desk.people.sanne.id, week=MONDAY, starts_at=there, minutes=30, moved_at=there - DAY)
    db.session.add(row)
    db.session.flush()
    work(desk, there)
    work(desk, FRIDAY)
    assert streak_at(desk, FRIDAY + DAY) == (1, 5)


def test_a_week_of_leave_neither_counts_nor_ends_the_streak(desk: Desk) -> None:
    work(desk, FRIDAY)
    away = MONDAY + WEEK
    absence.record(desk.people.sanne.id, away, away + 6 * DAY, by_id=None, now=FRIDAY)
    work(desk, FRIDAY + 2 * WEEK)
    assert streak_at(desk, FRIDAY + 2 * WEEK) == (2, 5)
    assert attendance.current(desk.people.sanne, FRIDAY + WEEK).block is None


def test_a_missed_week_ends_it_only_when_its_grace_is_over(desk: Desk) -> None:
    work(desk, FRIDAY)
    assert streak_at(desk, NOON + WEEK - MINUTE) == (1, 0)
    assert streak_at(desk, NOON + WEEK) == (0, 0)


def test_settling_stores_what_the_actions_say_and_finds_nothing_twice(desk: Desk) -> None:
    work(desk, FRIDAY)
    assert block_settling.settle_all(NOON - MINUTE) == 0
    assert block_settling.settle_all(NOON) == 4  # sanne, bram, lead and otto
    assert settled(desk) == [(MONDAY, WeekState.KEPT, 5)]
    assert list(block_settling.differences(NOON)) == []
    assert streak_at(desk, NOON) == (1, 0)


def test_an_undo_or_leave_that_is_known_later_settles_the_week_anew(desk: Desk) -> None:
    done = work(desk, FRIDAY)
    block_settling.settle_all(NOON)
    action.undo(desk.people.ada, done[0], NOON + DAY)
    assert [each.person for each in block_settling.differences(NOON + DAY)] == [desk.people.sanne]
    block_settling.settle_all(NOON + DAY)
    assert settled(desk) == [(MONDAY, WeekState.MISSED, 4)]
    absence.record(desk.people.sanne.id, MONDAY, MONDAY + 6 * DAY, by_id=None, now=NOON)
    block_settling.settle_all(NOON + DAY)
    assert settled(desk) == [(MONDAY, WeekState.EXCUSED, 0)]


def test_a_settled_week_keeps_its_block_when_the_clock_of_the_agency_changes(desk: Desk) -> None:
    work(desk, FRIDAY)
    block_settling.settle_all(NOON)
    agency = the_agency()
    assert agency
    agency.timezone = "Europe/Lisbon"
    db.session.flush()
    assert [each.person for each in block_settling.differences(NOON + DAY)] == []


def test_weeks_before_somebody_came_are_none_of_theirs(desk: Desk) -> None:
    block_settling.settle_all(NOON)
    desk.people.sanne.joined_on = date(2026, 3, 7)
    assert block_settling.settle_all(NOON) == 1
    assert settled(desk) == []


def test_the_milestone_shows_in_the_week_that_brings_it(desk: Desk) -> None:
    for number in range(4):
        work(desk, FRIDAY + number * WEEK)
    found = attendance.current(desk.people.sanne, FRIDAY + 3 * WEEK)
    assert (found.weeks, found.freezes, found.best, found.milestone, found.next_milestone) == (4, 1, 4, 4, 8)
    assert found.kept
    assert attendance.current(desk.people.sanne, FRIDAY + 4 * WEEK).milestone is None


def test_without_a_program_there_is_no_streak(session: None) -> None:
    make.agency()
    assert attendance.current(make.person("Sanne de Vries"), clock.now()).weeks == 0
    assert list(block_settling.differences(clock.now())) == []
