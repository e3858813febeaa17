"""What the bench says of a figure, and that the page tells what was measured."""

import re
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from sqlalchemy import text

from app.config import ROOT
from app.db import db
from tests.bench import log_action, newcomer, report, suite
from tests.bench.entries import ENTRIES
from tests.bench.figure import Entry, Figure, Skipped, parts, slowest
from tests.bench.kept import opened
from tests.bench.log_floor import PRAGMAS, Floor
from tests.bench.running import worked
from tests.bench.suite import Outcome

MOST = Figure("log", "us", 300.0, 200.0, 1.6, of="ratio", rounds=(290.0, 300.0, 310.0))
LEAST = Figure("events", "a second", 300.0, 400.0, 0.6, of="ratio", at_least=True)
WAIT = Figure("wait", "ms", 21.0, target=20.0)
NONE = Figure("lost", "", 0, target=0)
IDS = [f"B{number}" for number in range(1, 16)]


@pytest.fixture
def result(tmp_path: Path) -> report.Result:
    outcomes = [Outcome(Entry("B1", "log", ()), [MOST, WAIT]), Outcome(Entry("B2", "quality", ()), skipped="no data")]
    return orjson.loads(suite.keep(outcomes, 0.0, 0.5, tmp_path).read_bytes())  # type: ignore[no-any-return] # as it is written


def test_every_row_of_the_design_has_an_entry() -> None:
    assert [each.id for each in ENTRIES] == IDS
    assert all(each.benches for each in ENTRIES)


def test_a_ratio_is_to_the_floor() -> None:
    assert MOST.ratio == 1.5
    assert WAIT.ratio is None


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (MOST, True),
        (replace(MOST, value=320.0), True),
        (replace(MOST, value=321.0), False),
        (replace(MOST, floor=None), False),
        (replace(MOST, floor=0.0), False),
        (LEAST, True),
        (replace(LEAST, value=239.0), False),
        (WAIT, False),
        (replace(WAIT, value=20.0), True),
        (replace(WAIT, at_least=True), True),
        (replace(WAIT, target=None), True),
        (NONE, True),
        (replace(NONE, value=1), False),
    ],
)
def test_a_target_speaks_of_the_value_or_of_the_ratio(figure: Figure, met: bool) -> None:
    assert figure.met is met


@pytest.mark.parametrize(
    ("figure", "expected", "off"),
    [
        (WAIT, 5.0, False),
        (WAIT, 4.0, True),
        (WAIT, None, False),
        (replace(WAIT, target=None), 1.0, False),
        (MOST, 0.31, False),
        (MOST, 0.29, True),
        (LEAST, 3.7, False),
        (LEAST, 3.8, True),
        (replace(NONE, value=1), None, True),
    ],
)
def test_quick_is_off_only_by_a_factor(figure: Figure, expected: float | None, off: bool) -> None:
    assert figure.off(expected) is off


def test_parts_are_middles_from_beginning_to_end() -> None:
    assert parts([1, 9, 2, 3, 3, 3, 4, 4, 5], 3) == (2, 3, 4)
    assert parts([7], 5) == (7,)


def test_the_slowest_hundredth() -> None:
    assert slowest([float(each) for each in range(1, 201)]) == 199.0
    assert slowest([3.0, 1.0]) == 3.0
    assert slowest([3.0, 1.0, 2.0], 0.5) == 2.0


def test_a_figure_is_read_as_it_was_written() -> None:
    assert Figure.of_record(orjson.loads(orjson.dumps(MOST.record()))) == MOST


def measured(_quick: bool) -> list[Figure]:
    return [MOST]


def fine(_quick: bool) -> list[Figure]:
    return [NONE]


def absent(_quick: bool) -> list[Figure]:
    raise Skipped("no data here")


def broken(_quick: bool) -> list[Figure]:
    raise ValueError("broken")


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(suite, "SAID", tmp_path)
    return tmp_path


def test_what_is_missing_or_broken_leaves_the_others_their_turn(said: Path) -> None:
    found = suite.outcome(Entry("B1", "log", (absent, broken, measured)), quick=True)
    assert (found.figures, found.skipped) == ([MOST], "no data here")
    assert found.failed.endswith("ValueError: broken\n")
    assert "ValueError" in (said / "B1.txt").read_text()


def test_a_whole_run_is_held_to_targets_and_a_quick_one_to_factors() -> None:
    found = Outcome(Entry("B1", "log", ()), [MOST, WAIT])
    before = {("B1", "wait"): replace(WAIT, value=4.0)}
    assert suite.wrong(found, quick=False, before={}) == ["B1 wait: missed"]
    assert suite.wrong(found, quick=True, before={}) == []
    assert suite.wrong(found, quick=True, before=before) == ["B1 wait: off by a factor"]
    assert suite.wrong(Outcome(found.entry, failed="why"), quick=True, before={}) == ["B1 failed: why"]


@pytest.mark.parametrize(("words", "code"), [((), 1), (("--may-skip",), 0)])
def test_what_could_not_be_measured_is_told_and_a_fault_unless_it_may_be(
    said: Path, words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite, "ENTRIES", (Entry("B1", "log", (absent, absent, fine)),))
    monkeypatch.setattr(sys, "argv", ["suite", "--quick", "--results", str(said), *words])
    assert suite.main() == code
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "B1 was not measured whole: no data here; no data here"


def test_a_result_says_where_it_was_measured_but_not_on_whose_machine(result: report.Result) -> None:
    assert set(result["machine"]) == {"processor", "cores", "memory_mb", "system", "python"}
    assert report.figures_of(result)["B1", "log"] == MOST
    assert len(result["load"]) == 2


def test_the_table_has_a_line_a_figure(result: report.Result) -> None:
    table = report.table(result)
    assert "| B1 | log | 300 us | 200 | 1.5 | ≤ 1.6 times | met |" in table
    assert "| B1 | wait | 21 ms |  |  | ≤ 20 | **missed** |" in table
    assert "| B2 | quality: not measured, no data |" in table


def test_a_page_is_given_the_table_and_keeps_the_rest(result: report.Result) -> None:
    page = f"before\n{report.FIRST}\nold\n{report.LAST}\nafter\n"
    once = report.put(page, result)
    assert "old" not in once
    assert once.startswith("before\n")
    assert once.endswith("\nafter\n")
    assert report.put(once, result) == once


def test_the_page_tells_the_newest_result() -> None:
    page, newest = report.PAGE.read_text(encoding="utf-8"), report.newest()
    told = page.split(report.FIRST)[1].split(report.LAST)[0]
    if newest is None:
        assert told.strip() == report.NOTHING
        return
    assert report.put(page, newest) == page
    assert set(re.findall(r"^\| (B\d+) ", told, re.MULTILINE)) == {each["id"] for each in newest["entries"]} == set(IDS)


def test_whatever_missed_its_target_has_a_reason_on_the_page() -> None:
    why = report.PAGE.read_text(encoding="utf-8").split("\n## What is slow, and why\n")[1]
    explained = set(re.findall(r"B\d+", " ".join(re.findall(r"^### .*", why, re.MULTILINE))))
    newest = report.newest()
    assert newest
    missed = {row["id"] for row in newest["entries"] if not all(each["met"] for each in row["figures"])}
    assert missed - explained == set()


def test_ours_is_measured_with_the_pragmas_of_the_floor(tmp_path: Path) -> None:
    asked = [f"PRAGMA {each.partition('=')[0]}" for each in PRAGMAS]
    with opened(tmp_path):
        kept = [db.session.scalar(text(each)) for each in asked]
    with log_action.database(0) as (_app, path), closing(Floor(path).connection) as floor:
        ours = [db.session.scalar(text(each)) for each in asked]
        least = [floor.execute(each).fetchone()[0] for each in asked]
    assert kept == ours == least


BUSY = """
import threading, time
def work():
    while time.thread_time() < 0.3: pass
thread = threading.Thread(target=work)
thread.start()
thread.join()
print("done", flush=True)
input()
"""


def test_the_work_of_a_thread_that_has_ended_counts() -> None:
    command, pipe = [sys.executable, "-c", BUSY], subprocess.PIPE
    with subprocess.Popen(command, start_new_session=True, stdin=pipe, stdout=pipe) as process:
        assert process.stdout
        process.stdout.readline()
        assert 0.3 < worked(process.pid) < 30
        process.communicate(b"\n")


def test_every_door_of_a_bench_leads_somewhere() -> None:
    doors = re.findall(r"-m tests\.bench\.(\w+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert {"suite", "soak", "startup"} <= set(doors)
    assert all((ROOT / "tests" / "bench" / f"{each}.py").exists() for each in doors)


def test_a_newcomer_has_an_empty_home_and_knows_where_packages_come_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, clone = tmp_path / "before", tmp_path / "new" / "fanfare"
    (before / ".config" / "pip").mkdir(parents=True)
    (before / ".config" / "pip" / "pip.conf").touch()
    clone.mkdir(parents=True)
    for name, value in {"HOME": before, "PIP_CACHE_DIR": before, "XDG_CACHE_HOME": before, "FANFARE_DEMO": "1"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example/simple")
    home = newcomer.home_of(clone)
    found = newcomer.environment(8000, home)
    assert list(home.iterdir()) == []
    assert found["HOME"] == str(home) != str(before)
    assert found["PIP_CONFIG_FILE"] == str(before / ".config" / "pip" / "pip.conf")
    assert found["PIP_INDEX_URL"] == "https://packages.example/simple"
    assert not {"PIP_CACHE_DIR", "XDG_CACHE_HOME", "FANFARE_DEMO", "NPM_CONFIG_USERCONFIG"} & set(found)
