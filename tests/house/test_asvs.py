"""The list of the standard is whole and true: each requirement once, each test that it names is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.asvs import Line, lines, summary

ROOT = Path(__file__).parents[2]
DOCUMENTED = frozenset({f"V{chapter}.1" for chapter in (2, 5, 6, 7, 8, 11, 13, 14, 15, 16)})
"""The sections of the standard that ask for a document; all others are about what the program does."""
NAMED = re.compile(r"tests/[\w/]+\.py(?:::\w+)*")
LEVELS = Path(__file__).with_name("asvs_levels.txt")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file, without running it."""
    body = ast.parse(path.read_text()).body
    of_classes = {
        f"{each.name}::{node.name}"
        for each in body
        if isinstance(each, ast.ClassDef)
        for node in each.body
        if isinstance(node, ast.FunctionDef)
    }
    return frozenset(of_classes | {node.name for node in body if isinstance(node, ast.FunctionDef)})


def is_there(shown: str) -> bool:
    """Whether a test, or a heading of a document, is where the list says."""
    path, _, name = shown.partition("::")
    if name:
        return (ROOT / path).is_file() and name in names_in(ROOT / path)
    document, _, heading = shown.partition("#")
    return (ROOT / document).is_file() and f"\n## {heading}\n" in (ROOT / document).read_text()


def test_each_requirement_is_there_once_with_its_level() -> None:
    wanted = [(name, int(level)) for name, level in (line.split() for line in LEVELS.read_text().splitlines())]
    assert len(wanted) == 262
    assert sorted((line.id, line.level) for line in lines()) == sorted(wanted)


def test_what_is_met_names_what_shows_it() -> None:
    assert {line.id: line.test for line in lines() if line.status == "met" and not is_there(line.test)} == {}


def test_what_is_done_is_shown_by_a_test_and_not_by_words() -> None:
    met = [line for line in lines() if line.status == "met"]
    assert [line.id for line in met if "::" not in line.test and section(line) not in DOCUMENTED] == []
    assert section(Line("V6.1.2", 2, "met", "", "")) in DOCUMENTED
    assert section(Line("V6.10.1", 2, "met", "", "")) not in DOCUMENTED


def section(line: Line) -> str:
    return line.id.rpartition(".")[0]


def test_what_is_not_met_is_explained() -> None:
    told = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("\n## What is not met\n")[2]
    assert [line.id for line in lines() if line.status == "not met" and line.id not in told.partition("\n## ")[0]] == []


@pytest.mark.parametrize("named", [each for line in lines() for each in NAMED.findall(line.note)])
def test_what_a_note_names_is_there_too(named: str) -> None:
    assert is_there(named) if "::" in named else (ROOT / named).is_file()


def test_what_is_not_says_why() -> None:
    others = [line for line in lines() if line.status != "met"]
    assert {line.status for line in others} <= {"not applicable", "not met"}
    assert [line.id for line in others if not line.note or line.test] == []


@pytest.mark.parametrize(
    "shown", ["", "tests/house/test_asvs.py::test_none", "docs/none.md#A", "docs/security.md#None"]
)
def test_what_is_not_there_is_found(shown: str) -> None:
    assert not is_there(shown)


def test_the_counts_are_of_what_applies() -> None:
    listed = [
        Line("V1", 1, "met", "t", ""),
        Line("V2", 1, "not met", "", "why"),
        Line("V3", 1, "not applicable", "", "x"),
    ]
    assert summary(listed) == ["L1: 1 of 2 met, 1 do not apply", "not met: V2: why"]
