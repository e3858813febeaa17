"""Bullhorn on loopback, as its documentation describes it: a batch is gone once it was read, and comes back by number.

Access tokens last ten minutes, sessions an hour, a refresh token opens once, a code too; who asks at the wrong data
centre is sent on with 307. Facts: https://bullhorn.github.io/rest-api-docs/ and its pages about OAuth and events.
"""

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

CLIENT, SECRET, USER, PASSWORD = "fanfare", "a secret of bullhorn", "api.vasteband", "a password of bullhorn"
Answer = tuple[int, Any, dict[str, str]]
Query = dict[str, str]


@dataclass
class Bullhorn:
    """What it holds, and how it misbehaves: `trouble` are the statuses of its next answers under a session.

    `hidden`: the statuses with which it keeps records from us. `odd`: what it answers instead to a question about
    events, by the number of the batch or the last word of the path; `places`, by how the path begins. `answered` hears
    of each answer before it is sent.
    """

    entities: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    queue: deque[dict[str, Any]] = field(default_factory=deque)
    batches: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    subscription: str = ""
    wanted: list[str] = field(default_factory=list)
    trouble: deque[int] = field(default_factory=deque)
    hidden: dict[tuple[str, int], int] = field(default_factory=dict)
    odd: dict[str, tuple[int, Any]] = field(default_factory=dict)
    places: dict[str, tuple[int, Any]] = field(default_factory=dict)
    corporation: str = "e999"
    slow: float = 0
    moved: bool = False
    refreshes: bool = True
    codes: set[str] = field(default_factory=set)
    access: set[str] = field(default_factory=set)
    refresh: set[str] = field(default_factory=set)
    sessions: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    answered: Callable[[str], None] = lambda _: None
    base: str = ""
    elsewhere: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)

    def put(self, entity: str, number: int, **facts: object) -> None:
        """Somebody writes a record; Bullhorn tells it to whoever listens."""
        with self.lock:
            new = (entity, number) not in self.entities
            self.entities[entity, number] = {"id": number, **self.entities.get((entity, number), {}), **facts}
            self.tell(entity, number, "INSERTED" if new else "UPDATED")

    def remove(self, entity: str, number: int) -> None:
        with self.lock:
            self.entities.pop((entity, number), None)
            self.tell(entity, number, "DELETED")

    def tell(self, entity: str, number: int, change: str) -> None:
        with self.lock:
            if self.subscription and entity in self.wanted:
                self.queue.append(
                    {
                        "eventId": f"ID:JBM-{len(self.asked)}-{number}",
                        "eventType": "ENTITY",
                        "entityName": entity,
                        "entityId": number,
                        "entityEventType": change,
                        "eventTimestamp": 1335286112652,
                        "eventMetadata": {},
                    }
                )

    def send(self, out: BufferedIOBase, body: bytes) -> None:
        out.write(body)

    def expire(self) -> None:
        """Ten minutes and an hour later."""
        self.access.clear()
        self.sessions.clear()

    def fresh(self, sort: str) -> str:
        self.counts[sort] += 1
        return f"{sort}-{self.counts[sort]}"

    def answer(self, method: str, path: str, query: Query, token: str) -> Answer:
        with self.lock:
            self.asked.append(f"{method} {path}")
            if instead := next((self.places[each] for each in self.places if path.startswith(each)), None):
                return *instead, {}
            if path == "/rest-services/loginInfo":
                return self.login_info(query)
            if path.startswith("/old/"):
                return (
                    307,
                    "",
                    {"Location": f"{self.elsewhere or self.base}/dc/{path.removeprefix('/old/')}?{_raw(query)}"},
                )
            if path.startswith("/dc/oauth/"):
                return self.oauth(method, path, query)
            if path == "/dc/rest-services/login":
                return self.login(method, query)
            return self.rest(method, path.removeprefix(f"/dc/rest-services/{self.corporation}"), query, token)

    def login_info(self, query: Query) -> Answer:
        if query.get("username") != USER:
            return 400, {"errorMessage": "unknown user"}, {}
        centre = f"{self.base}/{'old' if self.moved else 'dc'}"
        return 200, {"oauthUrl": f"{centre}/oauth", "restUrl": f"{centre}/rest-services"}, {}

    def oauth(self, method: str, path: str, query: Query) -> Answer:
        if path.endswith("/authorize"):
            known = (query.get("client_id"), query.get("username"), query.get("password"), query.get("action"))
            if known != (CLIENT, USER, PASSWORD, "Login"):
                return 200, "<html>Please sign in</html>", {}
            code = self.fresh("code")
            self.codes.add(code)
            return 302, "", {"Location": f"https://www.bullhorn.com/?code={code}&client_id={CLIENT}"}
        if (method, query.get("client_id"), query.get("client_secret")) != ("POST", CLIENT, SECRET):
            return 401, {"error": "invalid_client"}, {}
        held = self.codes if query.get("grant_type") == "authorization_code" else self.refresh
        shown = query.get("code") or query.get("refresh_token") or ""
        if shown not in held:
            return 400, {"error": "invalid_grant"}, {}
        held.remove(shown)
        access = self.fresh("access")
        self.access.add(access)
        told: dict[str, Any] = {"access_token": access, "token_type": "Bearer", "expires_in": 600}
        if self.refreshes:
            told["refresh_token"] = self.fresh("refresh")
            self.refresh.add(told["refresh_token"])
        return 200, told, {}

    def login(self, method: str, query: Query) -> Answer:
        if method != "POST" or query.get("access_token") not in self.access:
            return 400, {"errorMessage": "Invalid or expired OAuth access token."}, {}
        session = self.fresh("session")
        self.sessions.add(session)
        return 200, {"BhRestToken": session, "restUrl": f"{self.base}/dc/rest-services/{self.corporation}/"}, {}

    def rest(self, method: str, path: str, query: Query, token: str) -> Answer:
        if token not in self.sessions:
            return 401, {"message": "Bad 'BhRestToken' or timed-out."}, {}
        if self.trouble:
            return self.trouble.popleft(), "", {}
        if path.startswith("/event/subscription/"):
            return self.event(method, path.removeprefix("/event/subscription/"), query)
        _, _, entity, number = path.split("/")
        if status := self.hidden.get((entity, int(number))):
            return status, "", {}
        found = self.entities.get((entity, int(number)))
        if found is None:
            return 404, {"errorMessage": "entity not found"}, {}
        names = {each.partition("(")[0] for each in query["fields"].replace("),", ");").replace(";", ",").split(",")}
        return 200, {"data": {name: value for name, value in found.items() if name in names or name == "id"}}, {}

    def event(self, method: str, path: str, query: Query) -> Answer:
        name, _, more = path.partition("/")
        if instead := self.odd.get(query.get("requestId") or more or method):
            return *instead, {}
        if method == "PUT":
            self.subscription, self.wanted = name, query["names"].split(",")
            self.queue.clear()
            self.batches.clear()
            return 200, {"lastRequestId": 0, "subscriptionId": name, "createdOn": 1335285871323}, {}
        if name != self.subscription:
            return 404, {"errorMessage": "no such subscription"}, {}
        if method == "DELETE":
            self.subscription = ""
            return 200, {"result": True}, {}
        return self.events(more, query)

    def events(self, more: str, query: Query) -> Answer:
        if more == "lastRequestId":
            return 200, {"result": max(self.batches, default=0)}, {}
        if "requestId" in query:
            number = int(query["requestId"])
            return 200, {"requestId": number, "events": self.batches.get(number, [])}, {}
        if not self.queue:
            return 200, "", {}
        taken = [self.queue.popleft() for _ in range(min(int(query["maxEvents"]), 100, len(self.queue)))]
        number = max(self.batches, default=0) + 1
        self.batches[number] = taken
        return 200, {"requestId": number, "events": taken}, {}


def _raw(query: Query) -> str:
    return "&".join(f"{name}={value.replace(' ', '%20')}" for name, value in query.items())


class Handler(BaseHTTPRequestHandler):
    def take(self) -> None:
        bullhorn = cast("Server", self.server).bullhorn
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, told, headers = bullhorn.answer(self.command, parts.path, query, self.headers.get("BhRestToken", ""))
        body = (told if isinstance(told, str) else json.dumps(told)).encode()
        time.sleep(bullhorn.slow)
        bullhorn.answered(parts.path)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        bullhorn.send(self.wfile, body)

    do_GET = do_PUT = do_POST = do_DELETE = take  # noqa: N815 - as the library has it

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, bullhorn: Bullhorn, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.bullhorn = bullhorn

    def handle_error(self, *_: object) -> None:
        """Whoever asked was killed."""


@contextmanager
def serving() -> Iterator[Bullhorn]:
    bullhorn = Bullhorn()
    server = Server(bullhorn)
    bullhorn.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield bullhorn
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def settings(base: str) -> dict[str, str]:
    """The settings under which it is asked."""
    return {
        "bullhorn_url": f"{base}/rest-services/",
        "bullhorn_client_id": CLIENT,
        "bullhorn_client_secret": SECRET,
        "bullhorn_username": USER,
        "bullhorn_password": PASSWORD,
    }
