"""The table of docs/operations.md that tells how Fanfare grows: what was measured, and what is computed from it.

`python -m tests.bench.growth_page --write` puts it there, from the newest whole run of the suite and the newest of
`make bench-growth`. Every figure in it is one of theirs, or computed from one that stands beside it.
"""

import argparse
import math

from app.config import ROOT
from tests.bench import growth, report
from tests.bench.figure import Figure
from tests.bench.growth import P99, RATES, WORKERS
from tests.bench.report import Result, number
from tests.bench.timeline import ENGINES

PAGE = ROOT / "docs" / "operations.md"
FIRST, LAST = "<!-- growth -->", "<!-- end of the growth -->"
HEAD = "| | measured | computed from it |\n|---|---|---|"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MANY = 300
"""Actions a second of six thousand people in their block."""
Row = tuple[str, str, str]
BLOCK = "{people} people in their block: {half} actions and {half} pages of a board a second"
ROWS: tuple[Row, ...] = (
    (
        "2,000 people in their block: 100 actions and 100 pages",
        "99 of 100 within: SQLite {over_1} s with one process, {over_2} s with two; {over_wrong} errors and lost (B9)",
        "{over_verdict}",
    ),
    (
        "6,000 people in their block: 300 actions and 300 pages",
        (
            "an action takes {action} ms of a web process on PostgreSQL (B2), Today {today} ms (B4); where 10,000 are"
            " in a database an action takes {grown} times as much as where 100 people are (B13)"
        ),
        "**first to break**: {cores} cores for web processes, the database's own beside them, and more by B13",
    ),
    (
        "SQLite's one writer",
        "an action has it for {turn} ms at most (B1, waiting included)",
        "30 actions a second take {turn_30} % of its time, 300 would take {turn_300} %: PostgreSQL before",
    ),
    (
        "boards",
        (
            "{board} ms for a page, of 10,000 people with 5,000,000 rows (B3); {board_grown} times as long with a"
            " hundred times the rows (B13); a new week writes {rollover} rows (B10)"
        ),
        "nothing: boards hold",
    ),
    (
        "weekly mails",
        "10,000 in {mails} s, with the mail server beside (B11)",
        "600 in {mails_600} s, 6,000 in {mails_6000} s; a server far away adds its answers, several processes share",
    ),
)


def values(whole: Result) -> dict[str, str]:
    """The figures of the whole run that the table tells, and what is computed from them.

    Raises:
        KeyError: one of them was not measured.
    """
    found = report.figures_of(whole)
    action = found["B2", "over HTTP, postgresql, work"].value / 1000
    today = found["B4", "Today, the whole page"].value / 1000
    turn = found["B1", "log an action, waited"].value / 1000
    mails = found["B11", "weekly mails, planned and sent"].value
    return _overload(found) | {
        "action": number(action),
        "today": number(today),
        "grown": number(found["B13", "log an action, 100 times as much of everything"].ratio),
        "cores": str(math.ceil(MANY * (action + today) / 1000)),
        "turn": number(turn),
        "turn_30": f"{30 * turn / 10:.0f}",
        "turn_300": f"{MANY * turn / 10:.0f}",
        "board": number(found["B3", "a week's page of the board, beside Redis' page of another day"].value),
        "board_grown": number(found["B13", "the board of as many people, with a hundred times as many rows"].ratio),
        "rollover": number(found["B10", "statements that write when a week begins"].value),
        "mails": number(mails),
        "mails_600": number(mails * 600 / 10_000),
        "mails_6000": number(mails * 6_000 / 10_000),
    }


def _overload(found: dict[tuple[str, str], Figure]) -> dict[str, str]:
    """What becomes of two hundred requests a second."""
    one, two = (found["B9", f"sqlite, {each}, p99"].value for each in ("1 process", "2 processes"))
    wrong = sum(
        found["B9", f"sqlite, {each}, {what}"].value
        for each in ("1 process", "2 processes")
        for what in ("errors", "actions lost and totals that differ")
    )
    lasting = "**too much** for two cores: who waits, waits longer and longer"
    return {
        "over_1": number(one / 1000),
        "over_2": number(two / 1000),
        "over_wrong": number(wrong),
        "over_verdict": lasting if min(one, two) > P99 else f"holds with {1 if one <= P99 else 2}",
    }


def block(own: Result, rate: int) -> Row:
    """How long all but the slowest hundredth wait at a rate, by engine and processes, and with which it holds."""
    found = report.figures_of(own)
    p99 = {
        (engine, workers): found[growth.ENTRY.id, name_of(rate, engine, workers)]
        for engine in ENGINES
        for workers in WORKERS
    }
    waits = {key: f"{number(figure.value)} ms" for key, figure in p99.items()}
    told = "; ".join(
        f"{NAMES[engine]} {waits[engine, 1]} with one process, {waits[engine, 2]} with two" for engine in ENGINES
    )
    return BLOCK.format(people=RATES[rate], half=rate // 2), f"99 of 100 within: {told}", verdict(p99)


def name_of(rate: int, engine: str, workers: int) -> str:
    return f"{rate} a second, {engine}, {workers} process{'es' if workers > 1 else ''}, p99"


def verdict(p99: dict[tuple[str, int], Figure]) -> str:
    """Where it holds what people are promised: 99 of 100 come within a quarter of a second."""
    good = [f"{NAMES[engine]} with {workers}" for (engine, workers), figure in p99.items() if figure.met]
    if len(good) == len(p99):
        return f"nothing: it holds, each within {P99:.0f} ms"
    return (
        f"holds within {P99:.0f} ms: {', '.join(good)}"
        if good
        else f"**too much** for two cores: none within {P99:.0f} ms"
    )


def table(whole: Result, own: Result) -> str:
    """What was measured, and what is computed from it; the rows of two runs, each with its day."""
    days = (
        f"Measured on {own['machine']['cores']} cores, which client, server and database share: the first rows on"
        f" {own['date']} at {own['commit']}, load {own['load'][0]} before and {own['load'][1]} after; what names"
        f" a B on {whole['date']} at {whole['commit']}, by [the whole run](performance.md)."
    )
    known = values(whole)
    rows = [*(block(own, rate) for rate in RATES), *(tuple(cell.format(**known) for cell in row) for row in ROWS)]
    return "\n".join([days, "", HEAD, *(f"| {' | '.join(row)} |" for row in rows)])


def put(page: str, whole: Result, own: Result) -> str:
    """The page with the table of these results."""
    return report.between(page, FIRST, LAST, table(whole, own))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into the page, instead of printing it")
    writes = parser.parse_args().write
    whole, own = report.newest(), report.newest(growth.RESULTS)
    if whole is None or own is None:
        raise SystemExit("nothing was measured yet: make bench and make bench-growth")
    if writes:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), whole, own), encoding="utf-8")
    else:
        print(table(whole, own))


if __name__ == "__main__":
    main()
