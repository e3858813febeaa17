"""Planning the weekly reminders: once per recruiter and ISO week, from nine o'clock until the block is over."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from app import clock
from app.db import db
from app.domain.actions.reminder import LastWeek, last_weeks, note, plan_week, reminder_for, reminders_for
from app.domain.game.running_total import Standing
from app.domain.notices.outbox import OutboxRow
from app.domain.program import absence, block, moving
from app.domain.program.block import BEGINNING, Scope
from app.domain.program.program import Program
from app.domain.scoring.list_log import ShownList
from jobs import due_letters
from tests.jobs.waiting import FRIDAY, people_with_waiting
from tests.people import People

HOST = "voorbeeld.nl"
END = datetime(2026, 11, 20, 14, 15, tzinfo=UTC)


@pytest.fixture
def people(session: None) -> People:
    return people_with_waiting()


def reserve(weekday: int, starts: int, minutes: int, person_id: int | None = None) -> None:
    scope = Scope(db.session.scalars(select(Program.id)).one(), person_id=person_id)
    block.reserve(scope, weekday, starts, minutes, from_week=BEGINNING, by_id=None, at=FRIDAY)


def planned() -> list[OutboxRow]:
    return list(db.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def test_recruiters_and_leads_who_can_sign_in(people: People) -> None:
    people.otto.password_hash = None
    people.bram.email = None
    db.session.flush()
    assert plan_week(FRIDAY, HOST) == 2
    assert {row.recipient for row in planned()} == {f"person:{people.sanne.id}", f"person:{people.lead.id}"}


def test_once_per_week(people: People) -> None:
    moments = [FRIDAY + timedelta(minutes=minutes) for minutes in range(0, 375, 15)]
    assert [plan_week(at, HOST) for at in moments] == [4, *[0] * (len(moments) - 1)]
    assert {row.period for row in planned()} == {"2026-W47"}
    assert len({row.message_id for row in planned()}) == 4


def test_again_next_week(people: People) -> None:
    plan_week(FRIDAY, HOST)
    assert plan_week(FRIDAY + timedelta(days=7), HOST) == 4
    assert {row.period for row in planned()} == {"2026-W47", "2026-W48"}


@pytest.mark.parametrize(
    ("at", "count"),
    [
        (FRIDAY - timedelta(seconds=1), 0),
        (FRIDAY, 4),
        (END - timedelta(seconds=1), 4),
        (END, 0),
        (FRIDAY + timedelta(days=1), 0),
        (FRIDAY - timedelta(days=1), 0),
    ],
)
def test_not_before_and_not_after(people: People, at: datetime, count: int) -> None:
    assert plan_week(at, HOST) == count


def test_it_is_worthless_after_the_block(people: People) -> None:
    plan_week(FRIDAY, HOST)
    assert {(row.due_at, row.not_after) for row in planned()} == {(FRIDAY, END)}


@pytest.mark.parametrize(
    ("day", "hour"),
    [("2026-03-27", 8), ("2026-04-10", 7), ("2026-10-23", 7), ("2026-10-30", 8)],
)
def test_nine_o_clock_on_both_sides_of_a_clock_change(people: People, day: str, hour: int) -> None:
    nine = clock.parse(f"{day}T{hour:02}:00:00")
    assert plan_week(nine - timedelta(seconds=1), HOST) == 0
    assert plan_week(nine, HOST) == 4


@pytest.mark.parametrize(("day", "hour"), [("2026-03-29", 7), ("2026-10-25", 8)])
def test_a_block_on_the_sunday_of_the_change(people: People, day: str, hour: int) -> None:
    reserve(6, 14 * 60, 45)
    nine = clock.parse(f"{day}T{hour:02}:00:00")
    assert (plan_week(nine - timedelta(seconds=1), HOST), plan_week(nine, HOST)) == (0, 4)


@pytest.mark.parametrize(("starts", "due"), [(8 * 60, 6), (9 * 60, 7), (10 * 60, 8)])
def test_an_early_block_is_announced_before_it_begins(people: People, starts: int, due: int) -> None:
    reserve(4, starts, 30)
    at = FRIDAY.replace(hour=due)
    assert (plan_week(at - timedelta(seconds=1), HOST), plan_week(at, HOST)) == (0, 4)


def test_each_has_their_own_block(people: People) -> None:
    reserve(3, 14 * 60, 45, people.sanne.id)
    absence.record(people.bram.id, FRIDAY.date(), FRIDAY.date(), by_id=None, now=FRIDAY)
    moving.move(people.otto, FRIDAY - timedelta(days=2), 45, FRIDAY - timedelta(days=4))
    by_day = [plan_week(FRIDAY - timedelta(days=days), HOST) for days in (3, 2, 1, 0)]
    assert by_day == [0, 1, 2, 1]
    assert {row.period for row in planned()} == {"2026-W47"}


def test_who_is_off_all_week_gets_none(people: People) -> None:
    absence.record(people.sanne.id, FRIDAY.date() - timedelta(days=4), FRIDAY.date(), by_id=None, now=FRIDAY)
    assert plan_week(FRIDAY, HOST) == 3
    assert reminder_for(people.sanne, FRIDAY) is None


def test_who_moved_the_block_meanwhile_gets_none(people: People) -> None:
    assert plan_week(FRIDAY, HOST) == 4
    moving.move(people.sanne, FRIDAY + timedelta(days=1), 45, FRIDAY)
    assert reminder_for(people.sanne, FRIDAY) is None


def test_before_setup_nothing_is_planned(session: None) -> None:
    assert plan_week(FRIDAY, HOST) == 0


def test_the_job_plans_with_the_public_host(people: People) -> None:
    assert due_letters.reminders("me", FRIDAY) == 4
    assert {row.message_id.partition("@")[2] for row in planned()} == {"127.0.0.1>"}


def test_the_facts(people: People) -> None:
    found = reminder_for(people.sanne, FRIDAY)
    assert found is not None
    assert (found.waiting, len(found.first)) == (4, 3)
    assert found.starts == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)
    assert (found.last_week.actions, found.last_week.points) == (0, 0)


def test_who_is_new_is_reminded_in_their_first_week(people: People) -> None:
    people.sanne.joined_on = FRIDAY.date()
    db.session.flush()
    assert reminder_for(people.sanne, FRIDAY) is not None


def test_nobody_waits_for_bram(people: People) -> None:
    assert reminder_for(people.bram, FRIDAY) is None


def test_last_week(people: People) -> None:
    program_id = db.session.scalars(select(Program.id)).one()
    monday = clock.week_of(FRIDAY.date()).start
    for start, actions in ((monday - timedelta(7), 5), (monday, 9)):
        board = {"program_id": program_id, "scope": "person", "period": "week", "period_start": start}
        row = {"subject_id": people.sanne.id, "points": actions * 10, "actions": actions, "helped": 1, "sort_key": 0}
        db.session.execute(insert(Standing).values(**board, **row))
    found = last_weeks([people.sanne.id, people.bram.id], program_id, FRIDAY.date() - timedelta(7))
    assert found == {people.sanne.id: LastWeek(5, 50)}


def test_what_else_it_tells(people: People) -> None:
    found = reminder_for(people.sanne, FRIDAY)
    assert found is not None
    assert (found.streak.weeks, found.contests, found.cooled) == (0, [], [])


def test_when_nobody_waits_it_comes_where_the_program_wants_it(people: People) -> None:
    db.session.scalars(select(Program)).one().remind_when_empty = True
    found = reminder_for(people.bram, FRIDAY)
    assert found is not None
    assert (found.upcoming, found.waiting, found.first) == (None, 0, [])
    note([found], FRIDAY)


def test_the_same_list_is_logged_once(people: People) -> None:
    for _ in range(2):
        note(reminders_for([people.sanne, people.bram], FRIDAY).values(), FRIDAY)
    assert [(row.person_id, row.surface) for row in db.session.scalars(select(ShownList))] == [
        (people.sanne.id, "mail")
    ]


def test_leave_that_was_recorded_since_counts(people: People) -> None:
    assert plan_week(FRIDAY, HOST) == 4
    absence.record(people.sanne.id, FRIDAY.date(), FRIDAY.date(), by_id=None, now=FRIDAY)
    assert reminder_for(people.sanne, FRIDAY) is None
