"""A process of its own that hands messages to chats: `python -m jobs.chat_line` reads one a line, and answers one.

What Apprise does is bounded here and not by it: it reaches public hosts only, follows nobody elsewhere, trusts only
certificates that are vouched for, and reads little of an answer. Whoever started this process ends it when it is late.
It knows nothing of the application, logs nothing, and forgets each address with its message.
"""

import json
import socket
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import MappingProxyType
from typing import Any

import requests
from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.plugins.base import NotifyBase

from jobs import public_host

TIMEOUT = 4.5
LARGEST = 65_536
READY = "ready"
PLUGINS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "slack": ("slack", "NotifySlack"),
        "teams": ("workflows", "NotifyWorkflows"),
        "google": ("google_chat", "NotifyGoogleChat"),
        "discord": ("discord", "NotifyDiscord"),
        "mattermost": ("mattermost", "NotifyMattermost"),
        "mail": ("email", "NotifyEmail"),
        "json": ("custom_json", "NotifyJSON"),
    }
)
"""Of everything that Apprise knows these are loaded, and nothing else can be."""
GONE, BUSY = frozenset({404, 410}), frozenset({408, 425, 429})
WRONG, REDIRECT, FAULT = 400, 300, 500


class Line:
    """The way out: `trouble` is why the last message did not get through; `resolve` and `trusted` are the tests'."""

    def __init__(self, resolve: public_host.Resolve = public_host.resolve, trusted: str | None = None) -> None:
        self.trouble = ""
        self._resolve, self._trusted = resolve, trusted or True

    def send(self, service: str, url: str, title: str, body: str) -> str:
        """Hand a message over; answers in a word why it could not be, nothing when it was."""
        self.trouble = ""
        with self._only_here():
            chat = Apprise(asset=_asset())
            chat.add(_plugin(service, url))
            done = chat.notify(body=body, title=title, body_format=NotifyFormat.MARKDOWN)
        return "" if done else self.trouble or "away"

    @contextmanager
    def _only_here(self) -> Iterator[None]:
        """Whatever asks for a host or a page in this process asks us."""
        ways = (
            (socket, "getaddrinfo", self._find),
            (requests, "request", self._ask),
            (requests.api, "request", self._ask),
        )
        kept = [(where, name, getattr(where, name)) for where, name, _ in ways]
        for where, name, ours in ways:
            setattr(where, name, ours)
        try:
            yield
        finally:
            for where, name, theirs in kept:
                setattr(where, name, theirs)

    def _find(self, host: str, *asked: Any, **named: Any) -> list[public_host.Found]:  # noqa: ANN401 - as the library has it
        try:
            return self._resolve(host, *asked, **named)
        except public_host.Inside:
            self.trouble = "inside"
            raise
        except OSError:
            self.trouble = "unknown"
            raise

    def _ask(self, method: str, url: str, **asked: Any) -> requests.Response:  # noqa: ANN401 - as the library has it
        wanted = {each: asked[each] for each in ("data", "params", "headers") if each in asked}
        try:
            with requests.Session() as session:
                session.trust_env = False
                bounds: dict[str, Any] = {"timeout": TIMEOUT, "allow_redirects": False, "verify": self._trusted}
                answer = session.request(method, url, stream=True, **bounds, **wanted)
                with answer:
                    answer._content = answer.raw.read(LARGEST, decode_content=False)  # noqa: SLF001 - else it reads all
        except (requests.RequestException, OSError) as error:
            self.trouble = self.trouble or _why(error)
            raise
        self.trouble = _said(answer.status_code)
        return answer


def _why(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "untrusted"
    return "silent" if isinstance(error, requests.Timeout | TimeoutError) else "away"


def _said(status: int) -> str:
    """What a status means for us; an answer that is no refusal may still not be what the chat says when it took it."""
    if status in GONE or status in BUSY:
        return "gone" if status in GONE else "busy"
    if status >= WRONG:
        return "broken" if status >= FAULT else "refused"
    return "moved" if status >= REDIRECT else "broken"


def _asset() -> AppriseAsset:
    return AppriseAsset(
        app_id="Fanfare",
        app_desc="Fanfare",
        app_url="",
        async_mode=False,
        http_redirects=False,
        interpret_emojis=False,
        secure_logging=True,
    )


def _plugin(service: str, url: str) -> NotifyBase:
    module, name = PLUGINS[service]
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        plugin = getattr(import_module(f"apprise.plugins.{module}"), name)
    made: NotifyBase = plugin(**plugin.parse_url(url), asset=_asset())
    return made


def main(line: Line | None = None, say: Callable[[str], None] = lambda said: print(said, flush=True)) -> None:  # noqa: T201 - it is how it answers
    """Answer every line until there are no more."""
    line = line or Line()
    say(READY)
    for asked in sys.stdin:
        say(line.send(**json.loads(asked)))


if __name__ == "__main__":
    main()
