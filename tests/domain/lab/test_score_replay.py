"""Drafted rules of the score: on contacts whose answer is known, and on everybody as they are."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from app.clock import Period
from app.domain.lab import draft, outcomes, run, score_draft, score_pools, score_replay, work
from app.domain.lab.run import LabRun
from app.domain.scoring import publication
from app.domain.scoring.publication import NothingChanged, TooStrong
from app.domain.scoring.rules import live
from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset
from tests import make
from tests.domain.lab.past import make_past
from tests.domain.scoring.scene import NOW

ZONE = ZoneInfo("Europe/Amsterdam")
SHORT = replace(PRESET, half_life_days=2.0)
pytestmark = pytest.mark.usefixtures("session")


def judged(other: Ruleset) -> dict[str, object]:
    return score_replay.judge(outcomes.past(NOW), {"present": live().ruleset, "draft": other}, ZONE)


def test_the_newest_fifth_is_judged_beside_three_baselines() -> None:
    make_past()
    found = judged(SHORT)
    assert (found["contacts"], found["newest"]) == (360, [72, found["newest"][1]])  # type: ignore[index] # two figures
    assert set(found["rankers"]) == {"present", "draft", "longest", "plain", "random"}  # type: ignore[call-overload]
    assert found["rankers"]["random"]["auc"] == [0.5, 0.5, 0.5]  # type: ignore[index] # as above


def test_too_little_is_said_and_nothing_else() -> None:
    make_past(30)
    assert judged(SHORT) == {"contacts": 180, "answered": judged(SHORT)["answered"], "people": [1, 1]}


def test_the_same_rules_are_no_better() -> None:
    make_past()
    assert judged(live().ruleset)["better"] == {"draft": [0, 0, 0]}


def test_everybody_is_counted_as_preview_does() -> None:
    make_past(12)
    *_, found = score_pools.compare(SHORT, NOW)
    told = found.result()
    assert (found.share, told["everybody"], sum(told["before"]), sum(told["after"])) == (1.0, 12, 12, 12)
    assert told["after"][0] >= told["before"][0]


def test_a_draft_is_kept_as_it_was_typed_and_published_as_a_version() -> None:
    make.agency()
    drafted = replace(PRESET, half_life_days=10.0, kinds={**PRESET.kinds, "form": KindRule(25, None, strong=True)})
    written = score_draft.written(drafted)
    assert score_draft.read(written) == replace(drafted, kinds=dict(drafted.kinds))
    row = draft.make("score", "Korter", written, None, NOW)
    person = make.person("Ines Visser")
    assert score_draft.publish(row, note="Omdat", by_id=person.id, now=NOW) == 2
    assert publication.progress() is not None


@pytest.mark.parametrize(
    ("rules", "refused"),
    [(PRESET, NothingChanged), (replace(PRESET, kinds={**PRESET.kinds, "form": KindRule(90)}), TooStrong)],
)
def test_what_cannot_be_published_stays_a_draft(rules: Ruleset, refused: type[Exception]) -> None:
    make.agency()
    row = draft.make("score", "Zo", score_draft.written(rules), None, NOW)
    with pytest.raises(refused):
        score_draft.publish(row, note="", by_id=make.person("Ines Visser").id, now=NOW)
    assert row.is_open


def asked(kind: str, subject: str, rules: dict[str, object]) -> LabRun:
    return run.ask(kind, subject, rules, Period((NOW - outcomes.PAST).date(), NOW.date()), by_id=None, now=NOW)


@pytest.mark.parametrize("kind", ["replay", "proposal"])
def test_a_run_says_how_far_it_is_and_ends_with_what_it_found(kind: str) -> None:
    make_past()
    row = asked(kind, "score", score_draft.written(SHORT))
    steps = list(work.steps(row, NOW))
    assert [step.share for step in steps] == sorted(step.share for step in steps)
    assert steps[-1].result is not None
    assert steps[-1].result["outcomes"]["contacts"] == 360


def test_without_a_program_there_is_nothing_to_replay() -> None:
    assert list(work.steps(asked("replay", "points", {"points": {}}), NOW)) == []
