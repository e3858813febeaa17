"""Looks up what is newest of every part of others, and what is advised against: `make parts` writes docs/parts.csv."""

import csv
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from app import clock

ROOT = Path(__file__).parents[1]
LIST = ROOT / "docs" / "parts.csv"
LOCK, VENDORED = ROOT / "requirements-extras.txt", ROOT / "app" / "static" / "refresh.sh"
LOCKED = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
PINNED = re.compile(r'="(\S+)@(\S+) sha512-')
UV = Path(sys.executable).with_name("uv")
RESOLVE = (UV, "pip", "compile", "-q", "--universal", "--python-version", "3.11", "--no-header", "--all-extras")
AUDIT = (UV, "tool", "run", "pip-audit", "--disable-pip", "--require-hashes", "--format", "json", "-r", LOCK)
QUARTER = timedelta(days=92)
NONE, UNKNOWN = "none", "unknown"


class Part(NamedTuple):
    """One part; `newest` is of those that fit beside the others, `behind` the day on which it was first seen."""

    name: str
    version: str
    newest: str
    behind: str
    advisories: str
    looked: str


def locked(requirements: str) -> dict[str, str]:
    """Each part of a file of requirements and its version."""
    return dict(LOCKED.findall(requirements))


def vendored() -> dict[str, str]:
    """What browsers get: it stands in the tree."""
    return dict(PINNED.findall(VENDORED.read_text(encoding="utf-8")))


def all_parts() -> dict[str, str]:
    """Everything of others that an installation runs."""
    return locked(LOCK.read_text(encoding="utf-8")) | vendored()


def listed() -> list[Part]:
    """What was found when somebody last looked."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return [Part(**row) for row in csv.DictReader(file)]


def looked_up(newest: Mapping[str, str], advised: Mapping[str, str], before: list[Part], day: date) -> list[Part]:
    """The list of a day; a part that is behind keeps the day on which that was first seen."""
    since = {part.name: part.behind for part in before}
    return [
        Part(name, version, new, behind, advised.get(name, UNKNOWN), str(day))
        for name, version in all_parts().items()
        for new in [newest.get(name, UNKNOWN)]
        for behind in ["" if new == version else since.get(name) or str(day)]
    ]


def late(parts: list[Part], day: date) -> list[str]:
    """What breaks the times of docs/security.md: behind or not looked up for a quarter, or advised against."""
    oldest = str(day - QUARTER)
    return [
        *(
            f"{each.name} {each.version}: {each.newest} since {each.behind}"
            for each in parts
            if "" < each.behind < oldest
        ),
        *(f"{each.name}: not looked up since {each.looked}" for each in parts if each.looked < oldest),
        *(f"{each.name} {each.version}: {each.advisories}" for each in parts if each.advisories not in (NONE, UNKNOWN)),
    ]


def advised(report: str) -> dict[str, str]:
    """What pip-audit said of each part that it knew; those that it skipped are not among them."""
    known = [each for each in json.loads(report)["dependencies"] if "skip_reason" not in each]
    return {each["name"]: " ".join(found["id"] for found in each["vulns"]) or NONE for each in known}


def _newest() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "requirements.txt"
        _said(*RESOLVE, "pyproject.toml", "-o", found)
        python = locked(found.read_text(encoding="utf-8"))
    return python | {name: _said("npm", "view", name, "version").strip() for name in vendored()}


def _said(*command: str | Path) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def write() -> list[str]:
    """Look up, write the list, and say what is late and how many parts nobody could be asked about."""
    day = clock.now().date()
    parts = looked_up(_newest(), advised(_said(*AUDIT) or '{"dependencies": []}'), listed(), day)
    with LIST.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([Part._fields, *parts])
    unknown = sum(each.advisories == UNKNOWN for each in parts)
    return [*late(parts, day), f"{len(parts)} parts; of {unknown} the advisories could not be asked"]


if __name__ == "__main__":
    sys.stdout.write("\n".join(write()) + "\n")
