"""Moments on both engines: what is worth a celebration is so once, and only for who just logged it."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import insert, update

from app import clock
from app.db import db
from app.domain.actions import action, moment
from app.domain.actions.moment import Moment
from app.domain.game import feed, own_best
from app.domain.game.competing import winnings
from app.domain.game.feed import Told
from app.domain.game.running_total import Standing
from app.domain.program.program import the_program, withdraw_consent
from tests import make
from tests.domain.actions.test_action import NOW, Desk
from tests.domain.actions.test_attendance import FRIDAY, MONDAY, work

MINUTE = timedelta(minutes=1)
THIS_WEEK = clock.week_of(NOW.date()).start


@pytest.fixture
def desk(session: None) -> Desk:
    desk = Desk()
    desk.people.sanne.joined_on = MONDAY
    return desk


def found(desk: Desk, seconds: int = 1) -> Moment | None:
    """So many seconds after NOW."""
    program = the_program()
    assert program
    return moment.of_last_action(program, desk.people.sanne, NOW + timedelta(seconds=seconds))


def log(desk: Desk, times: int = 1) -> int:
    """So many other candidates are spoken with; answers the last action."""
    return [desk.log(of=make.candidate(owner=desk.people.sanne)).action_id for _ in range(times)][-1]


def stand(desk: Desk, subject_id: int, points: int, weeks_ago: int = 0) -> None:
    names = ("actions", "helped", "verified", "standard_days", "available_days", "head_start", "tie_key")
    place = {"program_id": desk.program_id, "scope": "person", "period": "week", "subject_id": subject_id}
    start = THIS_WEEK - weeks_ago * clock.WEEK
    row = dict.fromkeys(names, 0) | {"points": points, "sort_key": 100 * points, "hidden": False}
    db.session.execute(insert(Standing).values(period_start=start, **place, **row))


def weigh(desk: Desk, points: int) -> None:
    """Sanne's score is that of so many points, each weighed alike."""
    mine = Standing.subject_id == desk.people.sanne.id, Standing.scope == "person", Standing.period_start == THIS_WEEK
    changes = {"points": points, "sort_key": 100 * points, "head_start": 0}
    db.session.execute(update(Standing).where(*mine, Standing.period == "week").values(**changes))


def test_a_plain_action_is_none(desk: Desk) -> None:
    assert found(desk) is None
    log(desk)
    assert found(desk) is None


def test_the_tenth_of_the_day_is_one_for_a_minute(desk: Desk) -> None:
    log(desk, 10)
    assert found(desk) == Moment("tenth", 10)
    assert found(desk, 61) is None


def test_a_competition_that_was_won_is_one_with_the_next_action(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    final_at, sprint = NOW - clock.DAY, Mock()
    sprint.name = "Sprint"
    monkeypatch.setattr(winnings, "won_since", lambda _person, since: sprint if since < final_at else None)
    assert found(desk) is None, "nothing was logged"
    log(desk)
    assert found(desk) == Moment("won", what="Sprint")
    log(desk)
    assert found(desk) is None, "the action before was after it"


def test_what_corrects_an_undone_action_is_none(desk: Desk) -> None:
    action.undo(desk.people.sanne, log(desk, 9), NOW)
    assert found(desk) is None
    log(desk)
    assert found(desk) is None, "it is the tenth, but comes after one that was undone"
    log(desk)
    assert found(desk) is None, "and no other one is the tenth"


def test_a_file_brings_none(desk: Desk) -> None:
    log(desk, 9)
    desk.log(of=make.candidate(), source="import", external_id="a")
    assert found(desk) is None


def test_a_best_week_is_one_when_it_becomes_so(desk: Desk) -> None:
    log(desk)
    points = own_best.points_of(desk.program_id, desk.people.sanne.id, THIS_WEEK)
    for weeks_ago in range(1, 5):
        stand(desk, desk.people.sanne.id, points, weeks_ago)
    assert found(desk) is None
    log(desk)
    assert found(desk) == Moment("record", 2 * points)
    log(desk)
    assert found(desk) is None


def test_a_place_is_gained_by_these_points(desk: Desk) -> None:
    stand(desk, desk.people.bram.id, 1000)
    log(desk, 2)
    weigh(desk, 1010)
    assert found(desk) == Moment("place", 1)
    weigh(desk, 1200)
    assert found(desk) is None, "it was ahead before"


def test_without_the_works_council_nobody_gains_a_place(desk: Desk) -> None:
    stand(desk, desk.people.bram.id, 1000)
    log(desk, 2)
    weigh(desk, 1010)
    withdraw_consent(desk.program_id, NOW)
    assert found(desk) is None


def test_the_fifth_of_the_fourth_block_is_one(desk: Desk) -> None:
    program = the_program()
    assert program
    for week in range(4):
        work(desk, FRIDAY + week * clock.WEEK)
    then = FRIDAY + 3 * clock.WEEK
    assert moment.of_last_action(program, desk.people.sanne, then) == Moment("streak", 4)
    work(desk, then, 1)
    assert moment.of_last_action(program, desk.people.sanne, then) is None


@pytest.mark.parametrize("kind", [Told.RESCUE, Told.FAN])
def test_what_candidates_did_meanwhile_is_one(desk: Desk, kind: Told) -> None:
    feed.tell(desk.program_id, kind, 1, person_id=desk.people.sanne.id, team_id=None, now=NOW - MINUTE)
    log(desk)
    assert found(desk) == Moment("rescue" if kind == Told.RESCUE else "fan")
    log(desk)
    assert found(desk) is None
