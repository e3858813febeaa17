"""Satisfaction: the scores of the surveys that a candidate answered."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.journey import satisfaction, touchpoint
from app.domain.journey.touchpoint import Hit
from tests import make


def answered(*payloads: dict[str, Any] | None, kind: str = "survey_answered") -> int:
    """A candidate who answered surveys on days after each other; returns their id."""
    candidate_id = make.candidate().id
    for number, payload in enumerate(payloads):
        at = make.START + timedelta(days=number)
        hit = Hit(candidate_id, kind, at, "test", f"{candidate_id}-{number}", payload=payload)
        touchpoint.record(hit, at, ZoneInfo("UTC"))
    return candidate_id


def scores(candidate_id: int) -> list[int]:
    return [answer.score for answer in satisfaction.latest_of(candidate_id)]


def test_the_newest_three_count(session: None) -> None:
    found = answered(*({"score": score} for score in (1, 2, 3, 4)))
    assert scores(found) == [4, 3, 2]


def test_the_question_is_told(session: None) -> None:
    found = answered({"score": "5", "question": "Was het duidelijk?"})
    assert satisfaction.latest_of(found)[0].question == "Was het duidelijk?"


@pytest.mark.parametrize("payload", [None, {}, {"score": 0}, {"score": 6}, {"score": "goed"}, {"score": "9" * 5000}])
def test_what_is_no_score_is_left_out(session: None, payload: dict[str, Any] | None) -> None:
    assert scores(answered({"score": 3}, payload)) == [3]


def test_other_touchpoints_are_no_answers(session: None) -> None:
    assert scores(answered({"score": 3}, kind="form")) == []
