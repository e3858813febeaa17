"""How well the priority runs a real desk for eight weeks, beside its targets: `make closed-loop`.

The figures come from the judge that stands beside the data. FANFARE_DATA is the folder with the data.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

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


def met(target: Target, hit: float, never: float, recall: float) -> bool:
    return hit >= target.hit and never <= target.never and recall >= target.recall


def main() -> int:
    if not (DATA / "closed_loop.py").exists():
        print(f"no data at {DATA}: nothing was judged")
        return 2
    missed = 0
    for target in TARGETS:
        hit, never, recall, longest = run(target.k)
        good = met(target, hit, never, recall)
        missed += not good
        print(
            f"{target.k} a day: hit {hit:.3f} (>= {target.hit}), never contacted {never:.3f} (<= {target.never}), "
            f"recall {recall:.3f} (>= {target.recall}), longest wait {longest:.0f} days: {'ok' if good else 'MISSED'}"
        )
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
