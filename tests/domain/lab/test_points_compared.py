"""Boards and competitions under drafted points: the same as if those points had been earned."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.clock import Period
from app.db import db
from app.domain.game.competing.competition import Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.running_total import Standing
from app.domain.lab import points_boards, points_contests, points_run
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import FRIDAY, MONDAY, PLACES, Arena

DAY = timedelta(days=1)
WEEKS = Period(MONDAY - 14 * DAY, MONDAY + 7 * DAY)
Change = dict[tuple[int, date], int]

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def here(session: None) -> Arena:
    """Sanne works on six days, one more than her contract has; Bram on one."""
    found = arena.start()
    for number in range(6):
        found.scene.earn(50 + 10 * number, on=MONDAY + number * DAY, source_id=number + 1, candidate_id=number + 1)
    found.scene.earn(310, on=MONDAY, source_id=9, candidate_id=9, person_id=found.scene.colleague_id)
    return found


def change(here: Arena) -> Change:
    sanne, bram = here.scene.person_id, here.scene.colleague_id
    return {(sanne, MONDAY): 90, (sanne, MONDAY + 5 * DAY): -40, (bram, MONDAY): -120}


def earn(here: Arena, more: Change) -> None:
    """The same points in truth, as bonuses."""
    for number, ((person_id, day), points) in enumerate(more.items(), 100):
        bonus: dict[str, Any] = {"kind": "bonus", "reason": "proof", "source_kind": "proof", "source_id": number}
        here.scene.earn(points, on=day, person_id=person_id, candidate_id=number, **bonus)


def week(here: Arena, more: Change) -> dict[str, Any]:
    boards = points_boards.compare(here.scene.program_id, WEEKS, FRIDAY, more)
    return next(each for each in boards if each["period"] == "week" and each["start"] == MONDAY.isoformat())


def standing() -> list[list[int]]:
    rows = select(Standing.subject_id, Standing.sort_key, Standing.points).where(
        Standing.scope == "person", Standing.period == "week", Standing.period_start == MONDAY, Standing.points > 0
    )
    found = sorted(db.session.execute(rows), key=lambda row: -row.sort_key)
    return [[who, place, score, points] for place, (who, score, points) in enumerate(found, 1)]


def test_a_board_is_as_if_the_points_had_been_earned(here: Arena) -> None:
    found = week(here, change(here))
    assert found["was"] == standing()
    assert found["was"] != found["then"]
    earn(here, change(here))
    assert found["then"] == standing()
    assert (found["top"], found["stay"]) == (2, 2)


def test_without_a_change_a_board_stays(here: Arena) -> None:
    found = week(here, {})
    assert (found["was"], found["same_first"]) == (found["then"], True)


def test_a_week_that_brought_more_gives_everybody_a_longer_start(here: Arena) -> None:
    here.scene.earn(100, on=MONDAY - 7 * DAY, source_id=50, candidate_id=50)
    found = week(here, {(here.scene.person_id, MONDAY - 7 * DAY): 500})
    assert all(then[2] > was[2] for was, then in zip(found["was"], found["then"], strict=True))


def compared(here: Arena) -> list[dict[str, Any]]:
    """With a hundred more for Bram."""
    return points_contests.compare(here.scene.program_id, WEEKS, {(here.scene.colleague_id, MONDAY): 100})


def test_a_competition_goes_to_who_would_have_won_it(here: Arena) -> None:
    row = here.publish(prizes=PLACES[:1])
    here.finish(row)
    (found,) = compared(here)
    assert (found["was"]["people"], found["then"]["people"]) == ([here.scene.person_id], [here.scene.colleague_id])
    assert found["was"]["cents"] == found["then"]["cents"] == 50_00


def test_a_draw_is_said_to_be_one(here: Arena) -> None:
    prize = PrizePlan(PrizeKind.RAFFLE, "Bon", 10_00)
    here.finish(here.publish(Format.THRESHOLD, goal=50, step=50, prizes=(prize,)))
    assert compared(here)[0]["drawn"]


def test_what_cannot_be_replayed_says_so(here: Arena) -> None:
    here.finish(here.publish(Format.FIRST, goal=100, prizes=PLACES[:1]))
    (found,) = compared(here)
    assert "was" not in found


def test_what_is_not_over_is_left_out(here: Arena) -> None:
    here.publish(prizes=PLACES[:1])
    assert compared(here) == []


def test_a_coin_is_worth_what_the_catalogue_says(here: Arena) -> None:
    *_, last = points_run.run(here.scene.program_id, {}, WEEKS, FRIDAY)
    assert last.result is not None
    assert last.result["cents_a_coin"] is None
