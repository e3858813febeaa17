"""What is scanned: a demo that nobody scanned before, each time a fresh copy, and who is signed in there."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener, urlopen

from tests.ports import free_port
from tests.scan.asked import SOFTWARE, VISITOR, Asked
from tests.scan.scanners import BUILD, ROOT, body_of, headers_of

PASSWORD = "vaste-band-oefent"
FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
BEGINS = 60
"""Seconds in which a server answers, or it does not come."""
SERVES = frozenset({200, 201, 303, 409, 422})
"""How a page, a form and a door of ours answer whoever they are open to; 409 and 422 say what is wrong with it."""
SIGN_IN = "/account/sign-in"
BUILT = BUILD / "built"


class AsItCame(HTTPErrorProcessor):
    """Whatever the answer is: nobody is followed elsewhere, and what is refused is an answer too."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        return response


@dataclass
class Target:
    """A demo that answers, and what opens its doors; sessions are `cookie, space, token of forms`."""

    home: str
    keys: Mapping[str, str]
    sessions: dict[str, str] = field(default_factory=dict)

    def session(self, who: str) -> str:
        """Of somebody, signed in when they are needed first; software has none."""
        if who != SOFTWARE and who not in self.sessions:
            self.sessions[who] = signed_in(self.home, who)
        return self.sessions.get(who, "")

    def closed(self, asked: Asked) -> str:
        """Why nothing would be learnt there, if so: what is asked does not open for whoever asks."""
        cookie, _, token = self.session(asked.who).partition(" ")
        headers = dict(header.split(": ", 1) for header in headers_of(asked, self.keys))
        headers |= {"Cookie": cookie} if cookie else {}
        data = body_of(asked, self.keys, token).encode() if asked.body else None
        request = Request(self.home + asked.path.format(**self.keys), data, headers)
        with build_opener(AsItCame).open(request, timeout=30) as answer:
            status, led = answer.status, answer.headers.get("Location", "")
        to_sign_in = urlsplit(led).path == SIGN_IN and asked.who != VISITOR
        return "" if status in SERVES and not to_sign_in else f"it does not open: {status} {led}".strip()

    def is_in(self, who: str) -> bool:
        """Whether a session is still one."""
        cookie = self.session(who).partition(" ")[0]
        with urlopen(Request(f"{self.home}/account", headers={"Cookie": cookie})) as answer:
            return str(answer.url).endswith("/account")


def build() -> None:
    """The demo of which each scan gets a copy."""
    shutil.rmtree(BUILT, ignore_errors=True)
    for command in (["db", "upgrade"], ["demo"]):
        subprocess.run([bin_of("flask"), *command], cwd=ROOT, env=settings(BUILT), check=True, capture_output=True)


def settings(instance: Path) -> dict[str, str]:
    """The demo's; mail providers may tell it what became of mails."""
    return os.environ | {
        "FANFARE_DEMO": "1",
        "FANFARE_INSTANCE": str(instance),
        "FANFARE_POSTMARK_SECRET": "made-up-for-scanners",
    }


@contextmanager
def fresh() -> Iterator[Target]:
    """A copy of the demo, answering."""
    instance, port = BUILD / "demo", free_port()
    shutil.rmtree(instance, ignore_errors=True)
    shutil.copytree(BUILT, instance)
    environment = settings(instance)
    made = [sys.executable, "-m", "tests.scan.keys"]
    keys = json.loads(subprocess.run(made, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout)
    server = [bin_of("granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "wsgi:app"]
    home = f"http://127.0.0.1:{port}"
    with running(server, f"{home}/health/live", environment):
        yield Target(home, keys)


@contextmanager
def planted() -> Iterator[str]:
    """The program with planted faults; its address."""
    home = f"http://127.0.0.1:{(port := free_port())}"
    with running([sys.executable, "-m", "tests.scan.planted", str(port)], f"{home}/"):
        yield home


@contextmanager
def running(command: Sequence[str], url: str, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """A server, until it is needed no more."""
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(url)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait(url: str) -> None:
    for _ in range(BEGINS):
        time.sleep(1)
        try:
            urlopen(url, timeout=5).close()
        except URLError:
            continue
        return
    raise SystemExit(f"nobody answered at {url}")


def signed_in(home: str, who: str) -> str:
    """The cookie of somebody of the demo, or of a visitor, and the token of their forms."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    page = browser.open(home + SIGN_IN).read().decode()
    if who != VISITOR:
        sent = {"csrf_token": _token(page), "email": f"{who}@vasteband.example", "password": PASSWORD}
        answer = browser.open(home + SIGN_IN, urlencode(sent).encode())
        if SIGN_IN in answer.url:
            raise SystemExit(f"{who} could not sign in")
        page = browser.open(f"{home}/account").read().decode()
    return f"{';'.join(f'{one.name}={one.value}' for one in jar)} {_token(page)}"


def _token(page: str) -> str:
    found = FORM_TOKEN.search(page)
    return found[1] if found else ""


def bin_of(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
