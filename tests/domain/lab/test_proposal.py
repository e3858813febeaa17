"""What the past proposes: found where there is something to find, and nothing where outcomes mean nothing."""

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.lab import card, proposal
from app.domain.lab.card import Chance, Moment, Signal
from app.domain.scoring.rules import RulesetRow, live
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from app.domain.scoring.score import Hit
from tests.bench import lab_proposal
from tests.bench.score_quality import DATA
from tests.domain.lab.past import make_past
from tests.domain.scoring.scene import NOW

RULES = Ruleset(kinds={"says": KindRule(1), "noise": KindRule(40)})


def moments(*, meaning: bool = True, number: int = 6) -> list[Moment]:
    """Who said something acts; noise is there for anybody."""
    dice = random.Random(8)
    return [Moment(at, at + 1, [_chance(dice, meaning=meaning) for _ in range(150)]) for at in range(number)]


def _chance(dice: random.Random, *, meaning: bool) -> Chance:
    says, noise = dice.random() < 0.4, dice.random() < 0.5
    acted = dice.random() < (0.6 if says and meaning else 0.15)
    kinds = [kind for kind, there in (("says", says), ("noise", noise)) if there]
    return Chance([Signal(kind, dice.uniform(0, 5), 1.0) for kind in kinds], acted)


def test_what_tells_gets_more_and_what_does_not_gets_nothing() -> None:
    found = proposal.propose(moments(), RULES, 2)
    assert found.learned is not None
    learned = found.learned.rules
    assert learned.rule("says").points > learned.rule("noise").points >= 0
    assert found.is_better


def test_of_outcomes_without_meaning_nothing_is_learned() -> None:
    for seed in range(5):
        found = proposal.propose(proposal.shuffled(moments(), seed), RULES, 2)
        assert not (found.foretells and found.is_better)


def test_a_card_is_never_below_zero_nor_enough_alone() -> None:
    found = card.search(moments(), {"says": 1.0, "noise": 40.0}, 21.0, 25.0)
    assert all(points >= 0 for points in found.points.values())
    assert found.points["says"] < 25
    assert found.quality.both >= found.present.both


def test_too_few_outcomes_are_said() -> None:
    assert proposal.propose(moments(number=1), RULES, 2) == proposal.Proposal(
        150, proposal.propose(moments(number=1), RULES, 2).acted
    )


def test_what_counted_is_what_the_caps_keep() -> None:
    hits = [Hit(NOW.timestamp() - day * 86_400, "site_visit", (NOW).date()) for day in (0.1, 0.2)]
    (only,) = card.signals(hits, NOW.timestamp(), PRESET)
    assert (only.kind, round(only.age, 3), only.share) == ("site_visit", 0.1, 1.0)


@pytest.mark.usefixtures("session")
def test_from_the_agencys_own_past() -> None:
    make_past()
    found = proposal.from_own_past(NOW)
    assert found.learned is not None
    assert found.learned.rules.half_life_days < 7
    told = proposal.written(found, live().ruleset)
    assert (told["contacts"], told["half_life"][0], told["is_better"]) == (360, 21, True)
    assert live().ruleset.half_life_days == 21
    assert db.session.scalars(select(RulesetRow.version)).all() == [1]


@pytest.mark.usefixtures("session")
def test_too_little_of_the_agencys_own_past_is_said() -> None:
    make_past(30)
    found = proposal.from_own_past(NOW)
    assert (found.chances, found.learned, found.is_better) == (180, None, False)


@pytest.mark.usefixtures("session")
def test_without_a_past_nothing_is_proposed() -> None:
    assert proposal.written(proposal.from_own_past(NOW), live().ruleset) == {"contacts": 0, "answered": 0}


def test_without_the_data_the_bench_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab_proposal, "DATA", tmp_path)
    assert lab_proposal.main() == 2


@pytest.mark.skipif(not (DATA / "score_check.py").exists(), reason="the public data are not here")
def test_of_a_real_desk_something_is_learned_and_of_its_outcomes_shuffled_nothing() -> None:
    desk = lab_proposal.Desk(lab_proposal.TARGETS[0])
    past = desk.before(min(desk.cuts.moments.values()))
    real, fooled = (proposal.propose(each, desk.rules, 1) for each in (past, proposal.shuffled(past, 1)))
    assert (real.foretells, fooled.foretells or fooled.is_better) == (True, False)
