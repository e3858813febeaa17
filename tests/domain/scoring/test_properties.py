"""What the score promises, where the database has a part in it, on both engines; the arithmetic's are in test_score."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import db
from app.domain.actions.response import take_back, take_in_many
from app.domain.candidates.contact_state import ContactState
from app.domain.journey.touchpoint import history
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import cell, engagement, recount, rules, score
from app.domain.scoring.book import hit_of
from app.domain.scoring.cell import Cell
from app.domain.scoring.recount import Part
from app.domain.scoring.ruleset import PRESET, Ruleset
from tests import make
from tests.domain.scoring.scene import MARCH, NOW, hit, make_candidate, take

KINDS = st.sampled_from(["form", "site_visit", "job_view", "mail_click"])
DAYS = st.integers(0, 20 * 96).map(lambda quarters: quarters / 96)
EVENTS = st.lists(st.tuples(KINDS, DAYS), min_size=1, max_size=15, unique=True)
FIFTY_YEARS = [datetime(year, 1, 1, tzinfo=UTC) for year in (1990, 2015, 2040)]


@pytest.fixture
def first(session: None) -> int:
    return make_candidate()


def tau(candidate_id: int) -> float | None:
    return db.session.scalar(select(ContactState.tau).where(ContactState.candidate_id == candidate_id))


@settings(max_examples=15)
@given(events=EVENTS, data=st.data())
def test_delete_is_replay(first: int, events: list[tuple[str, float]], data: st.DataObject) -> None:
    whole, part = make.candidate().id, make.candidate().id
    wrong = data.draw(st.sampled_from(events))
    taken = take(whole, *events)[events.index(wrong)]
    take(part, *(event for event in events if event != wrong))
    take_back(taken.touchpoint_id or 0, NOW)
    assert tau(whole) == (pytest.approx(tau(part), abs=0.01) if tau(part) else None)


@settings(max_examples=10)
@given(histories=st.lists(EVENTS, min_size=2, max_size=5), later=st.integers(0, 400))
def test_top_by_tau_is_top_by_the_sum(first: int, histories: list[list[tuple[str, float]]], later: int) -> None:
    ids, now = [make.candidate().id for _ in histories], NOW + timedelta(days=later)
    for candidate_id, events in zip(ids, histories, strict=True):
        take(candidate_id, *events)
    sums = {each: sum(award.now for award in engagement.explain(each, now)) for each in ids}
    mine = select(ContactState.candidate_id).where(ContactState.candidate_id.in_(ids))
    found = [sums[each] for each in db.session.scalars(mine.order_by(ContactState.tau.desc()))]
    assert found == pytest.approx(sorted(found, reverse=True))


@settings(max_examples=10)
@given(events=EVENTS, more=EVENTS, day=DAYS)
def test_later_events_never_change_a_past_score(
    first: int, events: list[tuple[str, float]], more: list[tuple[str, float]], day: float
) -> None:
    candidate_id, then = make.candidate().id, MARCH + timedelta(days=day)
    take(candidate_id, *(event for event in events if event[1] <= day))
    before = engagement.tau_as_of([candidate_id], then)
    take(candidate_id, *(event for event in [*events, *more] if event[1] > day))
    assert engagement.tau_as_of([candidate_id], then) == before


@pytest.mark.parametrize("half_life_days", [1 / 24, 730.0])
def test_fifty_years_stay_finite(first: int, half_life_days: float) -> None:
    hits = [hit(first, "form", 0, str(at.year))._replace(occurred_at=at) for at in FIFTY_YEARS]
    take_in_many(hits, FIFTY_YEARS[-1])
    ruleset = Ruleset(half_life_days, kinds=PRESET.kinds)
    own = rules.Rules(rules.add(ruleset, version=2, published_at=NOW), 2, ruleset)
    recount.count(own, Part(0, first))
    folded = score.fold(map(hit_of, history([first])), ruleset, ZoneInfo("UTC"))
    assert cell.taus(own.id, [first])[first] == pytest.approx(folded.tau, abs=0.01)


@pytest.mark.parametrize(("midnight", "hours"), [(27 - 10 / 24, 23), (237 - 11 / 24, 25)])
def test_caps_hold_in_days_of_23_and_25_hours(first: int, midnight: float, hours: int) -> None:
    moments = [midnight + hour / 24 for hour in (-0.1, *range(hours), hours)]
    take(first, *(("job_view", moment) for moment in moments), now=MARCH + timedelta(days=300))
    days = list(db.session.scalars(select(Cell.local_date).where(Cell.candidate_id == first).order_by(Cell.local_date)))
    assert days == [days[0] + timedelta(days=number) for number in range(3)]
    counted = [award.fate for award in engagement.explain(first, NOW + timedelta(days=300))]
    assert (counted.count("counted"), counted.count("already_that_day")) == (3, hours - 1)


def test_replay_sends_nothing(first: int) -> None:
    take(first, ("form", 20), ("application_completed", 22), ("inbound_reply", 24))
    before = db.session.scalars(select(OutboxRow.id)).all()
    engagement.replay(first, NOW)
    assert db.session.scalars(select(OutboxRow.id)).all() == before
