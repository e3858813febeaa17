"""Pictures of every page to look at: as each role, in both languages and themes, on three sizes of screen."""

import argparse
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from app.config import ROOT
from app.domain.agency.person import Role
from tests.browser.beginning import beginning
from tests.browser.conftest import Site, demo_at
from tests.browser.demo import build_demo, make_examples, migrated
from tests.browser.stops import stops
from tests.chromium import FLAGS, chromium_path

FOLDER = ROOT / "build" / "shots"
SIZES = {390: 844, 1366: 768, 1920: 1080}
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
VISITOR, NEWCOMER = "visitor", "beginning"
ROLES = [VISITOR, *map(str, Role), NEWCOMER]
WORKERS = max(2, (os.cpu_count() or 2))


@dataclass(frozen=True)
class Tour:
    """One role in one language; `only` is a part of the names of the pages that are wanted."""

    role: str
    language: str
    database: Path
    only: str

    def picture(self, page: Page, name: str) -> int:
        """The page that is open, in both themes on every size of screen."""
        if self.only not in name:
            return 0
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            for width, height in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                whole = page.evaluate("() => document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": max(height, whole)})
                file = FOLDER / self.role / f"{self.language}-{theme}-{width}" / f"{name}.png"
                page.screenshot(path=file)
        return 2 * len(SIZES)


def walk(tour: Tour) -> int:
    """Take all pictures of a tour; returns how many."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with running(tour.database) as site:
        if tour.role == NEWCOMER:
            page = site.context(locale=LOCALES[tour.language], reduced_motion="reduce").new_page()
            return sum(tour.picture(page, name) for name in beginning(page))
        who = None if tour.role == VISITOR else Role(tour.role)
        examples = make_examples(site.app)
        page = site.context(
            examples.people[who] if who else None, locale=LOCALES[tour.language], reduced_motion="reduce"
        ).new_page()
        return sum(tour.picture(page, stop.name) for stop in stops(site.app, who, examples) if opened(page, stop.url))


def opened(page: Page, url: str) -> bool:
    return page.goto(url, wait_until="load") is not None


@contextmanager
def running(database: Path) -> Iterator[Site]:
    """A copy of the database, served, and a browser for it."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        with demo_at(database, Path(folder), browser) as site:
            yield site
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--role", choices=ROLES, help="only as this role")
    parser.add_argument("--page", default="", help="only pages with this in their name")
    parser.add_argument("--language", choices=LOCALES, help="only in this language")
    asked, started = parser.parse_args(), time.monotonic()
    if not asked.page:
        shutil.rmtree(FOLDER / (asked.role or ""), ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        empty, demo = migrated(Path(folder) / "empty"), build_demo(Path(folder) / "demo")
        tours = [
            Tour(role, language, empty if role == NEWCOMER else demo, asked.page)
            for role in ([asked.role] if asked.role else ROLES[::-1])
            for language in ([asked.language] if asked.language else LOCALES)
        ]
        with ProcessPoolExecutor(WORKERS) as pool:
            count = sum(pool.map(walk, tours))
    print(f"{count} pictures in {FOLDER} ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
