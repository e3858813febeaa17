"""The job carries competitions on, however long it was down and however many of it there are."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import db
from app.domain.game.competing import finalising, handing
from app.domain.game.competing.competition import Competition, Format
from app.domain.game.competing.draft import PrizePlan
from app.domain.game.competing.entrant import Entrant
from app.domain.game.competing.prize import PrizeKind
from app.domain.game.competing.result import Result
from jobs import competitions
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, FINAL, GRACE_OVER, PLACES, Arena

DAY = timedelta(days=1)
BON = PrizePlan(PrizeKind.RAFFLE, "Bon", 10_00)


def run_at(now: datetime) -> int:
    return competitions.carry_on("test", now)


def ended(here: Arena, format_: Format = Format.MOST, **facts: object) -> Competition:
    row = here.publish(format_, **facts)
    here.scene.earn(300, source_id=row.id, candidate_id=row.id)
    db.session.commit()
    return row


@pytest.mark.usefixtures("session")
def test_three_days_down_across_the_end_it_is_final_exactly_once() -> None:
    here = arena.start()
    row = ended(here, prizes=PLACES)
    assert run_at(BEFORE) == 0
    late = GRACE_OVER + 3 * DAY
    assert [run_at(moment) for moment in (late, late, late + 2 * DAY, late + 2 * DAY)] == [1, 0, 1, 0]
    assert row.reviewed_at == late
    assert row.final_at == late + 2 * DAY
    assert [each.cents for each in handing.awards_of(row.id)] == [50_00]


@pytest.mark.usefixtures("session")
def test_one_that_is_stuck_does_not_keep_the_others_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    here = arena.start()
    stuck, row = (ended(here, prizes=(PLACES[1],)) for _ in range(2))
    assert run_at(GRACE_OVER) == 2
    settle = finalising.finalise
    monkeypatch.setattr(finalising, "finalise", lambda each, now: settle(each, now) if each.id == row.id else 1 // 0)
    with pytest.raises(competitions.NotAll) as left:
        run_at(FINAL)
    assert (left.value.args, row.final_at, stuck.final_at) == ((stuck.id,), FINAL, None)


@pytest.mark.usefixtures("session")
def test_pairs_are_seated_on_the_first_day() -> None:
    here = arena.start()
    row = ended(here, Format.HEAD_TO_HEAD)
    assert run_at(BEFORE + 7 * DAY) == 1
    seated = select(func.count()).where(Entrant.competition_id == row.id, Entrant.seat.is_not(None))
    assert db.session.scalar(seated) == 5


def test_many_of_the_job_at_once_give_each_prize_once(real_app: Flask) -> None:
    with real_app.app_context():
        here = arena.start()
        row_id = ended(here, Format.THRESHOLD, goal=100, step=50, prizes=(*PLACES, BON)).id

    def run(now: datetime) -> None:
        """Who waits too long for another leaves it to the next turn."""
        with real_app.app_context(), suppress(competitions.NotAll):
            run_at(now)

    with ThreadPoolExecutor(4) as pool:
        for now in (GRACE_OVER, FINAL):
            list(pool.map(run, [now] * 8))
            run(now)
    with real_app.app_context():
        results = db.session.scalars(select(Result.final).where(Result.competition_id == row_id)).all()
        assert sorted(results) == [False, True]
        assert [each.cents for each in handing.awards_of(row_id)] == [50_00, 10_00]
        assert here.pots() == (40_00, 0, 60_00, 0)
