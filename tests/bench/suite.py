"""The suite that measures, B1 to B15 one after another: `make bench`, or small and short: `make bench-quick`.

Every entry runs in a process of its own, so that none warms, fills or breaks another. What it says meanwhile stands in
build/bench. A whole run is written to tests/bench/results, from which `python -m tests.bench.report` makes the table of
docs/performance.md. It ends with an error when a target is missed; quick, only when something is off by a factor. What
could not be measured here is told at the end and is a fault too, unless `--may-skip` says that it may be so.
"""

import argparse
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import orjson

from app import clock
from tests.bench import machine, report
from tests.bench.entries import ENTRIES
from tests.bench.figure import Entry, Figure, Skipped

APART = multiprocessing.get_context("fork")
PATIENCE = 15 * 60
SAID = Path("build/bench")


@dataclass
class Outcome:
    """What came of an entry; `skipped` and `failed` say why there are no figures, or not all."""

    entry: Entry
    figures: list[Figure] = field(default_factory=list)
    skipped: str = ""
    failed: str = ""
    seconds: float = 0.0
    work: float = 0.0
    load: float = 0.0

    def record(self) -> dict[str, Any]:
        facts = {"id": self.entry.id, "what": self.entry.what, "seconds": round(self.seconds, 1), "load": self.load}
        why = {"skipped": self.skipped, "failed": self.failed.strip().rpartition("\n")[2]}
        return facts | why | {"figures": [each.record() for each in self.figures]}


def outcome(entry: Entry, *, quick: bool) -> Outcome:
    """Run one in a process of its own; whatever happens there, the others have their turn."""
    mine, theirs = APART.Pipe(duplex=False)
    began, worked, found = time.perf_counter(), _work(), Outcome(entry, load=machine.load())
    child = APART.Process(target=_run, args=(entry, quick, theirs))
    child.start()
    theirs.close()
    try:
        if not mine.poll(PATIENCE):
            child.terminate()
        found.figures, found.skipped, found.failed = mine.recv()
    except EOFError:
        found.failed = "its process ended without a word"
    child.join()
    found.seconds, found.work = time.perf_counter() - began, _work() - worked
    return found


def _work() -> float:
    """Seconds of the processor that everything that was started and has ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(entry: Entry, quick: bool, told: Connection) -> None:
    signal.signal(signal.SIGTERM, _ended)
    figures: list[Figure] = []
    skipped, failed = "", ""
    with (SAID / f"{entry.id}.txt").open("w", buffering=1) as said, redirect_stdout(said), redirect_stderr(said):
        for bench in entry.benches:
            try:
                figures += bench(quick)
            except Skipped as reason:
                skipped = "; ".join(filter(None, (skipped, str(reason))))
            except (Exception, SystemExit):  # noqa: BLE001 - it is told with the others
                failed = traceback.format_exc()
                sys.stdout.write(failed)
    told.send((figures, skipped, failed))


def _ended(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(f"it took longer than {PATIENCE} s")


def wrong(found: Outcome, *, quick: bool, before: dict[tuple[str, str], Figure]) -> list[str]:
    """What is said against an entry: it failed, or missed; of a quick run, what is off by a factor."""
    against = [f"{found.entry.id} failed: {found.failed.strip()}"] if found.failed else []
    for each in found.figures:
        known = before.get((found.entry.id, each.name))
        if each.off(known.judged if known else None) if quick else not each.met:
            against.append(f"{found.entry.id} {each.name}: {'off by a factor' if quick else 'missed'}")
    return against


def passed_over(outcomes: Sequence[Outcome]) -> list[str]:
    """What was not measured, or not whole, because this machine lacks something."""
    return [f"{each.entry.id} was not measured whole: {each.skipped}" for each in outcomes if each.skipped]


def keep(outcomes: Sequence[Outcome], began: float, load_before: float, folder: Path) -> Path:
    """Write what was found, by the day."""
    day = clock.now().date().isoformat()
    facts = {
        "date": day,
        "commit": machine.commit(),
        "machine": machine.machine(),
        "load": [load_before, machine.load()],
        "seconds": round(time.perf_counter() - began),
        "entries": [each.record() for each in outcomes],
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day}.json"
    path.write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2) + b"\n")
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to show that everything runs")
    parser.add_argument("--only", nargs="+", metavar="ID", choices=[each.id for each in ENTRIES], help="some entries")
    parser.add_argument("--may-skip", action="store_true", help="what cannot be measured here is told, and is no fault")
    parser.add_argument("--results", type=Path, default=report.RESULTS, help="where a whole run is written")
    asked = parser.parse_args()
    began, load = time.perf_counter(), machine.load()
    SAID.mkdir(parents=True, exist_ok=True)
    chosen = [each for each in ENTRIES if not asked.only or each.id in asked.only]
    newest = report.newest(asked.results)
    before = report.figures_of(newest) if newest else {}
    outcomes, against = [], list[str]()
    print(report.HEADING)
    for entry in chosen:
        found = outcome(entry, quick=asked.quick)
        outcomes.append(found)
        against += wrong(found, quick=asked.quick, before=before)
        print(
            "\n".join(report.lines_of(found.record())),
            f"({found.seconds:.0f} s, {found.work:.0f} of the processor)",
            flush=True,
        )
    print(f"{time.perf_counter() - began:.0f} s, load {load} to {machine.load()}")
    if not asked.quick and not asked.only:
        print(keep(outcomes, began, load, asked.results))
    missing = passed_over(outcomes)
    print("\n".join([*against, *missing]))
    return int(bool(against or (missing and not asked.may_skip)))


if __name__ == "__main__":
    raise SystemExit(main())
