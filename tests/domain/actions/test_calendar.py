"""What stands in a person's calendar: blocks as series with what departs from them, and agreed times."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.db import db
from app.domain.actions import calendar, promise
from app.domain.actions.calendar import Series
from app.domain.candidates.address import Channel
from app.domain.program import absence
from app.domain.program.block import Scope, reserve
from app.domain.program.block_move import BlockMove
from app.domain.program.program import the_program
from tests import make
from tests.domain.actions.own import Own
from tests.domain.scoring.scene import NOW

GOOD_FRIDAY_WEEK = date(2026, 3, 30)


@pytest.fixture
def own(session: None) -> Own:
    return Own()


def scope(own: Own) -> Scope:
    program = the_program()
    assert program is not None
    return Scope(program.id, person_id=own.people.sanne.id)


def series(own: Own) -> list[Series]:
    return calendar.diary_of(own.people.sanne, NOW).series


def test_a_block_without_end_since_the_program_began(own: Own) -> None:
    (only,) = series(own)
    assert (only.name, only.last, only.minutes) == (f"block-{own.people.sanne.id}", None, 45)
    assert only.first == datetime(2026, 1, 9, 13, 30, tzinfo=UTC)


def test_holidays_and_leave_move_the_block_and_a_free_week_has_none(own: Own) -> None:
    monday = date(2026, 6, 1)
    absence.record(own.people.sanne.id, monday, monday + 4 * clock.DAY, by_id=None, now=NOW)
    departures = {each.usual.date(): each.instead for each in series(own)[0].departures}
    christmas = departures[date(2026, 12, 25)]
    assert christmas is not None
    assert christmas.starts.date() == date(2026, 12, 24)
    assert departures[date(2026, 6, 5)] is None


def test_an_own_move_departs_and_its_moment_is_a_change(own: Own) -> None:
    moved = datetime(2026, 4, 8, 9, tzinfo=UTC)
    week = date(2026, 4, 6)
    db.session.add(BlockMove(person_id=own.people.sanne.id, week=week, starts_at=moved, minutes=60, moved_at=NOW))
    db.session.flush()
    diary = calendar.diary_of(own.people.sanne, NOW)
    found = [each.instead for each in diary.series[0].departures if each.usual.date() == date(2026, 4, 10)]
    assert [(each.starts, each.minutes) for each in found if each] == [(moved, 60)]
    assert diary.changed_at == NOW


def test_another_time_from_a_week_on_is_a_series_of_its_own(own: Own) -> None:
    reserve(scope(own), 1, 9 * 60, 60, from_week=date(2026, 4, 13), by_id=None, at=NOW)
    before, newest = series(own)
    assert (before.name, before.last) == (
        f"block-{own.people.sanne.id}-20260105",
        datetime(2026, 4, 10, 12, 30, tzinfo=UTC),
    )
    assert (newest.name, newest.first) == (f"block-{own.people.sanne.id}", datetime(2026, 4, 14, 7, 0, tzinfo=UTC))


def test_setting_the_same_time_again_changes_nothing(own: Own) -> None:
    reserve(scope(own), 4, 14 * 60 + 30, 45, from_week=date(2026, 4, 13), by_id=None, at=NOW)
    assert len(series(own)) == 1


def test_agreed_times_of_others_of_long_ago_and_taken_back_are_not_there(own: Own) -> None:
    sanne, bram = own.people.sanne, own.people.bram
    soon, them = NOW + clock.DAY, own.pieter.id
    for person, at in ((sanne, soon), (bram, soon), (sanne, NOW - timedelta(days=40))):
        promise.make(them, person.id, at, channel=Channel.PHONE, action_id=None, now=NOW)
    taken_back = promise.make(them, sanne.id, soon, channel=None, action_id=None, now=NOW)
    promise.withdraw(sanne, taken_back, NOW)
    found = calendar.appointments_of(sanne, NOW)
    assert [(each.starts, each.minutes, each.chosen) for each in found] == [(soon, 15, False)]


def test_nothing_is_told_of_who_was_forgotten(own: Own) -> None:
    promise.make(own.pieter.id, own.people.sanne.id, NOW + clock.DAY, channel=None, action_id=None, now=NOW)
    own.pieter.anonymised_at = NOW
    db.session.flush()
    assert calendar.appointments_of(own.people.sanne, NOW) == []


def test_before_a_program_there_are_no_blocks(session: None) -> None:
    make.agency()
    diary = calendar.diary_of(make.person("Sanne de Vries"), NOW)
    assert (diary.series, diary.appointments) == ([], [])
