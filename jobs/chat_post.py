"""The post for chats: starts the process that hands messages over, and ends it when one keeps it for too long."""

import json
import selectors
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from app.domain.notices.chat_target import ChatTarget, Failure

LONGEST = 5.0
TO_START = 20.0
"""Seconds for one message from beginning to end, and until the process can take one."""
ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "jobs.chat_line")


class NotTaken(Exception):  # noqa: N818 - what the chat did, not a fault of ours
    """The chat did not take the message."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class Ended(RuntimeError):  # noqa: N818 - it says what became of it
    """The process that hands messages over did not start, or ended: that is a fault of ours."""


class ChatPost:
    """A way to chats; as a context it ends with its process, which gets nothing of our environment."""

    def __init__(self, program: Sequence[str] = PROGRAM) -> None:
        self.program = program
        self.line: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def send(self, target: ChatTarget, title: str, body: str) -> None:
        """Hand one message over.

        Raises:
            NotTaken: the chat refused it, is not there, or kept silent for too long.
        """
        line = self.line or self._started()
        asked = {"service": target.service, "url": target.secret_url, "title": title, "body": body}
        if line.stdin is not None:
            line.stdin.write(f"{json.dumps(asked)}\n")
        answer = self._read(line, LONGEST)
        if answer is None:
            raise NotTaken(Failure.SILENT)
        if answer:
            raise NotTaken(Failure(answer))

    def _started(self) -> subprocess.Popen[str]:
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        self.line = line = subprocess.Popen(  # noqa: S603 - our own program
            self.program, stdin=pipe, stdout=pipe, stderr=nothing, text=True, bufsize=1, cwd=ROOT, env={}
        )
        if self._read(line, TO_START) is None:
            raise Ended
        return line

    def _read(self, line: subprocess.Popen[str], seconds: float) -> str | None:
        """What it answers; None when it took too long, with which it ends."""
        with selectors.DefaultSelector() as waiting:
            if line.stdout is None or not waiting.register(line.stdout, selectors.EVENT_READ):
                raise Ended
            said = line.stdout.readline() if waiting.select(seconds) else None
        if said:
            return said.strip()
        self._end()
        if said is None:
            return None
        raise Ended

    def _end(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            line.kill()
            with suppress(OSError), line:
                pass
