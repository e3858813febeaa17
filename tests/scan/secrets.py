"""What looks like a secret in a file that is kept: each is explained here, or a finding."""

import json
import re
import subprocess
from pathlib import Path

EXPLAINED = {
    r"requirements(-dev|-postgres)?\.txt": "hashes of the parts that are locked",
    r"tests/.*": "made up for tests; no installation has them",
    r"app/demo/.*": "the demo's own password, which every copy has and which opens nothing else",
    r"migrations/versions/.*": "names of revisions",
    r"app/static/js/vendor/.*": "a script of others, as it is published",
    r"docs/.*": "examples in documents",
}
"""Files in which something looks like a secret and is none, and why."""
BY_NAME = frozenset({"Secret Keyword"})
"""What is suspected only because of the name beside it; `ruff` (S105 to S107) looks at each of these in our code."""


def unexplained(tool: Path, root: Path) -> list[str]:
    """The suspicions that nobody explained."""
    files = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=True).stdout.split()
    scan = subprocess.run(
        [str(tool), "scan", "--all-files", *files], cwd=root, capture_output=True, text=True, check=True
    )
    found = json.loads(scan.stdout)["results"]
    return [
        f"secret? {path}:{one['line_number']} {one['type']}"
        for path, suspicions in found.items()
        if not any(re.fullmatch(each, path) for each in EXPLAINED)
        for one in suspicions
        if one["type"] not in BY_NAME
    ]
