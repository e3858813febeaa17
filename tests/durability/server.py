"""The real web process, started as in production, that a test may kill without warning; and a client that retries."""

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from app.config import ROOT, Settings
from tests.ports import held_port, number_of

PATIENCE = 60.0
GRANIAN = (
    "--interface wsgi --host 127.0.0.1 --port {port} --workers {workers} --blocking-threads 2 --no-ws --log-level error"
)


class Listening(Protocol):
    """Whatever answers at a port of this machine."""

    port: int


class Server:
    """granian with the application's settings, in a process group of its own; `close` ends its stem as well."""

    def __init__(
        self, settings: Settings, application: str = "wsgi:app", workers: int = 1, more: str = "", **environment: str
    ) -> None:
        self.application, self.workers, self.more = application, workers, more
        self.environment = (
            os.environ
            | environment
            | {
                "FANFARE_INSTANCE": str(settings.instance),
                "FANFARE_DATABASE_URL": settings.database_url,
                "FANFARE_SECRET_KEY": settings.secret_key,
                "FANFARE_LOG_LEVEL": "error",
            }
        )
        self.door = held_port()
        self.port = number_of(self.door)
        self.group: int | None = None
        self.stem = subprocess.Popen(
            [sys.executable, "-m", "tests.durability.stem"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        assert self.stem.stdin
        assert self.stem.stdout
        self.stem.stdin.write(
            f"{GRANIAN.format(port=self.port, workers=self.workers)} {self.more} {self.application}\n"
        )
        self.stem.stdin.flush()
        self.group = int(self.stem.stdout.readline())
        deadline = time.monotonic() + PATIENCE
        while not self.answers(PATIENCE):
            assert time.monotonic() < deadline, "the web process did not start"
            time.sleep(0.02)

    def answers(self, patience: float = 2.0) -> bool:
        """Within so many seconds: under load it stands in line, and whoever gives up its place begins at the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL to the whole group: no goodbye."""
        if self.group is None:
            return
        os.killpg(self.group, signal.SIGKILL)
        self.group = None
        while self.answers():
            time.sleep(0.005)

    def close(self) -> None:
        self.kill()
        self.stem.kill()
        self.stem.communicate()
        self.door.close()


@dataclass
class Client:
    """A signed-in client that posts a form once and may be left without an answer."""

    port: int
    cookie: str
    token: str

    def post(self, path: str, data: dict[str, object]) -> int | None:
        """The status, or None when the connection broke before the answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        body = urlencode({"csrf_token": self.token, **data}, doseq=True)
        headers = {"Cookie": f"fanfare={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return None
        else:
            return answer.status
        finally:
            connection.close()
