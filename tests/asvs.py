"""What docs/asvs.csv says of every requirement of the standard, counted: `make asvs`."""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).parents[1] / "docs" / "asvs.csv"


class Line(NamedTuple):
    """One requirement; `test` is a test, or a document and its heading where the standard asks for words."""

    id: str
    level: int
    status: str
    test: str
    note: str


def lines() -> list[Line]:
    """The whole list."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return [
            Line(row["id"], int(row["level"]), row["status"], row["test"], row["note"]) for row in csv.DictReader(file)
        ]


def summary(listed: list[Line]) -> list[str]:
    """How many of each level are met, of those that apply; and which are not."""
    counts = Counter((line.level, line.status) for line in listed)
    told = []
    for level in sorted({line.level for line in listed}):
        met, unmet = counts[level, "met"], counts[level, "not met"]
        told.append(f"L{level}: {met} of {met + unmet} met, {counts[level, 'not applicable']} do not apply")
    return told + [f"not met: {line.id}: {line.note}" for line in listed if line.status == "not met"]


if __name__ == "__main__":
    sys.stdout.write("\n".join(summary(lines())) + "\n")
