"""A throwaway PostgreSQL cluster for the tests, started from the installed binaries and removed again."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that must be free before the tests' databases live in memory."""
OPTIONS = "-c listen_addresses='' -c max_connections=60"
SCRATCH = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""For what need not be there any more after a power cut, nor after PostgreSQL was stopped without a goodbye."""


def binaries() -> Path | None:
    """The folder that holds initdb and pg_ctl, or None when PostgreSQL is not installed."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def cluster(
    *, tended: bool = True, durable: bool = False, operator: str = "fanfare", options: str = ""
) -> Iterator[str]:
    """Run a cluster on a unix socket in a temporary folder; yields the address of its maintenance database.

    `tended` False: autovacuum does not come by, which would hold a table for a moment in the middle of a test.
    `durable`: what is committed outlives whatever happens, as in production. `operator`: whose every right is.
    """
    found = binaries()
    assert found is not None
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="fanfare-pg-", dir=None if tended else _in_memory()))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    options = f"{OPTIONS} {'' if durable else SCRATCH} -c autovacuum={'on' if tended else 'off'} {options}"
    try:
        _run(user, found / "initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-locale", "-U", operator, "-N")
        _run(
            user,
            found / "pg_ctl",
            "-D",
            data,
            "-w",
            "-o",
            f"{options} -c unix_socket_directories={folder}",
            "-l",
            folder / "log",
            "start",
        )
        yield f"postgresql+psycopg://{operator}@/postgres?host={folder}"
    finally:
        subprocess.run(
            [found / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user=user, capture_output=True, check=False
        )
        shutil.rmtree(folder, ignore_errors=True)


def restart(url: str, how: str) -> None:
    """Stop the cluster at an address, `fast` (all are sent away) or `immediate` (no goodbye), and start it again."""
    found, folder = binaries(), Path(str(make_url(url).query["host"]))
    assert found is not None
    user = "postgres" if os.geteuid() == 0 else None
    _run(user, found / "pg_ctl", "-D", folder / "data", "-w", "-m", how, "-l", folder / "log", "restart")


def _in_memory() -> Path | None:
    """A folder in memory with room for a cluster, or None."""
    fits = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if fits else None


def _run(user: str | None, *command: str | Path) -> None:
    subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
