"""A program in a session of its own, started as people start it: how long until it answers, what it keeps in memory."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, Self

from app.config import ROOT

PATIENCE = 240.0


class Memory(NamedTuple):
    """Megabytes: all that is in memory, what is nobody else's as well (USS), and what stands behind no file.

    Of a mapped database file the pages that were read count among the first two: the system takes them back at need,
    and they grow with the file, not with the process.
    """

    rss: float
    uss: float
    own: float


def status(port: int, path: str) -> int | None:
    """What is answered there; None when nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


class Running:
    """It is ended, with all that it started, when the block is left."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], port: int = 0) -> None:
        if port and status(port, "/") is not None:
            raise SystemExit(f"port {port} is busy")
        self.command, self.port, self.begun = command, port, time.perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def until(self, path: str, wanted: int = 200) -> float:
        """The seconds from its start until this address answers so."""
        return self.until_done(lambda: self._says(path) == wanted)

    def _says(self, path: str) -> int | None:
        found = status(self.port, path)
        if found is not None and found >= HTTPStatus.BAD_REQUEST:
            raise SystemExit(f"{path} answered {found}")
        return found

    def until_done(self, done: Callable[[], bool]) -> float:
        """The seconds from its start until this is so."""
        while not done():
            if self.process.poll() is not None or time.perf_counter() - self.begun > PATIENCE:
                raise SystemExit(f"{self.command[0]} did not begin to answer")
            time.sleep(0.01)
        return time.perf_counter() - self.begun

    def memory(self) -> dict[int, Memory]:
        """Of each of its processes."""
        return {pid: found for pid in session(self.process.pid) if (found := memory(pid))}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def worked(group: int) -> float:
    """Seconds that the processes of a group have worked, threads of theirs that have ended included."""
    seconds = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if os.getpgid(process := int(folder.name)) == group:
                seconds += time.clock_gettime(_clock_of(process))
    return seconds


def _clock_of(process: int) -> int:
    """The number of the clock that tells how long a process has worked: clock_getcpuclockid(3), as Linux makes it."""
    return ~process << 3 | 2


def session(leader: int) -> list[int]:
    """The processes that were started by this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == leader:
                found.append(int(folder.name))
        except ProcessLookupError:
            continue
    return sorted(found)


def memory(pid: int) -> Memory | None:
    """None when it is no more."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except (FileNotFoundError, ProcessLookupError):
        return None
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    uss = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(kilobytes["Rss"] / 1024, uss / 1024, kilobytes["Anonymous"] / 1024)
