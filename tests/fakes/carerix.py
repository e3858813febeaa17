"""Carerix on loopback, as far as its documentation describes it: a token by client credentials, one mutation."""

import json
import threading
from base64 import b64encode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

CLIENT, SECRET = "fanfare", "a secret of carerix"
Told = dict[str, Any]


@dataclass
class Carerix:
    """The scores that it holds; `employees` are those whom it has, `trouble` the statuses of its next answers.

    `errors`: the codes with which it refuses next, as GraphQL does with status 200; `named`: whom it says it changed;
    `keeps`: what is empty in an update changes nothing.
    """

    base: str = ""
    employees: set[str] = field(default_factory=set)
    scores: dict[str, int] = field(default_factory=dict)
    writes: list[tuple[str, int | None]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    given: int = 0
    trouble: deque[int] = field(default_factory=deque)
    errors: deque[str] = field(default_factory=deque)
    named: str = ""
    keeps: bool = False

    def token(self, proof: str, body: str) -> tuple[int, Told]:
        right = b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        if proof != f"Basic {right}" or body != "grant_type=client_credentials":
            return 401, {"error": "invalid_client"}
        self.given += 1
        self.tokens.add(f"token-{self.given}")
        return 200, {"access_token": f"token-{self.given}", "expires_in": 300, "token_type": "Bearer"}

    def graphql(self, proof: str, body: str) -> tuple[int, Told]:
        if proof.removeprefix("Bearer ") not in self.tokens:
            return 401, {"message": "unauthorized"}
        if self.trouble:
            return self.trouble.popleft(), {}
        told = json.loads(body)
        number, asked = told["variables"]["id"], told["variables"]["request"]
        assert "crEmployeeUpdate(_id: $id, request: $request)" in told["query"]
        assert set(asked) == {"_kind", "engagementScore"}
        if self.errors:
            return refusal(self.errors.popleft())
        if number not in self.employees:
            return refusal("NOT_FOUND")
        self.put(number, asked["engagementScore"])
        changed = {"_id": self.named or number, "engagementScore": self.scores.get(number)}
        wanted = told["query"].rpartition("{")[2].strip(" }").split()
        return 200, {"data": {"crEmployeeUpdate": {name: changed[name] for name in wanted}}}

    def put(self, number: str, shown: int | None) -> None:
        self.writes.append((number, shown))
        if shown is not None:
            self.scores[number] = shown
        elif not self.keeps:
            self.scores.pop(number, None)


def refusal(code: str) -> tuple[int, Told]:
    return 200, {"data": None, "errors": [{"message": "it says more here", "extensions": {"code": code}}]}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        carerix = cast("Server", self.server).carerix
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = carerix.token if self.path == "/token" else carerix.graphql
        status, told = answer(self.headers.get("Authorization", ""), body)
        said = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, carerix: Carerix) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.carerix = carerix


@contextmanager
def serving() -> Iterator[Carerix]:
    carerix = Carerix()
    server = Server(carerix)
    carerix.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield carerix
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def settings(carerix: Carerix) -> dict[str, str]:
    """The settings under which it is written into."""
    return {
        "carerix_url": f"{carerix.base}/graphql/v1/graphql",
        "carerix_token_url": f"{carerix.base}/token",
        "carerix_user": CLIENT,
        "carerix_password": SECRET,
    }
