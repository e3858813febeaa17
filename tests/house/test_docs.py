"""What the documents tell is so: every command of theirs runs and is tried by a test, every link leads somewhere."""

import importlib.util
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup

from tests.conftest import make_app

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCED, INLINE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL), re.compile(r"`([^`\n]+)`")
OURS = re.compile(r"(?:\.venv/bin/)?(make|flask|python -m) (\S.*)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
OPTION = re.compile(r"--[a-z][a-z-]*")
CHANGES_THE_TREE = {"db revision", "NAME"}
"""What writes a migration, of which tests/house/test_migrations.py looks at every one; and a name for any command."""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application without a database: it is only asked for its commands."""
    return make_app(tmp_path_factory.mktemp("bare"))


def commands() -> Iterator[tuple[str, str, str]]:
    """The document, the program and what it is called with, for every command that a document tells."""
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        fenced = [line for block in FENCED.findall(text) for line in block.splitlines()]
        for line in [*fenced, *INLINE.findall(FENCED.sub("", text))]:
            if found := OURS.fullmatch(line.partition("#")[0].strip()):
                yield path.name, found[1], found[2]


def called(program: str) -> list[tuple[str, str]]:
    return sorted({(name, arguments) for name, of, arguments in commands() if of == program})


def test_the_documents_tell_commands() -> None:
    assert len(called("make")) > 10
    assert len(called("flask")) > 15


def test_every_door_of_make_is_there() -> None:
    doors = sorted({arguments.split()[0] for _, arguments in called("make")})
    for door in doors:
        answer = subprocess.run(["make", "-n", door], cwd=ROOT, capture_output=True, text=True, check=False)
        assert answer.returncode == 0, (door, answer.stderr)


def test_every_module_that_is_run_is_there() -> None:
    names = {arguments.split()[0] for _, arguments in called("python -m")}
    assert {name for name in names if importlib.util.find_spec(name) is None} == set()


@pytest.mark.parametrize(("document", "line"), called("flask"))
def test_every_flask_command_is_there_with_its_options(document: str, line: str, bare: Flask) -> None:
    command, name = found_in(bare, line)
    if name in CHANGES_THE_TREE:
        return
    assert command is not None, document
    known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    assert set(OPTION.findall(line)) <= known, document


def test_every_flask_command_of_ours_is_called_by_a_test(bare: Flask) -> None:
    texts = "".join(path.read_text() for path in ROOT.glob("tests/**/*.py") if path.name != Path(__file__).name)
    lines = {line for _, line in called("flask") if not line.startswith("db ")}
    names = {found_in(bare, line)[1].split()[-1] for line in lines} - CHANGES_THE_TREE
    assert {name for name in names if f'"{name}"' not in texts} == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        file, _, heading = target.partition("#")
        if "://" not in file and not file.startswith("mailto:"):
            there = path.parent / file if file else path
            assert there.exists(), target
            assert not heading or heading in headings(there), target


def headings(path: Path) -> set[str]:
    """The anchors of a document, as they are made of its headings."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def found_in(app: Flask, line: str) -> tuple[click.Command | None, str]:
    """The command that a line calls, and its name; None when there is none."""
    group: click.Command | None = FlaskGroup(create_app=lambda: app)
    words, name = line.split(), []
    with click.Context(FlaskGroup(create_app=lambda: app)) as context:
        while words and isinstance(group, click.Group):
            name.append(words.pop(0))
            group = group.get_command(context, name[-1])
    return group, " ".join(name)
