"""Languages: every sentence exists in Dutch and in English, with the same facts in it."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.config import ROOT

METHODS = [
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
    ("templates/**.subject", "jinja2"),
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None, "lazy": None}
FACT = re.compile(r"%\((\w+)\)[sd]")


@cache
def asked() -> frozenset[tuple[str, ...]]:
    """Every sentence that the code asks for: singular, or singular and plural."""
    folders = (ROOT / "app", ROOT / "jobs")
    found = [row for each in folders for row in extract_from_dir(str(each), method_map=METHODS, keywords=KEYWORDS)]
    return frozenset((message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found)


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with (ROOT / "app/translations/nl/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="nl")


def answers(catalog: Catalog, message: tuple[str, ...]) -> tuple[str, ...]:
    found = catalog.get(message[0])
    if found is None or not found.string or found.fuzzy:
        return ()
    return (found.string,) if isinstance(found.string, str) else tuple(found.string)


def test_there_is_something_to_say() -> None:
    assert len(asked()) > 100


def sentences(node: ast.AST) -> Iterator[ast.Call]:
    """The calls in a piece of code that ask for a sentence."""
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return (each for each in calls if isinstance(each.func, ast.Name) and each.func.id in KEYWORDS)


def test_no_sentence_stands_inside_another() -> None:
    """Only the outer one is extracted, and nothing of an f-string: the inner one would be missed, and stay English."""
    nested = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in (ROOT / "app").rglob("*.py")
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for outer in [*sentences(tree), *(each for each in ast.walk(tree) if isinstance(each, ast.JoinedStr))]
        for inner in sentences(outer)
        if inner is not outer
    ]
    assert nested == []


def test_no_sentence_is_missing_in_dutch(dutch: Catalog) -> None:
    missing = [
        message
        for message in asked()
        if len(answers(dutch, message)) < len(message) or not all(answers(dutch, message))
    ]
    assert missing == []


def test_dutch_has_the_same_facts(dutch: Catalog) -> None:
    wrong = [
        message
        for message in asked()
        if {fact for form in message for fact in FACT.findall(form)} - {"num"}
        != {fact for form in answers(dutch, message) for fact in FACT.findall(form)} - {"num"}
    ]
    assert wrong == []


def test_no_dutch_is_left_over(dutch: Catalog) -> None:
    known = {message[0] for message in asked()}
    assert [
        entry.id
        for entry in dutch
        if entry.id and (entry.id if isinstance(entry.id, str) else entry.id[0]) not in known
    ] == []
