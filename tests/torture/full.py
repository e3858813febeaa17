"""The disk is full under eight clients, and then has room again: `make torture-full`.

The database lies on a small file system of its own where that may be mounted; elsewhere no file of the web process may
grow. Whoever sends a form is told that it was not saved, with what they entered; pages are read as before; when there
is room the same process saves again. Nothing that was acknowledged is lost, and SQLite finds its file whole. The
control tells what clients would be told who are not told so: every form is taken for saved, and most are lost.
"""

import ctypes
import http.client
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app.db import db
from tests.conftest import make_app
from tests.durability.server import Client, Server
from tests.durability.test_kill import found, traffic
from tests.torture import reconcile
from tests.torture.ground import PATIENCE, chosen, conclude
from tests.torture.restarts import Patient

MEGABYTE = 1024 * 1024
SIZE = 64 * MEGABYTE
PIECE = bytes(64 * 1024)
"""By what the disk fills up."""
ROOM = MEGABYTE // 2
"""What a file may still grow by where there is no disk of our own."""
BEGINS_ANEW = 4 * MEGABYTE
"""SQLite's log grows no further than this thousand pages: what lies beyond is never full."""
FLOW, TOLD, MOST = 10, 20, 600
"""So many are acknowledged before the disk fills up; so many told, or answered at most, until there is room again."""
PAGES = ("/", "/board", "/candidates", "/health/live")
NO_LIMIT = resource.RLIM_INFINITY
"""How many bytes a file may have."""


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A file system of some megabytes, where one may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="fanfare-full-"))
    libc = ctypes.CDLL(None, use_errno=True)
    mounted = libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={SIZE}".encode()) == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            libc.umount2(os.fsencode(folder), 2)
        shutil.rmtree(folder, ignore_errors=True)


class Disk:
    """It can be filled up and emptied."""

    def __init__(self, folder: Path, server: Server, *, mounted: bool) -> None:
        self.folder, self.server, self.mounted = folder, server, mounted

    def fill(self) -> None:
        if self.mounted:
            with suppress(OSError), (self.folder / "ballast").open("wb", buffering=0) as file:
                while True:
                    file.write(PIECE)
        else:
            log = self.folder / "fanfare.sqlite-wal"
            self.limit(min((log.stat().st_size if log.exists() else 0), BEGINS_ANEW - 2 * ROOM) + ROOM)

    def empty(self) -> None:
        if self.mounted:
            (self.folder / "ballast").unlink()
        else:
            self.limit(NO_LIMIT)

    def limit(self, size: int) -> None:
        """For all processes of the server."""
        assert self.server.group is not None
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--sid", str(self.server.group)], capture_output=True, text=True, check=True
        )
        for process in listed.stdout.split():
            resource.prlimit(int(process), resource.RLIMIT_FSIZE, (size, NO_LIMIT))


def storm(run: Patient, disk: Disk, times: int) -> list[str]:
    """Full and empty again, so many times; what the pages said meanwhile."""
    wrong = []
    with run.at_work():
        for _ in range(times):
            run.flow(FLOW)
            disk.fill()
            _until_told(run)
            wrong += [fault for path in PAGES for fault in look(run.clients[0], path)]
            disk.empty()
        run.flow(FLOW)
    return wrong


def _until_told(run: Patient) -> None:
    """It takes a while: what SQLite's log and file have is written over first, and only then must one of them grow."""
    told, answered = run.told["503"] + TOLD, sum(run.told.values()) + MOST
    deadline = time.monotonic() + PATIENCE
    while run.told["503"] < told and sum(run.told.values()) < answered:
        assert time.monotonic() < deadline, "nobody is answered any more"
        time.sleep(0.01)


def look(client: Client, path: str) -> list[str]:
    """A page as it is read while nothing can be saved."""
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Cookie": f"fanfare={client.cookie}"})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    return [] if answer.status == 200 else [f"{path}: {answer.status} while the disk is full"]


def faults(app: Flask, run: Patient) -> Iterator[str]:
    yield from run.wrong
    after = found(app, run)
    if after.lost or after.doubled:
        yield f"{after.lost} lost, {after.doubled} doubled"
    with app.app_context():
        whole = db.session.execute(text("PRAGMA integrity_check")).scalar()
        db.session.remove()
    if whole != "ok":
        yield f"integrity check: {whole}"


def attack(folder: Path, times: int, *, mounted: bool, control: bool = False) -> tuple[Patient, list[str]]:
    app = make_app(folder, sqlite_synchronous="FULL")
    with app.app_context():
        upgrade()
    server = Server(app.config["SETTINGS"], "tests.torture.careless:app" if control else "wsgi:app")
    made = traffic(app, server, same_key=True)
    run = Patient(app, server, made.clients, made.candidates, same_key=True)
    try:
        server.start()
        wrong = storm(run, Disk(folder, server, mounted=mounted), times)
    finally:
        server.close()
    wrong += [*faults(app, run), *reconcile.differences(app)]
    if not (control or run.told["503"]):
        wrong.append("nobody was told that the disk is full")
    with app.app_context():
        db.engine.dispose()
    return run, wrong


def main() -> None:
    options = chosen(__doc__, times=4)
    with small_disk() as disk, tempfile.TemporaryDirectory() as folder:
        where = disk or Path(folder)
        run, wrong = attack(where, options.times, mounted=disk is not None, control=options.control)
    if options.control:
        wrong = [each for each in wrong if "lost" in each]
    kind = "a file system of its own" if disk else "files that may not grow"
    told = f"{options.times} times full ({kind}), answers {dict(run.told)}"
    conclude(len(run.acknowledged), wrong, control=options.control, told=told)


if __name__ == "__main__":
    main()
