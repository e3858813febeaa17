"""Four schedulers and a year of weekly reminders in five zones: each exactly once, at nine by the clock on the wall."""

from collections import Counter
from pathlib import Path

import pytest

from tests.torture.reminders import PEOPLE, WEEKS, ZONES, Trial, Year, faults, run, years_of

FRIDAY, MONDAY = 4, 0


def found(years: list[Year], weeks: int) -> tuple[int, list[str]]:
    all_of_them = [faults(year, zone, weeks) for year, zone in zip(years, ZONES, strict=False)]
    return sum(rows for rows, _ in all_of_them), [fault for _, each in all_of_them for fault in each]


@pytest.mark.slow
def test_each_once_whatever_happens_to_the_four(tmp_path: Path) -> None:
    years = years_of(tmp_path, [MONDAY], WEEKS)
    run(years, Trial(seed=8))
    assert found(years, WEEKS) == (PEOPLE * WEEKS * len(ZONES), [])


@pytest.mark.slow
@pytest.mark.parametrize(("control", "fault"), [("key", "rows, not"), ("claim", "handed over")])
def test_without_the_key_or_the_claim_some_come_twice(tmp_path: Path, control: str, fault: str) -> None:
    years = years_of(tmp_path, [FRIDAY], 4, ZONES[:1])
    run(years, Trial(seed=8, control=control))
    kinds = Counter(fault in each for each in found(years, 4)[1])
    assert kinds[True] > 0
