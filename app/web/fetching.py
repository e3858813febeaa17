"""Asking another server over HTTP within bounds: a time for all of it, so much of an answer, and nobody is followed."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection, HTTPException
from io import BufferedReader, RawIOBase
from threading import Thread
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

LARGEST = 65_536
LONGEST = 5.0
"""Bytes of an answer that are read, and seconds from the name to the last of them."""
PORTS = {"https": 443, "http": 80}
Found = tuple[Any, Any, int, str, tuple[Any, ...]]
Resolve = Callable[..., list[Found]]


class Trouble(StrEnum):
    """Why there is no answer."""

    UNKNOWN = "unknown"
    SILENT = "silent"
    UNTRUSTED = "untrusted"
    AWAY = "away"


class NoAnswer(Exception):  # noqa: N818 - what the other server did, not a fault of ours
    """The other server did not answer in time, or cannot be spoken with."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; with a `body` it is a POST, unless another `method` is named."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is no longer than what is read of it; a redirect is an answer like any other, to `location`.

    Not `whole`: whoever answered went away in the middle of it.
    """

    status: int
    body: bytes
    location: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Bounds:
    """`resolve` finds the addresses of a host, once: to these and no others is connected."""

    resolve: Resolve = socket.getaddrinfo
    trusted: ssl.SSLContext | None = None
    seconds: float = LONGEST
    largest: int = LARGEST


class _Within:
    """A connection that is left when the time is over, however little of it each byte takes."""

    def __init__(self, until: float) -> None:
        self.until = until
        self.socket = socket.socket()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.socket.close()

    def left(self) -> float:
        seconds = self.until - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def connect(self, found: list[Found]) -> None:
        """To the first of the addresses at which somebody is."""
        for at, (family, kind, protocol, _, address) in enumerate(found, 1):
            self.socket.close()
            self.socket = socket.socket(family, kind, protocol)
            self.socket.settimeout(self.left())
            try:
                return self.socket.connect(address)
            except OSError:
                if at == len(found):
                    raise
        raise socket.gaierror

    def guard(self, context: ssl.SSLContext, host: str) -> None:
        """Go on in TLS with whoever proves to be the host."""
        self.socket.settimeout(self.left())
        self.socket = context.wrap_socket(self.socket, server_hostname=host)

    def sendall(self, data: bytes) -> None:
        self.socket.settimeout(self.left())
        self.socket.sendall(data)

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(_Reader(self))

    def close(self) -> None:
        """It is closed at the end, by whoever opened it: the answer is read after the question is done with."""


class _Reader(RawIOBase):
    def __init__(self, within: _Within) -> None:
        self.within = within

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - as the library has it
        self.within.socket.settimeout(self.within.left())
        return self.within.socket.recv_into(buffer)


def ask(question: Question, bounds: Bounds) -> Answer:
    """Put a question to the host in its address, which the caller has looked at.

    Raises:
        NoAnswer: nobody is there, or whoever is cannot prove it or takes too long; its cause says more.
    """
    with _told(), _Within(monotonic() + bounds.seconds) as within:
        parts = urlsplit(question.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        within.connect(_addresses(host, port, bounds.resolve, within))
        if parts.scheme == "https":
            within.guard(bounds.trusted or ssl.create_default_context(), host)
        return _exchanged(question, bounds.largest, within)


def _addresses(host: str, port: int, resolve: Resolve, within: _Within) -> list[Found]:
    """What the name stands for; no library bounds how long that may take, so another thread waits for it."""
    found: Future[list[Found]] = Future()

    def look() -> None:
        try:
            found.set_result(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as error:
            found.set_exception(error)

    Thread(target=look, daemon=True).start()
    return found.result(within.left())


def _exchanged(question: Question, largest: int, within: _Within) -> Answer:
    parts = urlsplit(question.url)
    connection = HTTPConnection(parts.netloc)
    connection.sock = within  # of a socket it uses what this one has
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "Fanfare", **question.headers}
    method = question.method or ("GET" if question.body is None else "POST")
    connection.request(method, target, question.body, headers)
    answer = connection.getresponse()
    body = answer.read(largest)
    whole = not answer.length or len(body) >= largest
    return Answer(answer.status, body, answer.getheader("Location", ""), whole)


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, in the four words that are needed."""
    try:
        yield
    except TimeoutError as error:
        raise NoAnswer(Trouble.SILENT) from error
    except ssl.SSLError as error:
        raise NoAnswer(Trouble.UNTRUSTED) from error
    except socket.gaierror as error:
        raise NoAnswer(Trouble.UNKNOWN) from error
    except (OSError, HTTPException, ValueError) as error:
        raise NoAnswer(Trouble.AWAY) from error
