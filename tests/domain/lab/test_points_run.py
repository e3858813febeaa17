"""History under drafted points: what stands comes out as it stands, and a draft gives what the same work would earn."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from app import clock
from app.clock import Period
from app.db import db
from app.domain.actions.outcome import Outcome
from app.domain.game.ledger_entry import LedgerEntry
from app.domain.game.running_total import Standing
from app.domain.lab import points_run
from app.domain.program import action_kind
from tests import make
from tests.domain.lab.desk import NOW, Desk, agency, kind

TODAY = NOW.date()
WEEKS = Period(TODAY - 2 * clock.WEEK, TODAY + clock.DAY)
DRAFT = {"conversation": 44, "message": 15, "appointment": 80, "status_update": 5, "inbound": 12, "attempt": 8}

pytestmark = pytest.mark.usefixtures("session")


def replayed(program_id: int, points: Mapping[str, int]) -> dict[str, Any]:
    draft = {kind(code).id: worth for code, worth in points.items()}
    steps = list(points_run.run(program_id, draft, WEEKS, TODAY))
    assert [step.share for step in steps] == sorted(step.share for step in steps)
    assert steps[-1].result is not None
    return steps[-1].result


def drafted(program_id: int, points: Mapping[str, int]) -> dict[int, int]:
    """Everybody's points of the week under a draft."""
    boards = replayed(program_id, points)["boards"]
    (week,) = [each for each in boards if each["period"] == "week" and each["start"] == "2026-03-02"]
    return {person_id: had for person_id, _place, _score, had in week["then"]}


@pytest.mark.parametrize("seed", range(3))
def test_the_rules_of_the_day_give_the_points_of_the_day(seed: int) -> None:
    program_id = agency()
    Desk("A").work(seed)
    found = replayed(program_id, {})
    assert (found["otherwise"], found["moved"]) == (0, 0)
    assert found["coins"] == [db.session.scalar(select(func.sum(LedgerEntry.points)))] * 2
    assert all(each["was"] == each["then"] for each in found["boards"])
    assert all(was == then for _, _, was, then in found["kinds"])


@pytest.mark.parametrize("seed", range(3))
def test_a_draft_gives_what_the_same_work_would_have_earned(seed: int) -> None:
    program_id, one, other = agency(), Desk("A"), Desk("B")
    one.work(seed)
    for code, points in DRAFT.items():
        action_kind.choose_points(kind(code), points, None, make.START)
    other.work(seed)
    then = drafted(program_id, DRAFT)
    assert one.points() != other.points()
    assert [then[each.id] for each in one.people] == other.points()
    assert [then[each.id] for each in other.people] == other.points()


def test_a_kind_that_gets_worthless_leaves_its_places_to_others() -> None:
    program_id, one, other = agency(), Desk("A"), Desk("B")
    one.work(5, steps=40)
    action_kind.choose_points(kind("message"), 0, None, make.START)
    other.work(5, steps=40)
    then = drafted(program_id, {"message": 0})
    assert [then[each.id] for each in one.people] == other.points()


def test_history_stays_as_it_is() -> None:
    program_id = agency()
    Desk("A").work(1)
    before = db.session.execute(select(Standing.subject_id, Standing.points, Standing.sort_key)).all()
    rows = db.session.scalar(select(func.count(LedgerEntry.id)))
    replayed(program_id, DRAFT)
    assert db.session.execute(select(Standing.subject_id, Standing.points, Standing.sort_key)).all() == before
    assert db.session.scalar(select(func.count(LedgerEntry.id))) == rows


def test_what_would_wait_for_a_proof_that_nobody_gave_is_counted() -> None:
    program_id, one = agency(), Desk("A")
    one._log(one.people[0], one.candidates[0], Outcome.SPOKE, 0, 0)
    found = replayed(program_id, {"conversation": 60})
    assert (found["unproven"], found["coins"]) == (1, [30, 10])


def test_what_earned_nothing_may_earn_under_a_draft() -> None:
    program_id, one = agency(), Desk("A")
    action_kind.choose_points(kind("conversation"), 0, None, make.START)
    one._log(one.people[0], one.candidates[0], Outcome.SPOKE, 0, 0)
    found = replayed(program_id, {"conversation": 30})
    assert (found["coins"], found["unknown_bonus"]) == ([0, 30], 1)
