"""A competition that nobody has been told of is held in the weeks that were."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.clock import Period
from app.db import db
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.dry_run import dry_run, windows
from app.domain.game.competing.prize import PrizeKind
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, MONDAY, PLACES

TODAY = BEFORE.date()
DAY = timedelta(days=1)
LAST_WEEK = MONDAY - 14 * DAY


@given(st.integers(1, 60), st.integers(0, 6), st.integers(0, 6))
def test_windows_are_over_apart_and_begin_on_the_same_weekday(length: int, weekday: int, today: int) -> None:
    wished = Period(MONDAY + weekday * DAY, MONDAY + (weekday + length) * DAY)
    now = MONDAY + today * DAY
    found = windows(wished, now)
    assert all(each.end <= now and each.end - each.start == length * DAY for each in found)
    assert {each.start.weekday() for each in found} <= {wished.start.weekday()}
    assert all(later.start >= earlier.end for later, earlier in pairwise(found))


def test_a_week_fits_seven_or_eight_times() -> None:
    assert len(windows(Period(MONDAY, MONDAY + 5 * DAY), date(2026, 11, 13))) == 7
    assert len(windows(Period(MONDAY, MONDAY + 5 * DAY), date(2026, 11, 14))) == 8


@pytest.mark.usefixtures("session")
def test_who_would_have_won_and_what_it_would_have_cost() -> None:
    here = arena.start()
    here.scene.earn(300, on=LAST_WEEK, source_id=1)
    here.scene.earn(200, on=LAST_WEEK, source_id=2, candidate_id=2, person_id=here.scene.colleague_id)
    tried = dry_run(here.draft(prizes=PLACES), TODAY)
    assert [run.cents for run in tried.runs][:2] == [70_00, 0]
    assert tried.winners == {here.scene.person_id: 1, here.scene.colleague_id: 1}
    assert tried.runs[0].best > tried.runs[0].middle > tried.runs[0].last


@pytest.mark.usefixtures("session")
def test_who_falls_behind_early_is_out_of_reach() -> None:
    here = arena.start()
    here.scene.earn(900, on=LAST_WEEK, source_id=1)
    here.scene.earn(10, on=LAST_WEEK + 4 * DAY, source_id=2, candidate_id=2)
    here.scene.earn(20, on=LAST_WEEK, source_id=3, candidate_id=3, person_id=here.scene.colleague_id)
    (run, *_) = dry_run(here.draft(prizes=PLACES[:1]), TODAY).runs
    assert (run.out_of_reach, run.people) == (4, 5)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("format_", list(Format))
def test_every_format_can_be_tried_and_nothing_is_written(format_: Format) -> None:
    here = arena.start()
    here.scene.earn(900, on=LAST_WEEK)
    prize = PrizePlan(PrizeKind.RAFFLE, "Bon", 1_00)
    row = here.draft(format_, goal=100, step=10, last=MONDAY + 13 * DAY, prizes=(prize,))
    tried = dry_run(row, TODAY)
    db.session.flush()
    assert len(tried.runs) == 3
    assert db.session.scalar(select(func.count()).select_from(Competition)) == 1
    assert bool(tried.winners) == (format_ == Format.THRESHOLD)
