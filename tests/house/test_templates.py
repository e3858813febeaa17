"""Templates: each compiles, a part has one root with an id, and nothing is inline or marked safe."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined

from app.config import ROOT

FOLDER = ROOT / "app" / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*.html"))
PARTS = [path for path in TEMPLATES if path.name.startswith("_")]
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "use", "path", "circle", "line", "rect"}
TAG = re.compile(r"{% macro .*?endmacro -?%}|{%.*?%}|{#.*?#}", re.DOTALL)
IMPORT = re.compile(r'{%-? from "[^"]+" import ([^%]+?)(?: with context)? -?%}')
MACRO = re.compile(r"macro (\w+)\(")
COMPONENTS = {each for path in (FOLDER / "components").iterdir() for each in MACRO.findall(path.read_text("utf-8"))}
PRINT = re.compile(r"{{.*?}}", re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(FOLDER))


class Roots(HTMLParser):
    """The elements of a part that are inside no other element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth = 0
        self.roots: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.roots.append(dict(attrs))
        self.depth += tag not in VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.roots.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in VOID


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_it_compiles(path: Path, any_app: Flask) -> None:
    any_app.jinja_env.get_template(name(path))


def test_undefined_is_an_error(any_app: Flask) -> None:
    assert any_app.jinja_env.undefined is StrictUndefined


@pytest.mark.parametrize("path", PARTS, ids=name)
def test_a_part_has_one_root_with_an_id(path: Path) -> None:
    html = PRINT.sub("x", TAG.sub("", path.read_text(encoding="utf-8")))
    roots = Roots(html).roots
    assert len(roots) == 1
    assert roots[0].get("id")


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "|safe" not in text.replace(" ", "")
    if path.parent.name != "mail":
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on|\bjs:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_each_imports_the_components_that_it_uses_and_no_others(path: Path) -> None:
    """A part is drawn alone as well, and then has nothing of the page around it."""
    text = path.read_text(encoding="utf-8")
    imported = {each.split(" as ")[-1].strip() for names in IMPORT.findall(text) for each in names.split(",")}
    said = IMPORT.sub("", text)
    own = set(MACRO.findall(text)) | {"faces"}  # a mail is given the words of the same name
    assert {each for each in imported if not re.search(rf"\b{each}\b", said)} == set()
    assert {each for each in COMPONENTS - imported - own if re.search(rf"(?<![\w.|\"'/]){each}\(", said)} == set()
