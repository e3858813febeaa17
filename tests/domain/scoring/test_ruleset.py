"""Rules that cannot be are refused, and a day finds the version that was in force."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.scoring.ruleset import PRESET, KindRule, Ruleset, sunday

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize("facts", [{"fan_until": 80.0}, {"fan_from": 100.0}, {"since": MONDAY}, {"s50": 0.0}])
def test_what_cannot_be_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(PRESET, **facts)


def test_a_day_has_the_version_of_then() -> None:
    second = Ruleset(kinds={"form": KindRule(20)}, since=MONDAY, before=PRESET)
    third = Ruleset(kinds={"form": KindRule(10)}, since=sunday(MONDAY), before=second)
    days = date(2026, 3, 1), MONDAY, date(2026, 3, 7), date(2026, 3, 8)
    assert [third.on(day).rule("form").points for day in days] == [30, 20, 20, 10]
