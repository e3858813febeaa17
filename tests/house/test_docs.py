"""What the documents tell is so: doors are there, programs take the words that they are told, links lead somewhere.

The commands of `flask` are carried out by tests/house/test_commands.py.
"""

import argparse
import importlib
import importlib.util
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from app.config import Settings
from tests.bench.import_rows import rows_of
from tests.deployment import compose
from tests.house.documents import DOCUMENTS, FENCED, ROOT, called, headings, of_others

LINK = re.compile(r"\]\(([^)\s]+)\)")
RUN = re.compile(r"(?:^|\s)\S*python -m (\S+)(.*)")
OF_THE_TREE = re.compile(r"(?<![\w/.])(?:(?:app|docs|jobs|migrations|tests)/[\w./-]+|requirements[\w-]*\.txt)")
STANDS_FOR = {"FOLDER": ".", "LIST": "."}
SHORT = ("help",)
"""Doors behind which nothing is installed, measured or begun: these are opened."""
REFUSED = 2
"""How a program ends that does not take a word."""
COMPOSE = "docker compose -f docs/deploy/compose.yaml "
COMPOSE_WORDS = {"down", "exec", "restart", "run", "up"}
FIRST_NOTED = 13
"""The first migration that the notes for an upgrade tell of."""
MEGABYTES = re.compile(r"\b(\d+) MB and 200,000 rows")


class Understood(Exception):  # noqa: N818 - it is no fault: the words were read, and nothing else is to be done
    """A program took the words that it was given."""


def told() -> set[str]:
    """The doors that a document speaks of."""
    return {line.split()[0] for line in called("make")}


def doors() -> set[str]:
    """These, and the others that `make help` lists."""
    return told() | set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def planned(door: str) -> str:
    """What make would do there."""
    answer = subprocess.run(["make", "-n", door], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, (door, answer.stderr)
    return answer.stdout


@pytest.fixture(scope="module")
def plans() -> dict[str, str]:
    return {door: planned(door) for door in sorted(doors())}


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A program reads its words, and is stopped before it does anything."""
    read = argparse.ArgumentParser.parse_args

    def parse_args(self: argparse.ArgumentParser, *given: list[str]) -> NoReturn:
        read(self, *given)
        raise Understood

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", parse_args)
    return monkeypatch


def understands(module: str, words: list[str], reading: pytest.MonkeyPatch) -> bool:
    """Whether the program of this module takes these words, or has something else to say before it reads them."""
    reading.setattr(sys, "argv", [module, *(STANDS_FOR.get(word, word) for word in words)])
    try:
        importlib.import_module(module).main()
    except Understood:
        return True
    except SystemExit as ended:
        return ended.code != REFUSED
    return False


def test_the_documents_tell_commands() -> None:
    assert len(called("make")) > 10
    assert len(called("flask")) > 35
    assert len(called("python -m")) > 8


def test_every_door_of_make_is_there(plans: dict[str, str]) -> None:
    assert all(plans.values())


@pytest.mark.parametrize("door", SHORT)
def test_what_takes_no_time_is_done(door: str) -> None:
    answer = subprocess.run(["make", door], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {each for each in told() if f"make {each} " not in answer.stdout} == set()


def runs(plans: dict[str, str]) -> set[tuple[str, str]]:
    """The modules that documents run and those behind a door, with their words."""
    lines = [*(f"python -m {line}" for line in called("python -m")), *"".join(plans.values()).splitlines()]
    return {(found[1], found[2].strip()) for line in lines if (found := RUN.search(line))}


def test_every_module_that_is_run_is_there(plans: dict[str, str]) -> None:
    names = {name for name, _ in runs(plans)}
    assert len(names) > 40
    assert {name for name in names if importlib.util.find_spec(name) is None} == set()


def test_every_module_takes_the_words_that_it_is_told(plans: dict[str, str], reading: pytest.MonkeyPatch) -> None:
    with_words = sorted((name, words) for name, words in runs(plans) if words)
    assert len(with_words) > 30
    assert [run for run in with_words if not understands(run[0], shlex.split(run[1]), reading)] == []


def test_a_word_that_a_program_does_not_take_is_found(reading: pytest.MonkeyPatch) -> None:
    assert not understands("tests.bench.suite", ["--only", "B99"], reading)


def test_every_file_of_the_tree_that_a_command_names_is_there() -> None:
    named = {(document, path) for document, line in of_others() for path in OF_THE_TREE.findall(line)}
    assert len(named) > 4
    assert {(document, path) for document, path in named if not (ROOT / path).exists()} == set()


def test_every_service_that_compose_is_told_is_in_its_file() -> None:
    lines = [line.removeprefix(COMPOSE).split() for _, line in of_others() if line.startswith(COMPOSE)]
    services = set(compose()["services"])
    assert {words[0] for words in lines} == COMPOSE_WORDS
    assert set(next(words[1:] for words in lines if words[0] == "restart")) <= services
    for words in lines:
        assert words[0] in {"down", "up"} or services & set(words[1:]), words


def test_the_notes_for_an_upgrade_tell_every_migration() -> None:
    notes = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split("\n## Upgrade notes\n")[1]
    told = set[int]()
    for row in re.findall(r"^\| migrations? ([^|]+) \|", notes, re.MULTILINE):
        for first, last in re.findall(r"(\d{4})(?: (?:to|and) (\d{4}))?", row):
            told.update(range(int(first), int(last or first) + 1))
    there = {int(path.name[:4]) for path in (ROOT / "migrations" / "versions").glob("0*.py")}
    assert {number for number in there if number >= FIRST_NOTED} - told == set()


def test_everything_tells_one_size_of_files() -> None:
    told = {path.name: set(MEGABYTES.findall(path.read_text(encoding="utf-8"))) for path in DOCUMENTS}
    said = {name: sizes for name, sizes in told.items() if sizes}
    assert set(said) >= {"bring-your-candidates.md", "security.md"}
    assert set().union(*said.values()) == {str(Settings.model_fields["upload_megabytes"].default)}


def test_a_file_of_as_many_rows_as_are_taken_in_is_not_too_large() -> None:
    rows, megabytes = (Settings.model_fields[name].default for name in ("import_rows", "upload_megabytes"))
    some = [len(";".join(row).encode()) + 2 for row in rows_of(2_000)]
    assert sum(some) / len(some) * rows < megabytes * 1024 * 1024


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        file, _, heading = target.partition("#")
        if "://" not in file and not file.startswith("mailto:"):
            there = path.parent / file if file else path
            assert there.exists(), target
            assert not heading or heading in headings(there), target
