"""What an agency of three hundred and of six hundred asks in its block, on both engines: `make bench-growth`.

Each of them logs an action every twenty seconds and looks at a board as often. What came out is written to
tests/bench/results/growth; `python -m tests.bench.growth_page --write` makes the table of docs/operations.md from it.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench import machine, open_loop, report, suite
from tests.bench.figure import Entry, Figure
from tests.bench.open_loop import Length
from tests.bench.suite import Outcome
from tests.bench.timeline import ENGINES

RESULTS = report.RESULTS / "growth"
ENTRY = Entry("growth", "15 and 30 actions and as many pages a second", ())
RATES = {30: 300, 60: 600}
"""Requests a second, and how many people ask so much in their block."""
WORKERS = (1, 2)
P99 = 250.0
"""Milliseconds that all but the slowest hundredth may wait, as `make bench-soak` has it."""


def asked(figure: Figure, rate: int) -> Figure:
    """Under its rate, and held to what people are promised; the longest is there to be read."""
    named = replace(figure, name=f"{rate} a second, {figure.name}")
    if figure.name.endswith(", p99"):
        return replace(named, target=P99)
    return replace(named, target=None) if figure.name.endswith(", longest") else named


def measure(rates: Sequence[int], seconds: int, engines: Sequence[str]) -> list[Figure]:
    """Every rate, with one process and with two, on these engines."""
    return [
        asked(figure, rate)
        for rate in rates
        for figure in open_loop.run_all(Length(rate, seconds, workers=WORKERS), engines)
    ]


def keep(figures: list[Figure], began: float, load: float, folder: Path) -> Path:
    """Write what was found, as the suite does."""
    seconds = time.perf_counter() - began
    return suite.keep([Outcome(ENTRY, figures, seconds=seconds, load=load)], began, load, folder)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rates", nargs="+", type=int, default=list(RATES), help="requests a second, half are writes")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    chosen = parser.parse_args()
    began, load = time.perf_counter(), machine.load()
    found = measure(chosen.rates, chosen.seconds, chosen.engine)
    print("\n".join([report.HEADING, *(report.line(ENTRY.id, each) for each in found)]))
    if (chosen.rates, chosen.seconds, chosen.engine) == (list(RATES), 30, list(ENGINES)):
        print(keep(found, began, load, RESULTS))
    return int(not all(each.met for each in found))


if __name__ == "__main__":
    raise SystemExit(main())
