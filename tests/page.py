"""What holds for every page that any test opens: one h1, labels, types, nothing inline, headers, few queries."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

BUDGET = 16
"""What any page may ask of the database, also one that brings much together."""
PRESS = 35
"""What any press may ask that answers with a page: what it does, and all of the page."""

NO_LABEL = {"hidden", "submit", "button", "image"}
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy")
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """The facts of a page that the rules are about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.within: list[str] = []
        self.texts: Counter[str] = Counter()
        self.words: dict[str, str] = {"title": "", "h1": ""}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside: Attributes = {"aria-label": "by its parent"} if "label" in self.within else {}
        self.elements.append((tag, dict(attrs) | inside))
        if tag in {"title", "h1", "label", "svg"}:
            self.within.append(tag)
            self.texts[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if self.within[:1] in (["title"], ["h1"]):
            self.words[self.within[0]] += data

    def all(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]


def faults(answer: TestResponse) -> list[str]:
    """What is wrong with a page; nothing when it is none."""
    if not (answer.content_type or "").startswith("text/html"):
        return []
    found = [f"the header {name} is missing" for name in HEADERS if name not in answer.headers]
    found += inline(answer.text)
    page = Page(answer.text)
    if "<html" in answer.text:
        found += whole(page)
    return found + controls(page)


def whole(page: Page) -> list[str]:
    """A whole page has one h1 with which its title begins, and a language."""
    found = []
    h1, title = (" ".join(page.words[tag].split()) for tag in ("h1", "title"))
    headings = len(page.all("h1"))
    if headings != 1:
        found.append(f"{headings} h1")
    if not h1 or not title.startswith(h1):
        found.append(f"the title {title!r} does not begin with {h1!r}")
    if page.all("html")[0].get("lang") not in {"nl", "en"}:
        found.append("no language")
    return found


def controls(page: Page) -> list[str]:
    """Ids are unique, inputs have labels, buttons have types."""
    ids = Counter(one["id"] for _, one in page.elements if one.get("id"))
    found = [f"the id {name} is there {times} times" for name, times in ids.items() if times > 1]
    labelled = {one.get("for") for one in page.all("label")}
    for one in page.all("input", "select", "textarea"):
        named = one.get("aria-label") or one.get("aria-labelledby") or one.get("id") in labelled
        if one.get("type") not in NO_LABEL and not named:
            found.append(f"no label for {one.get('name')}")
    return found + [f"no type on the button {one}" for one in page.all("button") if not one.get("type")]


def inline(html: str) -> list[str]:
    """Nothing is inline: the policy would refuse it."""
    patterns = {
        r"<[^<>]*\sstyle=": "a style attribute",
        r"<style": "a style element",
        r"\son[a-z]+=\"": "an event handler",
    }
    patterns[r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/)"] = "an inline script"
    return [f"{what} is inline" for pattern, what in patterns.items() if re.search(pattern, html)]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "BEGIN")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
