"""What Today and the board cost as whole pages, beside a bare Jinja render of what they say: `make bench-pages`.

Processor time of this process on SQLite, through the application as a browser asks it; page, its own template with the
facts that it was given, and a plain list of the same texts take turns. A list that stands is kept for a minute: Today
is measured with it, and with everybody ranked anew.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from jinja2 import Environment, Template

from app.domain.actions import kept_list
from app.domain.agency.person import Role
from tests import page
from tests.bench.figure import Figure
from tests.bench.kept import FILE, demo
from tests.browser.demo import MAILS, MOMENT, person_of, standing_at
from tests.conftest import make_app
from tests.people import Browser

PLAIN = "<ul>{% for tag, text in rows %}<li class={{ tag }}>{{ text }}</li>{% endfor %}</ul>"
MOST_TIMES, MOST_US = 2.0, 1500
"""The targets: at most so many times the plain list, and so many microseconds."""
CASES = (("Today", "/", False), ("Today, ranked anew", "/", True), ("board", "/board", False))


class Texts(HTMLParser):
    """What a page says, each text with the element that it stands in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[tuple[str, str]] = []
        self.tag = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.rows.append((self.tag, data.strip()))


@contextmanager
def rendered(app: Flask) -> Iterator[list[tuple[Template, dict[str, Any]]]]:
    """The templates that are rendered meanwhile, with their facts."""
    found: list[tuple[Template, dict[str, Any]]] = []

    def note(_app: Flask, template: Template, context: dict[str, Any], **_rest: object) -> None:
        found.append((template, context))

    with template_rendered.connected_to(note, app):
        yield found


def microseconds(work: Callable[[], object], times: int) -> float:
    """Of processor time, each."""
    begun = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - begun) / times * 1e6


def measure(browser: Browser, url: str, rounds: int, times: int, *, anew: bool) -> tuple[int, int, list[list[float]]]:
    """How many statements the page asks, of how many texts, and the rounds of page, own template and plain list."""

    def ask() -> None:
        if anew:
            kept_list.forget()
        assert browser.client.get(url).status_code == 200

    ask()
    with page.counted() as statements, rendered(browser.app) as shown:
        if anew:
            kept_list.forget()
        html = browser.client.get(url).text
    template, context = shown[-1]
    rows, plain = Texts(html).rows, Environment(autoescape=True).from_string(PLAIN)
    found: list[list[float]] = [[], [], []]
    cookie = browser.client.get_cookie("fanfare")
    assert cookie
    for _ in range(rounds):
        found[0].append(microseconds(ask, times))
        with browser.app.test_request_context(url, headers={"Cookie": f"fanfare={cookie.value}"}):
            found[1].append(microseconds(lambda: template.render(context), times))
        found[2].append(microseconds(lambda: plain.render(rows=rows), times))
    return len(statements), len(rows), found


def report(app: Flask, rounds: int, times: int) -> list[Figure]:
    browser, found = Browser(app).sign_in(person_of(app, MAILS[Role.RECRUITER])), list[Figure]()
    print(f"{'':20}{'asks':>6}{'texts':>7}{'page us':>10}{'template':>10}{'plain':>8}{'times':>8}")
    for name, url, anew in CASES:
        asked, texts, rows = measure(browser, url, rounds, times, anew=anew)
        whole, own, plain = (statistics.median(each) for each in rows)
        met = whole <= MOST_TIMES * plain and whole <= MOST_US
        figures = f"{asked:6}{texts:7}{whole:10.0f}{own:10.0f}{plain:8.0f}{whole / plain:8.1f}"
        print(f"{name:20}{figures}  {'met' if met else f'missed: {MOST_TIMES:.0f} times, {MOST_US} us'}")
        found += [
            Figure(f"{name}, beside a bare render", "us", whole, plain, MOST_TIMES, of="ratio", rounds=tuple(rows[0])),
            Figure(f"{name}, the whole page", "us", whole, target=MOST_US),
        ]
    return found


def b4(quick: bool) -> list[Figure]:
    """Today and the board, whole pages."""
    return pages(5, 2) if quick else pages(7, 20)


def pages(rounds: int, times: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name, standing_at(MOMENT):
        shutil.copy(demo() / FILE, name)
        return report(make_app(Path(name)), rounds, times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    raise SystemExit(not all(each.met for each in pages(max(5, asked.rounds), asked.times)))


if __name__ == "__main__":
    main()
