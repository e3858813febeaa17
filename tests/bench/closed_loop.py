"""How well the priority runs a real desk for eight weeks, beside its targets: `make closed-loop`.

The figures come from the judge that stands beside the data. FANFARE_DATA is the folder with the data.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.figure import Figure, Skipped

DATA = Path(os.environ.get("FANFARE_DATA", "../shared/data"))
JUDGED = re.compile(r"hit=([\d.]+) never21=([\d.]+) recall=([\d.]+) longest=([\d.]+)d")


class Target(NamedTuple):
    """With `k` contacts a day: the share that accepts within a week, that is never contacted, and that was in time."""

    k: int
    hit: float
    never: float
    recall: float


TARGETS = (Target(12, hit=0.37, never=0.01, recall=0.79), Target(10, hit=0.41, never=0.165, recall=0.745))


def run(k: int) -> tuple[float, ...]:
    """Hit, never contacted, recall and the longest wait in days."""
    judge: list[str | Path] = [sys.executable, DATA / "closed_loop.py", DATA / "followup_desk", "--k", str(k), "--"]
    ranker = [sys.executable, "-m", "flask", "rank-pool"]
    done = subprocess.run([*judge, *ranker], capture_output=True, text=True, check=False)
    found = JUDGED.search(done.stdout)
    if found is None:
        raise SystemExit(done.stdout + done.stderr)
    return tuple(float(each) for each in found.groups())


def b15(quick: bool) -> list[Figure]:
    """Eight weeks of a desk, with twelve and with ten contacts a day; it has no small size."""
    if quick:
        raise Skipped("eight weeks of a desk cannot be quick")
    if not (DATA / "closed_loop.py").exists():
        raise Skipped("the public data and their judge are not here (FANFARE_DATA)")
    return [figure for target in TARGETS for figure in reached(target)]


def reached(target: Target) -> list[Figure]:
    hit, never, recall, longest = run(target.k)
    name = f"priority, {target.k} contacts a day"
    return [
        Figure(f"{name}: hit", "", hit, target=target.hit, at_least=True),
        Figure(f"{name}: never contacted", "", never, target=target.never),
        Figure(f"{name}: recall", "", recall, target=target.recall, at_least=True),
        Figure(f"{name}: longest wait", "days", longest),
    ]


def main() -> int:
    try:
        found = b15(False)
    except Skipped as why:
        print(why)
        return 2
    for each in found:
        asked = "" if each.target is None else f" ({'>=' if each.at_least else '<='} {each.target})"
        print(f"{each.name} {each.value:.3f}{asked}: {'ok' if each.met else 'MISSED'}")
    return int(not all(each.met for each in found))


if __name__ == "__main__":
    raise SystemExit(main())
