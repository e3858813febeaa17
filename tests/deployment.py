"""What docs/deploy says, for tests that start the same on this machine."""

import subprocess
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped] # its types would be one more dependency

from app.config import ROOT

DEPLOY = ROOT / "docs" / "deploy"
CERTIFY = DEPLOY / "service-certificates.sh"
MOUNTED = "/certificates/"
"""Where the database and Fanfare find theirs, each in its container."""


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def certify(folder: Path, *options: str) -> Path:
    """The certificates of the containers, made or renewed in a folder."""
    made = subprocess.run([CERTIFY, *options, folder], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return folder
