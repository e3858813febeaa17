"""A server on loopback that stands for other software: it keeps what it was sent, and answers as it is told to."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from ssl import SSLContext
from typing import NamedTuple

from tests.chat_server import Chat, Server, serving

SILENCE = 30


class Message(NamedTuple):
    """What came, as it came; the names of headers are in small letters."""

    path: str
    headers: Mapping[str, str]
    body: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


class Hook(Chat):
    """By the path: digits are the status, "silent" keeps it waiting; else as the server's `status` says."""

    server: "Receiver"

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.came.append(Message(self.path, headers, body))
        asked = self.path.strip("/")
        if asked == "silent":
            self.server.ends.wait(SILENCE)
            return
        self.server.ends.wait(self.server.pause)
        self.send_response(int(asked) if asked.isdecimal() else self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.answer)


class Receiver(Server):
    """`came` is all that arrived, in the order in which it did; `pause` is how long it thinks, in seconds."""

    def __init__(self, context: SSLContext) -> None:
        super().__init__(context)
        self.RequestHandlerClass = Hook
        self.came: list[Message] = []
        self.status, self.answer, self.pause = 200, b"", 0.0

    def at(self, path: str = "in") -> str:
        return f"https://localhost:{self.server_port}/{path}"


def open_receiver(context: SSLContext) -> AbstractContextManager[Receiver]:
    """One on a port of its own."""
    return serving(Receiver(context))
