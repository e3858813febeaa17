"""How quickly Fanfare begins to answer and what it keeps in memory, beside a web process that says hello: B12."""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from app.config import ROOT
from tests.bench.figure import PARTS, Figure, Skipped
from tests.bench.kept import FILE, demo
from tests.bench.running import Running
from tests.conftest import KEY
from tests.ports import free_port

MOST_MB, MOST_SECONDS = 160, 2.0
SIGN_IN = "/account/sign-in"
OURS, HELLO = ("wsgi:app", SIGN_IN), ("tests.bench.hello:app", "/")
GRANIAN = "--interface wsgi --host 127.0.0.1 --workers 1 --blocking-threads 2 --workers-kill-timeout 20 --no-ws"
REST = 1.0
"""Seconds after the first page; then it is idle."""
AS_THE_UNITS = {"MALLOC_ARENA_MAX": "2"}
"""What the units of docs/deploy say to the C library."""


def settings(folder: Path) -> dict[str, str]:
    """The environment of an installation in this folder."""
    return AS_THE_UNITS | {"FANFARE_INSTANCE": str(folder), "FANFARE_SECRET_KEY": KEY, "FANFARE_LOG_LEVEL": "error"}


def web(application: str, folder: Path) -> Running:
    """granian as in production."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), *GRANIAN.split(), "--port", str(port), application]
    return Running(command, settings(folder), port)


def begun(application: str, page: str, folder: Path) -> tuple[float, float]:
    """Seconds from a new process to its first page, and megabytes of all its processes when it rests."""
    with web(application, folder) as running:
        seconds = running.until(page)
        time.sleep(REST)
        return seconds, sum(each.uss for each in running.memory().values())


def made_to_run(folder: Path) -> float:
    """Seconds from `make run` to the first page, where everything is installed and the database is there."""
    port = free_port()
    environment = settings(folder) | {"FANFARE_PORT": str(port)}
    with Running(["make", "run", f"FANFARE_PORT={port}"], environment, port) as running:
        return running.until(SIGN_IN)


def b12(quick: bool) -> list[Figure]:
    """Both by turns, then the whole door."""
    rounds = 2 if quick else PARTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(demo() / FILE, folder)
        ours, hello = [], []
        for _ in range(rounds):
            ours.append(begun(*OURS, folder))
            hello.append(begun(*HELLO, folder))
        found = [*_web(ours, hello)]
        installs()
        doors = [made_to_run(folder) for _ in range(rounds)]
    name = "make run to the first page, installed before"
    return [*found, Figure(name, "s", statistics.median(doors), target=MOST_SECONDS, rounds=tuple(doors))]


def _web(ours: Sequence[tuple[float, float]], hello: Sequence[tuple[float, float]]) -> list[Figure]:
    (seconds, megabytes), (least, least_mb) = (tuple(zip(*each, strict=True)) for each in (ours, hello))
    print(f"ours {seconds} s, {megabytes} MB; hello {least} s, {least_mb} MB")
    middle = statistics.median
    return [
        Figure("web process idle, USS", "MB", middle(megabytes), middle(least_mb), MOST_MB, rounds=megabytes),
        Figure("cold start to the first page", "s", middle(seconds), middle(least), MOST_SECONDS, rounds=seconds),
    ]


def installs() -> None:
    """`make run` installs what is missing: then it would be measured how quick a network is.

    Raises:
        Skipped: it would, or there is no make.
    """
    if shutil.which("make") is None:
        raise Skipped("make is not installed")
    planned = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if "pip install" in planned:
        raise Skipped("the requirements are not installed as they are locked (make setup)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds")
    found = b12(parser.parse_args().quick)
    for each in found:
        print(f"{each.name}: {each.value:.2f} {each.unit}, floor {each.floor}, asked {each.target}")
    raise SystemExit(not all(each.met for each in found))


if __name__ == "__main__":
    main()
