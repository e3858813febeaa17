"""What Lighthouse says of every page, as on a middling phone on a slow network: `make lighthouse`.

Each page is looked at as the first role that may open it. A page that misses a mark is looked at twice more and the
median of the three counts, because one run is at the mercy of what else the machine does.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.config import ROOT
from app.domain.agency.person import Role
from tests.browser.conftest import Site
from tests.browser.demo import Examples, build_demo, make_examples
from tests.browser.shots import running
from tests.browser.stops import stops
from tests.chromium import FLAGS, chromium_path

VERSION = "12"
"""The newest that runs on Node 20."""
FOLDER = ROOT / "build" / "lighthouse"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
MOST = {"largest-contentful-paint": 2000.0, "cumulative-layout-shift": 0.02, "total-blocking-time": 100.0}
REFUSED = "error-404"
"""How the name of a page ends whose status is 404, which Lighthouse does not judge."""
TRIES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of a page: scores of 100, milliseconds, and for the layout's shift its own unit."""

    page: str
    role: str
    figures: Mapping[str, float]
    failed: tuple[str, ...]

    @property
    def missed(self) -> list[str]:
        low = [name for name, least in LEAST.items() if self.figures[name] < least]
        return low + [name for name, most in MOST.items() if self.figures[name] > most]


def installed() -> Path:
    """Lighthouse from npm, in a folder of its own."""
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(FOLDER)]
        subprocess.run([*install, f"lighthouse@{VERSION}"], check=True)
    return program


def judge(program: Path, url: str, cookie: str) -> tuple[dict[str, float], tuple[str, ...]]:
    """The figures of a page, and which checks it fails."""
    command = [
        str(program),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]
    path = shutil.which("chromium") or chromium_path() or ""
    answer = subprocess.run(command, check=False, capture_output=True, env={**os.environ, "CHROME_PATH": path})
    if answer.returncode:
        raise RuntimeError(f"{url}: {answer.stderr.decode()[-500:]}")
    told = json.loads(answer.stdout)
    scores = {name: 100 * (told["categories"][name]["score"] or 0) for name in LEAST}
    failed = tuple(
        sorted(
            reference["id"]
            for name in ("accessibility", "best-practices")
            for reference in told["categories"][name]["auditRefs"]
            if reference["weight"] and told["audits"][reference["id"]]["score"] == 0
        )
    )
    return scores | {name: told["audits"][name]["numericValue"] for name in MOST}, failed


def judged(program: Path, site: Site, examples: Examples, only: str) -> Iterator[Judged]:
    """Every page as the first role that may open it."""
    for who in (None, *Role):
        cookie = f"fanfare={site.cookie(examples.people[who])}" if who else ""
        for stop in stops(site.app, who, examples):
            if stop.everywhere and only in stop.name and not stop.name.endswith(REFUSED):
                yield _of(program, stop.name, str(who or "visitor"), site.url + stop.url, cookie)


def _of(program: Path, page: str, role: str, url: str, cookie: str) -> Judged:
    first = Judged(page, role, *judge(program, url, cookie))
    if not first.missed:
        return first
    more = [judge(program, url, cookie) for _ in range(TRIES - 1)]
    middle = {name: median([first.figures[name], *(each[name] for each, _ in more)]) for name in first.figures}
    return Judged(page, role, middle, more[-1][1])


def line(found: Judged) -> str:
    scores = " ".join(f"{found.figures[name]:4.0f}" for name in LEAST)
    speed = " ".join(
        f"{found.figures[name]:7.3f}" if "shift" in name else f"{found.figures[name]:7.0f}" for name in MOST
    )
    return f"{found.page[:44]:44} {found.role:9} {scores} {speed}  {' '.join([*found.missed, *found.failed])}"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--page", default="", help="only pages with this in their name")
    only = options.parse_args().page
    program = installed()
    print(f"load {os.getloadavg()[0]:.1f}; performance, accessibility, best practices; LCP ms, CLS, TBT ms")
    with tempfile.TemporaryDirectory() as folder, running(build_demo(Path(folder))) as site:
        found = []
        for each in judged(program, site, make_examples(site.app), only):
            found.append(each)
            print(line(each), flush=True)
    missed = [each for each in found if each.missed]
    print(f"{len(found)} pages, {len(missed)} miss a mark")
    return int(bool(missed) or not found)


if __name__ == "__main__":
    raise SystemExit(main())
