"""What a suite that tries to break things says of itself: a zero counts only beside what was tried."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.torture import beside, migrating, old_code, suite
from tests.torture.beside import Done
from tests.torture.ground import conclude
from tests.torture.migrating import Step
from tests.torture.old_code import Asked, Visitors
from tests.torture.suite import TRIALS, Found, Trial

RUNS_ALONE = {"points", "restarts", "full", "backup", "fleet"}
"""What they try is one engine's, or they are on both in one run."""


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


def test_beside_rows_a_table_tells_in_how_many_forms_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        conclude(2000, [], told="killed", asked="31 forms")
    found = suite.read(capsys.readouterr().out, 0, 1.0)
    assert "0 of 2000 in 31 forms" in suite.row(TRIALS[0], found, None)


def test_of_several_controls_the_one_that_finds_least_is_told() -> None:
    many, few = Found(well=True, seconds=1, tried=9, faults=4), Found(well=True, seconds=2, tried=9, faults=1)
    blind = Found(well=False, seconds=4, tried=9, faults=0)
    told = [suite.together(each) for each in ([], [many], [many, few], [blind, many])]
    assert [each and (each.well, each.faults, each.seconds) for each in told] == [
        None,
        (True, 4, 1),
        (True, 1, 3),
        (False, 0, 5),
    ]


def test_every_suite_has_a_control_and_where_the_engine_is_what_is_tried_one_on_each() -> None:
    by_suite: dict[str, list[Trial]] = {}
    for each in TRIALS:
        by_suite.setdefault(each.module, []).append(each)
    assert {name for name, trials in by_suite.items() if not any(each.controls for each in trials)} == set()
    assert {name for name, trials in by_suite.items() if len(trials) == 1} == RUNS_ALONE
    on_both = {name for name, trials in by_suite.items() if len(trials) == 2 and all(each.controls for each in trials)}
    assert {"kills", "rewards", "prizes", "claims", "hangs", "crowd", "migrating"} <= on_both


def test_each_migration_goes_down_and_up_on_the_rows_of_those_before_it() -> None:
    names = ["0016", "0015", "0014", "0013"]
    assert list(migrating.steps(names, "0015")) == [
        ("down", "0015"),
        ("up", "0016"),
        ("down", "0015"),
        ("down", "0014"),
        ("up", "0015"),
        ("down", "0014"),
        ("up", "0015"),
        ("up", "0016"),
    ]


@pytest.mark.parametrize(
    ("waited", "errors", "faults"),
    [(0.9, Counter(), 0), (1.1, Counter(), 1), (0.1, Counter({"LockNotAvailable": 2}), 1)],
)
def test_whoever_is_refused_while_it_migrates_is_a_fault_like_a_long_wait(
    waited: float, errors: Counter[str], faults: int
) -> None:
    step = Step("up", "0016", 3.0, waited, errors)
    assert len(list(migrating.faults([step], "postgresql"))) == faults
    rewriting = step._replace(revision="0013")
    assert len(list(migrating.faults([rewriting], "postgresql"))) == bool(errors), "the upgrade notes tell of it"


def test_without_code_of_before_nothing_was_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_code, "unpacked", lambda _folder: None)
    assert old_code.works(None, tmp_path, {})[1] == [old_code.NOBODY]  # type: ignore[arg-type] # it is not looked at


def test_pages_are_asked_for_while_it_migrates_and_none_may_be_an_error_of_ours() -> None:
    one, late = Asked("/", 200, 1.0, 2.0), Asked("/board", 503, 5.0, 6.0)
    visitors = Visitors((), (), asked=[one, late], saved=["x"] * old_code.LOGGED)
    assert [visitors.during(*times) for times in ((1.5, 1.6), (2.5, 4.0), (0.0, 9.0))] == [1, 0, 2]
    assert list(old_code.faults(visitors, 1)) == ["the code of before: /board 503"]
    assert len(list(old_code.faults(Visitors((), ()), 0))) == 2
    visitors.asked = [Asked(old_code.OWN, 200, 1.0, 2.0), Asked(old_code.OWN, 303, 1.0, 2.0)]
    assert len(list(old_code.faults(visitors, 1))) == 1, "who is not signed in tries nothing"


@pytest.mark.parametrize(("done", "wrong"), [(Done(6000, 8, 3), 0), (Done(1, 8, 3), 1), (Done(0, 0, 0), 3)])
def test_a_crowd_beside_which_nothing_went_on_shows_nothing(done: Done, wrong: int) -> None:
    assert len(done.missing()) == wrong


@pytest.mark.parametrize("hour", range(24))
def test_the_crowd_is_always_in_its_block(hour: int) -> None:
    now = datetime(2026, 3, 4, hour, 59, tzinfo=UTC)
    assert now.astimezone(ZoneInfo(beside.where_it_is_noon(now))).hour == beside.NOON


def test_every_row_of_the_design_is_tried_and_what_all_end_with_is_none_of_them() -> None:
    assert {each.id for each in TRIALS} == {f"R{number}" for number in range(1, 13)} - {"R10"}
    assert suite.chosen_trials("nowhere", short=False) == []
    assert {each.module for _, each in suite.chosen_trials("R2", short=False)} == {
        "rewards",
        "points",
        "prizes",
        "claims",
    }
