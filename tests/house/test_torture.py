"""What a suite that tries to break things says of itself: a zero counts only beside what was tried."""

import pytest

from tests.torture import suite
from tests.torture.ground import conclude
from tests.torture.suite import TRIALS, Found


@pytest.mark.parametrize(
    ("tried", "faults", "control", "well"),
    [
        (5, [], False, True),
        (5, ["lost"], False, False),
        (0, [], False, False),
        (5, ["lost"], True, True),
        (5, [], True, False),
        (0, ["lost"], True, False),
    ],
)
def test_it_ends_well_only_when_something_was_tried(tried: int, faults: list[str], control: bool, well: bool) -> None:
    with pytest.raises(SystemExit) as end:
        conclude(tried, faults, control=control)
    assert bool(end.value.code) is not well


@pytest.mark.parametrize("control", [False, True])
def test_what_it_says_is_read(control: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        conclude(7, ["one", "two"], control=control, told="all of it")
    said = capsys.readouterr().out
    found = suite.read(said, 0 if control else 1, 1.0)
    assert (found.well, found.tried, found.faults) == (control, 7, 2)
    assert found.told.startswith("all of it: 2 faults in 7")


@pytest.mark.parametrize("said", ["", "Traceback\nAssertionError: the web process did not start\n"])
def test_whoever_says_nothing_has_shown_nothing(said: str) -> None:
    found = suite.read(said, 0, 1.0)
    assert not found.well
    assert "broke down" in suite.row(TRIALS[0], found, None)


def test_a_table_tells_of_each_control() -> None:
    well = Found(well=True, seconds=1, tried=9, faults=0)
    found, blind = Found(well=True, seconds=1, tried=9, faults=4), Found(well=False, seconds=1, tried=9, faults=0)
    assert suite.row(TRIALS[0], well, found).split()[-5:] == ["9", "4", "2", "s", "held"]
    assert "finds none" in suite.row(TRIALS[0], well, blind)
    assert suite.row(TRIALS[0], well, blind).endswith("BROKEN")


def test_every_row_of_the_design_is_tried_and_what_all_end_with_is_none_of_them() -> None:
    assert {each.id for each in TRIALS} == {f"R{number}" for number in range(1, 13)} - {"R10"}
    assert suite.chosen_trials("nowhere", short=False) == []
    assert {each.module for _, each in suite.chosen_trials("R2", short=False)} == {
        "rewards",
        "points",
        "prizes",
        "claims",
    }
