"""The engagement score on both engines: order and repetition change nothing, and what is explained adds up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.db import db
from app.domain.actions.response import take_back, take_in_many
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import Touchpoint
from app.domain.scoring import engagement
from app.domain.scoring.cell import Cell, EngagementScore
from app.domain.scoring.engagement import explain, fresh, replay, score_of
from app.domain.scoring.rules import live
from tests import make
from tests.domain.scoring.scene import MARCH, NOW, hit, make_candidate, take

KINDS = ("form", "site_visit", "job_view", "mail_open", "Brochure")
MOMENTS = st.tuples(st.sampled_from(KINDS), st.integers(0, 20 * 96).map(lambda quarters: quarters / 96))


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def cells(candidate_id: int) -> dict[tuple[str, str], tuple[float, bool]]:
    rows = db.session.scalars(select(Cell).where(Cell.candidate_id == candidate_id))
    return {(row.kind, row.local_date.isoformat()): (round(row.key, 2), row.counted) for row in rows}


def tau(candidate_id: int) -> float | None:
    return db.session.scalar(select(ContactState.tau).where(ContactState.candidate_id == candidate_id))


def forget(candidate_id: int) -> None:
    for table in (Cell, EngagementScore, Touchpoint):
        db.session.execute(delete(table).where(table.candidate_id == candidate_id))
    db.session.execute(ContactState.__table__.update().values(tau=None))  # type: ignore[attr-defined] # a table


@settings(max_examples=40)
@given(events=st.lists(MOMENTS, max_size=30), data=st.data())
def test_any_order_is_the_replay(candidate_id: int, events: list[tuple[str, float]], data: st.DataObject) -> None:
    forget(candidate_id)
    named = [hit(candidate_id, kind, day, f"{number}") for number, (kind, day) in enumerate(events)]
    arriving = data.draw(st.permutations(named))
    cut = data.draw(st.integers(0, len(arriving)))
    for part in (arriving[:cut], arriving[cut:]):
        take_in_many(part, NOW)
    before, before_tau = cells(candidate_id), tau(candidate_id)
    replay(candidate_id, NOW)
    assert cells(candidate_id) == before
    assert tau(candidate_id) == pytest.approx(before_tau, abs=0.01)


@settings(max_examples=20)
@given(events=st.lists(MOMENTS, min_size=1, max_size=20))
def test_duplicates_change_nothing(candidate_id: int, events: list[tuple[str, float]]) -> None:
    forget(candidate_id)
    take(candidate_id, *events)
    before = cells(candidate_id), tau(candidate_id)
    again = take(candidate_id, *events, *reversed(events))
    assert not any(taken.fresh for taken in again)
    assert (cells(candidate_id), tau(candidate_id)) == before


@settings(max_examples=20)
@given(events=st.lists(MOMENTS, max_size=20))
def test_what_is_explained_adds_up(candidate_id: int, events: list[tuple[str, float]]) -> None:
    forget(candidate_id)
    take(candidate_id, *events)
    assert sum(award.now for award in explain(candidate_id, NOW)) == pytest.approx(score_of(candidate_id, NOW).value)


def test_the_design_s_table(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    score = score_of(candidate_id, MARCH)
    assert score.value == pytest.approx(30)
    assert score.shown == pytest.approx(100 * 30 / 55)
    assert score_of(candidate_id, MARCH + timedelta(days=21)).value == pytest.approx(15)


def test_warm_until_the_threshold(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    until = score_of(candidate_id, MARCH).warm_until
    assert until is not None
    assert score_of(candidate_id, until).shown == pytest.approx(engagement.WARM)
    assert score_of(candidate_id, until + timedelta(hours=1)).warm_until is None


def test_nobody_is_warm_without_touchpoints(candidate_id: int) -> None:
    assert score_of(candidate_id, NOW) == (0.0, 0.0, None, None)


def test_the_day_is_the_agency_s(candidate_id: int) -> None:
    take(candidate_id, ("job_view", 0.6), ("job_view", 0.54))
    assert set(cells(candidate_id)) == {("job_view", "2026-03-03"), ("job_view", "2026-03-02")}


def test_a_day_counts_once_and_a_week_three_times(candidate_id: int) -> None:
    take(candidate_id, *(("job_view", day) for day in (0, 0.01, 1, 2, 3)))
    fates = [award.fate for award in explain(candidate_id, NOW)]
    assert fates == ["counted", "counted", "counted", "beyond_week", "already_that_day"]
    assert [counted for _, counted in cells(candidate_id).values()].count(False) == 1


def test_unknown_kinds_and_opens_earn_nothing(candidate_id: int) -> None:
    take(candidate_id, ("mail_open", 0), ("Brochure", 1))
    assert [award.fate for award in explain(candidate_id, NOW)] == ["no_points", "no_points"]
    assert tau(candidate_id) is None


def test_what_was_taken_back_never_was(candidate_id: int) -> None:
    take(candidate_id, ("job_view", 0))
    before = cells(candidate_id), tau(candidate_id)
    taken = take(candidate_id, ("form", 1))[0]
    assert take_back(taken.touchpoint_id or 0, NOW)
    assert (cells(candidate_id), tau(candidate_id)) == before
    assert take_back(taken.touchpoint_id or 0, NOW) is None


def test_taking_back_all_leaves_no_score(candidate_id: int) -> None:
    taken = take(candidate_id, ("form", 1))[0]
    take_back(taken.touchpoint_id or 0, NOW)
    assert (tau(candidate_id), cells(candidate_id)) == (None, {})


def test_as_of_a_moment_knows_nothing_later(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    before = tau(candidate_id)
    take(candidate_id, ("form", 5))
    assert engagement.tau_as_of([candidate_id], MARCH + timedelta(days=4)) == {candidate_id: before}
    assert engagement.tau_as_of([candidate_id], NOW) == {candidate_id: pytest.approx(tau(candidate_id), abs=0.01)}


def test_fresh_is_what_came_after_our_attempt(candidate_id: int) -> None:
    take(candidate_id, ("form", 0), ("job_view", 5), ("site_visit", 6))
    now, attempt = MARCH + timedelta(days=8), MARCH + timedelta(days=5.5)
    visit = 3 * 2 ** (-2 / 21)
    assert fresh({candidate_id: attempt}, now) == {candidate_id: pytest.approx(visit)}
    assert fresh({candidate_id: None}, now) == {candidate_id: pytest.approx(visit + 4 * 2 ** (-3 / 21))}
    assert fresh({candidate_id: now}, now) == {}


def test_candidates_do_not_mix(candidate_id: int) -> None:
    other = make.candidate().id
    take_in_many([hit(candidate_id, "form", 0), hit(other, "job_view", 0)], NOW)
    assert score_of(other, MARCH).value == pytest.approx(4)
    assert score_of(candidate_id, MARCH).value == pytest.approx(30)


@pytest.mark.parametrize("moment", [datetime(1990, 1, 1, tzinfo=UTC), datetime(2075, 1, 1, tzinfo=UTC)])
def test_far_away_stays_finite(candidate_id: int, moment: datetime) -> None:
    take_in_many([hit(candidate_id, "form", 0)._replace(occurred_at=moment)], moment)
    assert score_of(candidate_id, moment).value == pytest.approx(30)
    assert score_of(candidate_id, datetime(2126, 1, 1, tzinfo=UTC)).value < 30


def test_the_live_rules_are_looked_up_once(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    assert live() is live()
    assert live().version == 1
