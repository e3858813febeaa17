"""How well the score tells who acts next, on public data beside its targets: out of the box, and tuned.

The figures come from the judge that stands beside the data; neither the rules nor the search for the half-life read its
labels. FANFARE_DATA is the folder with the data.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench.figure import Figure, Skipped

DATA = Path(os.environ.get("FANFARE_DATA", "../shared/data"))
JUDGED = re.compile(r"days=(\d+) .* AUC=([\d.]+) .* P20of200=([\d.]+)")
LENGTHS = re.compile(r"half-life ([\d., ]+) days: ")


class Task(NamedTuple):
    """What is scored, how, and what must at least be reached: AUC, and the share of the best 20 of 200 who act."""

    folder: str
    days: int
    tuned: bool
    auc: float
    top: float

    @property
    def name(self) -> str:
        return f"{self.folder}, {self.days} days, {'half-life found' if self.tuned else 'out of the box'}"


TASKS = (
    Task("followup_desk", 7, tuned=False, auc=0.83, top=0.58),
    Task("followup_desk", 7, tuned=True, auc=0.83, top=0.58),
    Task("followup_desk", 28, tuned=False, auc=0.765, top=0.70),
    Task("followup_desk", 28, tuned=True, auc=0.765, top=0.70),
    Task("cdnow", 28, tuned=True, auc=0.815, top=0.30),
)


class Reached(NamedTuple):
    auc: float
    top: float
    lengths: tuple[float, ...]


def reach(task: Task, out: Path) -> Reached:
    """The figures of the judge, and the half-life of each cut (one when all have the same)."""
    folder = DATA / task.folder
    files: list[str | Path] = [folder / "events.csv.gz", folder / "cutoffs.json", out, "--kinds", folder / "kinds.json"]
    tune = ["--tune", "--days", str(task.days)] if task.tuned else []
    said = run_python("-m", "flask", "score-events", *files, *tune)
    found = {int(days): (float(auc), float(top)) for days, auc, top in JUDGED.findall(_judge(folder, out))}
    lengths = LENGTHS.search(said.splitlines()[-1])
    if lengths is None or task.days not in found:
        raise SystemExit(f"{task.name}: no figures\n{said}")
    return Reached(*found[task.days], tuple(float(each) for each in lengths[1].split(", ")))


def _judge(folder: Path, out: Path) -> str:
    return run_python(DATA / "score_check.py", folder, out)


def run_python(*arguments: str | Path) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def differ(found: dict[str, float]) -> bool:
    """A fast rhythm and a slow one do not have the same half-life."""
    return len(set(found.values())) == len(found)


def b15(quick: bool) -> list[Figure]:
    """AUC and precision of every task; one of them when it has to be quick."""
    return judged(TASKS[:1] if quick else TASKS)


def judged(tasks: Sequence[Task]) -> list[Figure]:
    if not (DATA / "score_check.py").exists():
        raise Skipped("the public data and their judge are not here (FANFARE_DATA)")
    found, newest = list[Figure](), dict[str, float]()
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks:
            reached = reach(task, Path(folder) / "scores.csv")
            good = reached.auc >= task.auc and reached.top >= task.top
            print(f"{task.name}: AUC {reached.auc:.3f} (target {task.auc:.3f}), top {reached.top:.3f} ({task.top:.3f})")
            print(
                f"  half-life {', '.join(f'{days:g}' for days in reached.lengths)} days: {'ok' if good else 'MISSED'}"
            )
            found += [
                Figure(f"score, {task.name}: AUC", "", reached.auc, target=task.auc, at_least=True),
                Figure(f"score, {task.name}: top 20 of 200", "", reached.top, target=task.top, at_least=True),
            ]
            if task.tuned:
                newest[task.folder] = reached.lengths[-1]
    print("half-life found: " + ", ".join(f"{name} {days:g} days" for name, days in newest.items()))
    if newest:
        found.append(Figure("half-lives found are of each rhythm", "", differ(newest), target=1, at_least=True))
    return found


def main() -> int:
    try:
        found = judged(TASKS)
    except Skipped as why:
        print(why)
        return 2
    apart = found[-1].met
    print("they differ" if apart else "THEY DO NOT DIFFER")
    return int(not all(each.met for each in found))


if __name__ == "__main__":
    raise SystemExit(main())
