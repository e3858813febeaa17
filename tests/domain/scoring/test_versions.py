"""The versions of the rules: which one counts, and what changed from one to the next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.db import db
from app.domain.scoring import publication, rules, versions
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import PRESET, KindRule
from app.domain.scoring.score_check import ScoreCheck
from app.domain.scoring.versions import Change, Standing
from tests import make
from tests.domain.scoring.scene import NOW, make_candidate

DRAFT = replace(PRESET, half_life_days=30.0, kinds={**PRESET.kinds, "form": KindRule(25, 2)})


@pytest.fixture
def by_id(session: None) -> int:
    make_candidate()
    rules.install_preset(None, NOW - timedelta(days=9))
    return make.person("Ada Smit").id


def test_what_changed_is_told_kinds_last(by_id: int) -> None:
    assert versions.differences(PRESET, DRAFT) == (
        Change("half_life_days", 21.0, 30.0),
        Change("kind", KindRule(30, None, strong=True), KindRule(25, 2), "form"),
    )
    assert versions.differences(PRESET, PRESET) == ()


def test_a_new_version_is_being_built_beside_the_one_that_counts(by_id: int) -> None:
    publication.publish(DRAFT, since=None, note="slower", by_id=by_id, now=NOW)
    new, first = versions.listed()
    assert (new.standing, new.published_by, new.row.note) == (Standing.BUILDING, "Ada Smit", "slower")
    assert [change.name for change in new.changes] == ["half_life_days", "kind"]
    assert (first.standing, first.changes) == (Standing.LIVE, ())


def test_what_was_given_up_is_nothing_to_compare_with(by_id: int) -> None:
    publication.publish(replace(DRAFT, s50=40.0), since=None, note="", by_id=by_id, now=NOW)
    publication.give_up(by_id, NOW)
    publication.publish(DRAFT, since=None, note="", by_id=by_id, now=NOW)
    newest, given_up, _ = versions.listed()
    assert given_up.standing is Standing.GIVEN_UP
    assert len(newest.changes) == 2


def test_it_counts_when_everything_is_counted(by_id: int) -> None:
    publication.publish(DRAFT, since=None, note="", by_id=by_id, now=NOW)
    while publication.progress():
        publication.advance(NOW)
    assert [version.standing for version in versions.listed()] == [Standing.LIVE, Standing.EARLIER]
    assert live().ruleset.half_life_days == 30
    assert versions.live_at([NOW - timedelta(days=20), NOW - timedelta(days=1), NOW]) == {
        NOW - timedelta(days=1): 1,
        NOW: 2,
    }


def test_an_earlier_version_can_be_read(by_id: int) -> None:
    assert versions.numbered(1) == PRESET
    assert versions.numbered(7) is None


def test_the_newest_check_is_told(by_id: int) -> None:
    assert versions.newest_check() is None
    for at in (NOW, NOW - timedelta(days=1)):
        db.session.add(ScoreCheck(ruleset_id=1, at=at, sampled=100, differing=0, worst=0.0))
    db.session.flush()
    found = versions.newest_check()
    assert found is not None
    assert found.at == NOW
