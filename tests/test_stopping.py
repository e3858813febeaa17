"""SIGTERM to the web process, started as the Procfile says: requests in flight end, one that hangs ends with it."""

import http.client
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.config import ROOT
from tests.ports import held_port, number_of

OURS = "wsgi:app"


def command(port: int, **options: str) -> list[str]:
    """The line of the Procfile, with slow pages in place of ours."""
    line = next(each for each in (ROOT / "Procfile").read_text().splitlines() if each.startswith("web: "))
    line = line.removeprefix("web: ").replace("${FANFARE_PORT:-8000}", str(port))
    line = line.replace("${FANFARE_HOST:-127.0.0.1}", "127.0.0.1").replace(OURS, "tests.slow_pages:app")
    for name, value in options.items():
        line, found = re.subn(rf"--{name.replace('_', '-')} \S+", f"--{name.replace('_', '-')} {value}", line)
        assert found == 1
    return line.split()


@dataclass
class Served:
    """The web process, and the folder in which each page that begins leaves a file."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path

    def until_begun(self, pages: int) -> None:
        until(lambda: len(list(self.folder.iterdir())) >= pages, "the pages did not begin")


@contextmanager
def serving(folder: Path, **options: str) -> Iterator[Served]:
    """It has a process group of its own, which ends with the block whatever happens in it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SLOW_PAGES_FOLDER": str(folder)}
    with held_port() as door:
        port = number_of(door)
        process = subprocess.Popen(command(port, **options), cwd=ROOT, env=environment, start_new_session=True)
        try:
            until(lambda: get(port, 0) == b"done", "the web process did not start")
            for page in folder.iterdir():
                page.unlink()
            yield Served(process, port, folder)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(60)


def until(happened: Callable[[], bool], fault: str) -> None:
    deadline = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < deadline, fault
        time.sleep(0.05)


def get(port: int, seconds: float) -> bytes | None:
    """The whole answer, or None when there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", f"/{seconds}")
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def test_requests_in_flight_are_answered(tmp_path: Path) -> None:
    with serving(tmp_path) as ours, ThreadPoolExecutor(2) as clients:
        waiting = [clients.submit(get, ours.port, 3) for _ in range(2)]
        ours.until_begun(2)
        ours.process.send_signal(signal.SIGTERM)
        assert [one.result() for one in waiting] == [b"done", b"done"]
        assert ours.process.wait(30) == 0
        assert get(ours.port, 0) is None


def test_a_request_that_hangs_holds_nothing_up(tmp_path: Path) -> None:
    with serving(tmp_path, workers_kill_timeout="2") as ours, ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(get, ours.port, 45)
        ours.until_begun(1)
        began = time.monotonic()
        ours.process.send_signal(signal.SIGTERM)
        ours.process.wait(40)
        assert 1 < time.monotonic() - began < 20
        assert waiting.result() is None


def test_killed_it_answers_nobody(tmp_path: Path) -> None:
    """The control: without a goodbye the client gets nothing."""
    with serving(tmp_path) as ours, ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(get, ours.port, 3)
        ours.until_begun(1)
        os.killpg(ours.process.pid, signal.SIGKILL)
        assert waiting.result() is None
