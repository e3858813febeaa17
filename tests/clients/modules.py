"""The official clients for Node and for browsers, as npm has them, in a folder of build/ that is filled once."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.config import ROOT

NPM = Path(__file__).parent / "npm"
BUILD = ROOT / "build" / "clients"
LOCKED = ("package.json", "package-lock.json")


def installed() -> Path:
    """The folder with the clients and our scripts that use them; without npm the test is skipped, but not in CI."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node and npm are not installed, and CI must test with the official clients")
        pytest.skip("node and npm are not installed")
    mark = hashlib.sha256(b"".join((NPM / name).read_bytes() for name in LOCKED)).hexdigest()[:12]
    folder = BUILD / mark
    folder.mkdir(parents=True, exist_ok=True)
    with (BUILD / f"{mark}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _install(npm, folder)
        for script in NPM.glob("*.mjs"):
            shutil.copy(script, folder)
    return folder


def _install(npm: str, folder: Path) -> None:
    for name in LOCKED:
        shutil.copy(NPM / name, folder)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"npm ci: {done.stderr}")
    (folder / "complete").touch()
