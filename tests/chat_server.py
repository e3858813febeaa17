"""A server on loopback that stands for a chat: it answers by the path it is asked for, and keeps what it was sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext, SSLSocket
from typing import Any, TypeVar

SILENCE = 30
LARGE = 2_000_000


class Chat(BaseHTTPRequestHandler):
    """A path of digits is the status of its answer; "silent" answers nothing, "large" without an end."""

    server: "Server"

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        asked = self.path.strip("/")
        if asked == "silent":
            self.server.ends.wait(SILENCE)
            return
        self.send_response(int(asked) if asked.isdecimal() else 200)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        if asked == "large":
            self.wfile.write(b"x" * LARGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context: SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Chat)
        self.context = context
        self.asked: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.ends = threading.Event()

    def get_request(self) -> tuple[SSLSocket, tuple[str, int]]:
        plain, address = self.socket.accept()
        return self.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up is no fault."""

    def url(self, path: str) -> str:
        return f"jsons://localhost:{self.server_port}/{path}"


Opened = TypeVar("Opened", bound=Server)


@contextmanager
def serving(server: Opened) -> Iterator[Opened]:
    """Let it answer until the end."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ends.set()
            server.shutdown()
            thread.join()


def open_chat(context: SSLContext) -> AbstractContextManager[Server]:
    """One on a port of its own."""
    return serving(Server(context))
