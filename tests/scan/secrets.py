"""What looks like a secret in a file that is kept: each is explained here, or a finding."""

import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from secrets import choice, token_hex
from string import ascii_uppercase

from app.domain.agency import recovery_code

EXPLAINED = {
    r"requirements(-\w+)?\.txt": "hashes of the parts that are locked",
    r"tests/.*": "made up for tests; no installation has them",
    r"app/demo/.*": "the demo's own password, which every copy has and which opens nothing else",
    r"migrations/versions/.*": "names of revisions",
    r"app/static/js/vendor/.*": "a script of others, as it is published",
    r"docs/.*": "examples in documents",
}
"""Files in which something looks like a secret and is none, and why."""
HARMLESS = {sha1(recovery_code.LETTERS.encode()).hexdigest(): "the letters of which codes on paper are made"}
"""What looks like a secret wherever it stands and is none, by the hash that the tool tells of it, and why."""
BY_NAME = frozenset({"Secret Keyword"})
"""What is suspected only because of the name beside it; `ruff` (S105 to S107) looks at each of these in our code."""
PLANTED = frozenset({"AWS Access Key", "Private Key", "Hex High Entropy String"})


@dataclass
class Searched:
    """How many files were looked through, how many suspicions are explained, and those that are not."""

    files: int = 0
    explained: int = 0
    found: list[str] = field(default_factory=list)
    planted: list[str] = field(default_factory=list)


def search(tool: Path, root: Path, build: Path) -> Searched:
    """Every file that is kept, and beside them one with secrets, which must be found out."""
    files = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split()
    searched = Searched(len(files), planted=sorted(PLANTED & _planted(tool, build)))
    for path, suspicions in _suspected(tool, root, files).items():
        for one in suspicions:
            if is_explained(path, one["type"], one["hashed_secret"]):
                searched.explained += 1
            else:
                searched.found.append(f"{path}:{one['line_number']} {one['type']}")
    return searched


def is_explained(path: str, kind: str = "", hashed: str = "") -> bool:
    return kind in BY_NAME or hashed in HARMLESS or any(re.fullmatch(each, path) for each in EXPLAINED)


def _planted(tool: Path, build: Path) -> set[str]:
    """The kinds that are found in a file with a secret of each, made up each time."""
    access = "AKIA" + "".join(choice(ascii_uppercase) for _ in range(16))
    lines = [f'access = "{access}"', f'mark = "{token_hex(20)}"', f"# -----BEGIN {'RSA PRIVATE'} KEY-----"]
    (build / "planted_secrets.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = _suspected(tool, build, ["planted_secrets.py"])
    return {one["type"] for suspicions in found.values() for one in suspicions}


def _suspected(tool: Path, folder: Path, files: Sequence[str]) -> dict[str, list[dict[str, str]]]:
    """By file; nobody elsewhere is asked whether a secret works."""
    command = [str(tool), "scan", "--all-files", "--no-verify", *files]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    found: dict[str, list[dict[str, str]]] = json.loads(told)["results"]
    return found
