"""Sizes: small files and small functions are a pleasure to keep; the ceilings are HOUSE rules."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from flask import Flask

from app.config import ROOT

CODE = sorted(path for folder in ("app", "jobs") for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.*"))
LEFTOVERS = ("TODO", "FIXME", "XXX", "HACK", "NotImplementedError", "lorem ipsum", "coming soon")


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def functions(paths: list[Path]) -> dict[str, int]:
    """Every function with its number of lines."""
    return {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_files_are_small() -> None:
    assert [str(path) for path in CODE if lines(path) > 250] == []
    assert median(lines(path) for path in CODE if path.name != "__init__.py") <= 90


def test_functions_are_small() -> None:
    sizes = functions(CODE)
    assert {name: size for name, size in sizes.items() if size > 40} == {}
    assert median(sizes.values()) <= 8


def test_route_functions_give_one_command(any_app: Flask) -> None:
    views = {inspect.unwrap(view) for view in any_app.view_functions.values()}
    ours = [view for view in views if view.__module__.startswith("app.blueprints.")]
    lengths = {f"{view.__module__}.{view.__qualname__}": body(view) for view in ours}
    assert len(ours) > 70
    assert {name: length for name, length in lengths.items() if length > 15} == {}


def body(view: Callable[..., object]) -> int:
    """The lines of a function, without its decorators."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(view))).body
    return (tree.end_lineno or tree.lineno) - tree.lineno + 1


def test_tests_are_small() -> None:
    assert median(functions(TESTS).values()) <= 8


def test_templates_are_small() -> None:
    assert [str(path) for path in TEMPLATES if lines(path) > 120] == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring.splitlines()[0].rstrip().endswith((".", ":"))


def test_nothing_is_left_for_later() -> None:
    found = [
        (str(path), word)
        for path in [*CODE, *TEMPLATES, *(ROOT / "docs").rglob("*.md")]
        for word in LEFTOVERS
        if path.is_file() and word in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_time_comes_from_the_clock() -> None:
    banned = ("datetime.now", "date.today", "utcnow", "time.time()")
    found = [str(path) for path in CODE if path.name != "clock.py" and any(word in path.read_text() for word in banned)]
    assert found == []
