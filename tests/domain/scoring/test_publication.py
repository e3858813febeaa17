"""Other rules: counted beside the scores that stand, whatever happens meanwhile, and live all at once."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.db import db
from app.domain.actions.response import take_back
from app.domain.agency.person import Person
from app.domain.candidates.contact_state import ContactState
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import cell, engagement, publication, rules
from app.domain.scoring.cell import EngagementScore
from app.domain.scoring.publication import AlreadyBuilding, NothingChanged, TooStrong
from app.domain.scoring.rules import RulesetRow
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from tests import make
from tests.domain.scoring.scene import MARCH, NOW, make_candidate, take

OTHER = replace(PRESET, half_life_days=7.0, kinds={**PRESET.kinds, "job_view": KindRule(9, 2), "form": KindRule(12, 1)})
EVER_OTHER = itertools.count(30)


@pytest.fixture
def candidate_id(session: None) -> int:
    return make_candidate()


def publish(ruleset: Ruleset = OTHER, since: date | None = None) -> RulesetRow:
    by = db.session.scalar(select(func.min(Person.id))) or make.person("Ada Bos").id
    return publication.publish(ruleset, since=since, note="Korter geheugen", by_id=by, now=NOW)


def tau(candidate_id: int) -> float | None:
    return db.session.scalar(select(ContactState.tau).where(ContactState.candidate_id == candidate_id))


def finish(most: int = 1) -> None:
    while publication.advance(NOW, most):
        pass


def test_what_is_published_counts_when_everybody_is_ready(candidate_id: int) -> None:
    take(candidate_id, ("form", 0), ("job_view", 1))
    before, row = tau(candidate_id), publish()
    assert publication.progress() == (row.id, 2, 0.0, NOW)
    publication.advance(NOW)
    assert (tau(candidate_id), rules.live().version) == (before, 1)
    finish()
    assert (rules.live().id, rules.live().ruleset.half_life_days, publication.progress()) == (row.id, 7.0, None)
    assert tau(candidate_id) == cell.taus(row.id, [candidate_id])[candidate_id] != before
    assert engagement.replay(candidate_id, NOW) == pytest.approx(tau(candidate_id), abs=0.01)


@settings(max_examples=10)
@given(steps=st.lists(st.sampled_from(["advance", "first", "second", "new", "reverse"]), max_size=8))
def test_whatever_happens_while_it_is_counted_is_counted(session: None, steps: list[str]) -> None:
    first = (
        make_candidate() if not db.session.scalar(select(ContactState.candidate_id).limit(1)) else make.candidate().id
    )
    ids, taken = [first, make.candidate().id], take(first, ("form", 0), ("job_view", 2))
    publish(replace(OTHER, s50=next(EVER_OTHER)))
    for number, step in enumerate(steps):
        day = 3 + number / 3
        if step == "advance":
            publication.advance(NOW, 1)
        elif step == "reverse":
            take_back(taken[-1].touchpoint_id or 0, NOW)
        else:
            ids += [make.candidate().id] if step == "new" else []
            taken = take(ids[{"first": 0, "second": 1, "new": -1}[step]], ("job_view", day), ("site_visit", day))
    finish()
    for each in ids:
        before = tau(each)
        assert engagement.replay(each, NOW) == (before if before is None else pytest.approx(before, abs=0.01))


def test_rules_from_today_on_leave_the_past_its_points(candidate_id: int) -> None:
    take(candidate_id, ("job_view", 0), ("job_view", 9))
    since = (MARCH + timedelta(days=8)).date()
    publish(replace(PRESET, kinds={**PRESET.kinds, "job_view": KindRule(40, 3)}), since)
    finish()
    assert [round(award.points) for award in engagement.explain(candidate_id, NOW)] == [40, 4]
    before = tau(candidate_id)
    assert engagement.replay(candidate_id, NOW) == pytest.approx(before, abs=0.01)


def test_one_version_at_a_time(candidate_id: int) -> None:
    publish()
    with pytest.raises(AlreadyBuilding):
        publish(replace(OTHER, s50=30))


def test_the_same_rules_are_no_version(candidate_id: int) -> None:
    with pytest.raises(NothingChanged):
        publish(PRESET)


def test_one_day_makes_nobody_a_fan(candidate_id: int) -> None:
    with pytest.raises(TooStrong) as refused:
        publish(replace(PRESET, kinds={**PRESET.kinds, "form": KindRule(60)}))
    assert refused.value.kind == "form"


def test_who_gives_it_up_leaves_the_scores_as_they_were(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    before, row = tau(candidate_id), publish()
    publication.advance(NOW)
    assert publication.give_up(row.published_by_id or 0, NOW) is row
    assert (publication.advance(NOW), publication.give_up(0, NOW), rules.live().version) == (None, None, 1)
    assert (tau(candidate_id), publication.clear(), publication.clear()) == (before, 1, 0)
    assert publish(replace(OTHER, s50=30)).version == 3


def test_what_earlier_versions_counted_is_cleared(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    publish()
    finish()
    assert (publication.clear(), publication.clear()) == (1, 0)
    assert db.session.scalar(select(func.count()).select_from(EngagementScore)) == 1


def test_counting_anew_tells_nobody(candidate_id: int) -> None:
    take(candidate_id, ("form", 20), ("application_completed", 22), ("inbound_reply", 24))
    before = db.session.scalar(select(func.count()).select_from(OutboxRow))
    publish(replace(PRESET, half_life_days=60))
    finish()
    state = db.session.get_one(ContactState, candidate_id, populate_existing=True)
    assert state.fan_since is not None
    assert db.session.scalar(select(func.count()).select_from(OutboxRow)) == before


def test_who_objected_is_not_counted_anew(candidate_id: int) -> None:
    take(candidate_id, ("form", 0))
    db.session.get_one(ContactState, candidate_id).objected_at = NOW
    db.session.flush()
    engagement.replay(candidate_id, NOW)
    row = publish()
    finish()
    assert (tau(candidate_id), cell.taus(row.id, [candidate_id])) == (None, {})
