"""Counting by the database says what the arithmetic says, on both engines."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.db import db
from app.domain.actions.response import take_in_many
from app.domain.journey.touchpoint import Touchpoint, history
from app.domain.scoring import cell, recount, rules, score
from app.domain.scoring.book import hit_of
from app.domain.scoring.cell import Cell, EngagementScore
from app.domain.scoring.recount import Part
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from tests.domain.scoring.scene import NOW, hit, make_candidate

EARLIER = Ruleset(kinds={"job_view": KindRule(2, 1), "form": KindRule(30, None)}, unknown_points=1)
KINDS = ("form", "site_visit", "job_view", "mail_open", "Brochure")
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 20 * 96).map(lambda quarters: quarters / 96),
        st.sampled_from(["human", "unknown", "machine"]),
    ),
    max_size=40,
)
HALF_LIVES = st.sampled_from([1 / 24, 7.0, 21.0, 730.0])
SINCE = st.none() | st.integers(1, 25).map(lambda day: date(2026, 3, day))


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def ruleset(half_life_days: float, since: date | None) -> Ruleset:
    before = EARLIER if since else None
    return Ruleset(half_life_days, kinds=PRESET.kinds, unknown_points=2, since=since, before=before)


@settings(max_examples=30)
@given(events=EVENTS, half_life=HALF_LIVES, since=SINCE)
def test_the_database_counts_as_the_arithmetic_does(
    candidate_id: int, events: list[tuple[str, float, str]], half_life: float, since: date | None
) -> None:
    for table in (Cell, EngagementScore, Touchpoint):
        db.session.execute(delete(table).where(table.candidate_id == candidate_id))
    take_in_many(
        [hit(candidate_id, *event[:2], str(n))._replace(verdict=event[2]) for n, event in enumerate(events)], NOW
    )
    own = rules.live_for_writing(NOW)._replace(ruleset=ruleset(half_life, since))
    db.session.execute(delete(Cell))
    db.session.execute(delete(EngagementScore))
    recount.count(own, Part(candidate_id - 1, candidate_id))
    folded = score.fold(map(hit_of, history([candidate_id])), own.ruleset, ZoneInfo("UTC"))
    assert cell.taus(own.id, [candidate_id]).get(candidate_id) == pytest.approx(folded.tau, abs=0.01)
    found = {(row.kind, row.local_date): row for row in db.session.scalars(select(Cell))}
    assert {place: row.counted for place, row in found.items()} == {
        p: state.counted for p, state in folded.cells.items()
    }
    assert all(abs(found[place].key - state.key) < 0.01 for place, state in folded.cells.items())
