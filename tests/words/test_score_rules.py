"""The rules of the score in words: what a kind gives, what changed, how long counting takes, what the check found."""

from datetime import UTC, datetime

import pytest

from app.domain.scoring.ruleset import KindRule
from app.domain.scoring.score_check import ScoreCheck
from app.domain.scoring.versions import Change, Standing
from app.language import in_language
from app.words import score_rules as words

pytestmark = pytest.mark.usefixtures("session")
AT = datetime(2026, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (KindRule(1, None), "1 punt"),
        (KindRule(2.5, 1), "2,5 punten, hooguit 1 dag per week"),
        (KindRule(40, 3, strong=True), "40 punten, hooguit 3 dagen per week, sterk"),
    ],
)
def test_a_rule_is_a_sentence(rule: KindRule, told: str) -> None:
    with in_language("nl"):
        assert words.rule_sentence(rule) == told


def test_a_kind_that_nobody_knows_keeps_its_code() -> None:
    with in_language("en"):
        change = Change("kind", KindRule(1, None), KindRule(2, None), "Brochure")
        assert words.change_sentence(change, {}) == "Brochure: from 1 point to 2 points"
        assert words.too_strong("Brochure").startswith("With these rules Brochure alone")


@pytest.mark.parametrize(("seconds", "told"), [(0.2, "minder dan een minuut"), (150, "ongeveer 3 minuten")])
def test_how_long_it_takes(seconds: float, told: str) -> None:
    with in_language("nl"):
        assert words.duration(seconds) == told


@pytest.mark.parametrize(
    ("differing", "told"), [(0, "100 scores zijn nageteld en kloppen allemaal."), (2, "2 scores wijken af")]
)
def test_what_the_check_found(differing: int, told: str) -> None:
    check = ScoreCheck(ruleset_id=1, at=AT, sampled=100, differing=differing, worst=0.0)
    with in_language("nl"):
        assert words.check_sentence(check).startswith(told)


def test_every_standing_has_a_label() -> None:
    assert len({words.standing_label(each) for each in Standing}) == len(Standing)
