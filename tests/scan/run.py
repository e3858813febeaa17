"""Lets wapiti and sqlmap try a demo of ours as everybody, and detect-secrets look through every file: `make scan`.

Each also tries what has planted faults, which it must find. The whole takes some seventy minutes; `--only` runs a part.
Says what each found, and what its time cut short; a whole run is kept in tests/scan/results. Ends with 1 when ours has
a finding, a planted fault was missed, or a scan proves nothing because it failed or saw too little.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import clock
from tests.bench import machine
from tests.scan import scanners, target
from tests.scan.asked import ALL, DOORS, PEOPLE, PLANTED, VISITOR
from tests.scan.scanners import BUILD, ROOT, TOOLS, Looked, Tried
from tests.scan.secrets import PLANTED as PLANTED_SECRETS
from tests.scan.secrets import Searched, search

RESULTS = Path(__file__).parent / "results"
PARTS = ("wapiti", "sqlmap", "secrets")
FAULTS = ("Reflected Cross Site Scripting", "SQL Injection", "Path Traversal", "Open Redirect")
FEWEST = {VISITOR: len(DOORS)}
SOME = 30
"""Addresses that a scan must have seen: of a visitor few are to be had."""
Part = dict[str, Any]


def main() -> int:
    """The control of each first: a scanner that finds nothing there is no scanner."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=PARTS, help="one of the parts, which is not kept")
    asked.add_argument("--only-control", action="store_true", help="only what has planted faults")
    asked.add_argument("--seconds", type=int, default=360, help="how long wapiti may take as each person")
    asked.add_argument("--each", type=int, default=75, help="how long sqlmap may take for each address, in seconds")
    given = asked.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    began, load, ours = time.perf_counter(), machine.load(), not given.only_control
    tools, parts = scanners.installed(), [given.only] if given.only else list(PARTS)
    if ours and parts != ["secrets"]:
        target.build()
    found: dict[str, Part] = {}
    if "wapiti" in parts:
        found["wapiti"] = looked(tools, given.seconds, ours=ours)
    if "sqlmap" in parts:
        found["sqlmap"] = tried(tools, given.each, ours=ours)
    if "secrets" in parts:
        found["secrets"] = searched(tools)
    minutes = (time.perf_counter() - began) / 60
    faults = [fault for part in found.values() for fault in part["faults"]]
    if ours and not given.only:
        say(f"kept in {keep(found, (load, machine.load()), minutes)}")
    say(*(faults or ["nothing was found in ours, and every planted fault was"]), *cut_short(found))
    return 1 if faults else 0


def looked(tools: Path, seconds: int, *, ours: bool) -> Part:
    """wapiti, as each person."""
    with target.planted() as home:
        control = scanners.wapiti(tools, f"{home}/", "planted", seconds)
    rows = [_looked_as(tools, who, seconds) for who in PEOPLE] if ours else []
    found = set(control.found)
    faults = [*missed(FAULTS, found), *(fault for row in rows for fault in faults_of(row))]
    return _part(FAULTS, found, [asdict(row) for row in rows], faults)


def _looked_as(tools: Path, who: str, seconds: int) -> Looked:
    """As one person, in a demo of their own; who was signed out meanwhile has not seen much."""
    with target.fresh() as demo:
        cookie = "" if who == VISITOR else demo.session(who).partition(" ")[0]
        begin = [each.format(**demo.keys) for each in DOORS] if who == VISITOR else []
        row = scanners.wapiti(tools, f"{demo.home}/", who, seconds, cookie=cookie, begin=begin)
        if cookie and not row.failed and not demo.is_in(who):
            row.failed = "was signed out while it was scanned"
        row.found = {kind: [place.replace(demo.home, "") for place in places] for kind, places in row.found.items()}
    say(f"{who}: {row.addresses} addresses, {len(row.cut)} of {row.ways} ways cut short, {len(row.found)} found")
    return row


def faults_of(row: Looked) -> list[str]:
    """What was found as one person; a scan that failed or saw little proves nothing."""
    told = [f"{kind} at {', '.join(places[:3])}" for kind, places in sorted(row.found.items())]
    if row.failed:
        told.append(f"the scan failed, which proves nothing: {row.failed}")
    elif row.addresses < FEWEST.get(row.who, SOME):
        told.append(f"only {row.addresses} addresses were seen, which proves nothing")
    return [f"{row.who}: {each}" for each in told]


def tried(tools: Path, seconds: int, *, ours: bool) -> Part:
    """sqlmap, with each address, form and door."""
    with target.planted() as home:
        control = [scanners.sqlmap(tools, home, each, seconds, keys={}, session=" planted") for each in PLANTED]
    rows = _tried(tools, seconds) if ours else []
    found = {row.what for row in control if row.injected}
    placed = tuple(each.of for each in PLANTED)
    faults = [*missed(placed, found), *(fault for row in rows for fault in troubles(row))]
    return _part(placed, found, [asdict(row) for row in rows], faults)


def _tried(tools: Path, seconds: int) -> list[Tried]:
    rows = []
    with target.fresh() as demo:
        for each in ALL:
            row = Tried(each.who, each.of, each.names, failed=demo.closed(each))
            if not row.failed:
                session = demo.session(each.who)
                row = scanners.sqlmap(tools, demo.home, each, seconds, keys=demo.keys, session=session)
            came = "injected" if row.injected else row.failed or ("cut short" if row.cut else "nothing")
            say(f"{row.who}: {row.what}: {came}, {row.seconds} s")
            rows.append(row)
    return rows


def troubles(row: Tried) -> list[str]:
    """What was found at one address; one that was not really tried proves nothing."""
    told = [f"injection by one of {row.names}"] if row.injected else []
    told += [f"{row.broke} answers were errors"] if row.broke else []
    told += [f"it proves nothing: {row.failed}"] if row.failed else []
    return [f"{row.who}: {row.what}: {each}" for each in told]


def searched(tools: Path) -> Part:
    """detect-secrets, through every file."""
    found: Searched = search(tools / "detect-secrets", ROOT, BUILD)
    say(f"{found.files} files: {len(found.found)} secrets not explained, {found.explained} explained")
    faults = [*missed(sorted(PLANTED_SECRETS), set(found.planted)), *(f"secret? {each}" for each in found.found)]
    return _part(tuple(sorted(PLANTED_SECRETS)), set(found.planted), [asdict(found)], faults)


def missed(placed: Sequence[str], found: set[str]) -> list[str]:
    return [f"planted and missed: {kind}" for kind in placed if kind not in found]


def _part(placed: Sequence[str], found: set[str], rows: list[Part], faults: list[str]) -> Part:
    planted = {"placed": list(placed), "found": [kind for kind in placed if kind in found]}
    say(f"planted: {len(planted['found'])} of {len(placed)} found")
    return {"planted": planted, "rows": rows, "faults": faults}


def cut_short(found: Mapping[str, Part]) -> list[str]:
    """What its time cut short is not whole: nothing is known of what was left, and that is said."""
    rows = [row for part in ("wapiti", "sqlmap") for row in found.get(part, {}).get("rows", [])]
    ways = sum(len(row["cut"]) for row in rows if "ways" in row)
    looking = sum(row["looking_cut"] for row in rows if "ways" in row)
    places = sum(row["cut"] for row in rows if "ways" not in row)
    if not ways + looking + places:
        return []
    return [f"not whole: {ways} ways of attack, {looking} looks for addresses and {places} addresses were cut short"]


def keep(found: Mapping[str, Part], loads: tuple[float, float], minutes: float) -> Path:
    """A whole run, by its day."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{clock.now():%Y-%m-%d}.json"
    facts = {"at": clock.now().isoformat(), "commit": machine.commit(), "machine": machine.machine()}
    run = {"load": list(loads), "minutes": round(minutes, 1), "tools": TOOLS, "not_whole": cut_short(found)}
    path.write_text(json.dumps({**facts, **run, **found}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path.relative_to(ROOT)


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
