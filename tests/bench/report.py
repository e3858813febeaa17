"""The table of docs/performance.md, from the newest result: `python -m tests.bench.report`; --write puts it there."""

import argparse
from pathlib import Path
from typing import Any

import orjson

from app.config import ROOT
from tests.bench.figure import Figure

RESULTS = Path(__file__).parent / "results"
PAGE = ROOT / "docs" / "performance.md"
FIRST, LAST = "<!-- figures -->", "<!-- end of the figures -->"
TITLES = ("", "what", "figure", "floor", "times", "asked", "")
NOTHING = "Nothing was measured yet."
HEADING = f"| {' | '.join(TITLES)} |\n|{'---|' * len(TITLES)}"
Result = dict[str, Any]


def newest(folder: Path = RESULTS) -> Result | None:
    """The result of the latest day."""
    found = sorted(folder.glob("*.json"))
    return orjson.loads(found[-1].read_bytes()) if found else None


def figures_of(result: Result) -> dict[tuple[str, str], Figure]:
    """By entry and name."""
    return {
        (entry["id"], said["name"]): Figure.of_record(said) for entry in result["entries"] for said in entry["figures"]
    }


def number(value: float | None) -> str:
    """As many digits as can be trusted."""
    if value is None:
        return ""
    size = abs(value)
    return f"{value:,.0f}" if size >= 100 or value == int(value) else f"{value:.1f}" if size >= 10 else f"{value:.3g}"


def asked(figure: Figure) -> str:
    if figure.target is None:
        return ""
    sign = "≥" if figure.at_least else "≤"
    return f"{sign} {number(figure.target)}{' times' if figure.of == 'ratio' else ''}"


def line(entry_id: str, figure: Figure) -> str:
    said = "" if figure.target is None else "met" if figure.met else "**missed**"
    value, floor = f"{number(figure.value)} {figure.unit}".strip(), number(figure.floor)
    return f"| {entry_id} | {figure.name} | {value} | {floor} | {number(figure.ratio)} | {asked(figure)} | {said} |"


def lines_of(entry: dict[str, Any]) -> list[str]:
    """The rows of an entry; one that has no figures says why."""
    found = [line(entry["id"], Figure.of_record(each)) for each in entry["figures"]]
    if why := entry["skipped"] or entry["failed"]:
        kind = "not measured" if entry["skipped"] else "failed"
        found.append(f"| {entry['id']} | {entry['what']}: {kind}, {why} | | | | | |")
    return found


def measured_on(result: Result) -> str:
    """Where and when, in a sentence."""
    facts, (before, after) = result["machine"], result["load"]
    return (
        f"Measured on {result['date']} at {result['commit']}, in {result['seconds'] // 60} minutes: "
        f"{facts['processor']}, {facts['cores']} cores, {facts['memory_mb'] // 1024} GB, Python {facts['python']}; "
        f"load {before} before and {after} after."
    )


def table(result: Result) -> str:
    rows = [row for entry in result["entries"] for row in lines_of(entry)]
    return "\n".join([measured_on(result), "", HEADING, *rows])


def put(page: str, result: Result) -> str:
    """The page with the table of this result."""
    return between(page, FIRST, LAST, table(result))


def between(page: str, first: str, last: str, told: str) -> str:
    """The page with this between two marks of its, in place of what stood there."""
    before, rest = page.split(first)
    return f"{before}{first}\n{told}\n{last}{rest.split(last)[1]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into the page, instead of printing it")
    result = newest()
    if result is None:
        raise SystemExit("nothing was measured yet: make bench")
    if parser.parse_args().write:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8")
    else:
        print(table(result))


if __name__ == "__main__":
    main()
