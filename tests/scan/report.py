"""The table of docs/security.md, from the newest scan: `python -m tests.scan.report`; --write puts it there."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.config import ROOT
from tests.scan.asked import FORMS, PAGES, SOFTWARES, Asked
from tests.scan.run import RESULTS

PAGE = ROOT / "docs" / "security.md"
FIRST, LAST = "<!-- scanned -->", "<!-- end of what was scanned -->"
NOTHING = "Nothing was scanned yet."
TITLES = ("by", "what", "tried", "cut short", "found", "planted and found")
HEADING = f"| {' | '.join(TITLES)} |\n|{'---|' * len(TITLES)}"
GROUPS: dict[str, Sequence[Asked]] = {"pages": PAGES, "forms": FORMS, "doors of software": SOFTWARES}
Result = dict[str, Any]


def newest(folder: Path = RESULTS) -> Result | None:
    """The result of the latest day."""
    found = sorted(folder.glob("*.json"))
    return json.loads(found[-1].read_text(encoding="utf-8")) if found else None


def table(result: Result) -> str:
    rows = [*_of_wapiti(result), *_of_sqlmap(result), _of_secrets(result)]
    return "\n".join([scanned_on(result), "", HEADING, *(f"| {' | '.join(row)} |" for row in rows)])


def scanned_on(result: Result) -> str:
    """When, which code and for how long; what was not whole is said."""
    told = [f"Scanned on {result['at'][:10]} at {result['commit']}, in {result['minutes']:.0f} minutes."]
    return " ".join([*told, *(f"{each[:1].upper()}{each[1:]}." for each in result["not_whole"])])


def _of_wapiti(result: Result) -> list[tuple[str, ...]]:
    part, name = result["wapiti"], f"wapiti {result['tools']['wapiti3']}"
    return [
        (
            name,
            f"as {row['who']}",
            f"{row['addresses']} addresses, {row['ways']} ways",
            f"{len(row['cut'])} ways{', and looking' if row['looking_cut'] else ''}",
            row["failed"] or _told(list(row["found"])),
            _planted(part),
        )
        for row in part["rows"]
    ]


def _of_sqlmap(result: Result) -> list[tuple[str, ...]]:
    part, name = result["sqlmap"], f"sqlmap {result['tools']['sqlmap']}"
    return [_group(part, name, group, {(each.who, each.of) for each in asked}) for group, asked in GROUPS.items()]


def _group(part: Result, name: str, group: str, asked: set[tuple[str, str]]) -> tuple[str, ...]:
    rows = [row for row in part["rows"] if (row["who"], row["what"]) in asked]
    names = sum(len(row["names"].split(",")) for row in rows)
    found = [row["what"] for row in rows if row["injected"] or row["broke"] or row["failed"]]
    tried = f"{len(rows)} addresses, {names} names"
    return name, group, tried, str(sum(row["cut"] for row in rows)), _told(found), _planted(part)


def _of_secrets(result: Result) -> tuple[str, ...]:
    part, name = result["secrets"], f"detect-secrets {result['tools']['detect-secrets']}"
    (row,) = part["rows"]
    tried = f"{row['files']:,} files, {row['explained']:,} suspicions explained"
    return name, "every file that is kept", tried, "", _told(row["found"]), _planted(part)


def _told(found: Sequence[str]) -> str:
    return f"**{', '.join(found)}**" if found else "nothing"


def _planted(part: Result) -> str:
    return f"{len(part['planted']['found'])} of {len(part['planted']['placed'])}"


def put(page: str, result: Result) -> str:
    """The page with the table of this result."""
    before, rest = page.split(FIRST)
    return f"{before}{FIRST}\n{table(result)}\n{LAST}{rest.split(LAST)[1]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into the page, instead of printing it")
    asked, result = parser.parse_args(), newest()
    if result is None:
        raise SystemExit("nothing was scanned yet: make scan")
    if asked.write:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8")
    else:
        print(table(result))


if __name__ == "__main__":
    main()
