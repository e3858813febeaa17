"""A profile that a document quotes can be taken again: what it looks at, and whose code it says that it was."""

import cProfile
import pstats
from pathlib import Path

import pytest

from app.config import ROOT
from tests.bench import figure, report
from tests.bench.figure import slowest
from tests.bench.profiled import LIBRARY, PACKAGES, shares, watched, whose


@pytest.fixture
def profile(monkeypatch: pytest.MonkeyPatch) -> cProfile.Profile:
    """It looks at what `report.number` does, until the test is over."""
    monkeypatch.setattr(report, "number", report.number)
    found = cProfile.Profile()
    watched("tests.bench.report:number", found)
    return found


def test_only_what_happens_within_the_function_is_looked_at(profile: cProfile.Profile) -> None:
    assert report.number(1234.5) == "1,234"
    slowest([1.0])
    seen = {function for _, _, function in pstats.Stats(profile).stats}  # type: ignore[attr-defined] # its stub leaves it out
    assert "number" in seen
    assert "slowest" not in seen


def test_a_method_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figure.Figure, "within", figure.Figure.within)
    found = cProfile.Profile()
    watched("tests.bench.figure:Figure.within", found)
    assert figure.Figure("wait", "ms", 1.0, target=2.0).met
    assert shares(found)["ours, tests"] > 0


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (ROOT / "app" / "clock.py", "ours, app"),
        (PACKAGES / "sqlalchemy" / "engine" / "base.py", "sqlalchemy"),
        (LIBRARY / "json" / "decoder.py", "Python, json"),
        (Path("~"), "built in"),
    ],
)
def test_it_says_whose_code_it_was(file: Path, name: str) -> None:
    assert whose(str(file)) == name
