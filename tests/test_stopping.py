"""SIGTERM to the web process, started as the Procfile says: requests in flight end, one that hangs ends with it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from app.config import ROOT

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


@contextmanager
def serving(**options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(command(port, **options), cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    try:
        deadline = time.monotonic() + 60
        while get(port, 0) != b"done":
            assert time.monotonic() < deadline, "the web process did not start"
            time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.wait(60)


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


def test_requests_in_flight_are_answered() -> None:
    with serving() as (process, port), ThreadPoolExecutor(2) as clients:
        waiting = [clients.submit(get, port, 2) for _ in range(2)]
        time.sleep(0.7)
        process.send_signal(signal.SIGTERM)
        assert [one.result() for one in waiting] == [b"done", b"done"]
        assert process.wait(30) == 0
        assert get(port, 0) is None


def test_a_request_that_hangs_holds_nothing_up() -> None:
    with serving(workers_kill_timeout="2") as (process, port), ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(get, port, 45)
        time.sleep(0.7)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(40)
        assert 1 < time.monotonic() - began < 20
        assert waiting.result() is None


def test_killed_it_answers_nobody() -> None:
    """The control: without a goodbye the client gets nothing."""
    with serving() as (process, port), ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(get, port, 2)
        time.sleep(0.7)
        subprocess.run(["pkill", "-9", "-P", str(process.pid)], check=True)
        process.kill()
        assert waiting.result() is None
