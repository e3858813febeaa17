"""The door of Bullhorn: finds its data centre, signs in, and signs in again when a session, token or key is over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlencode, urljoin, urlsplit

from app import clock
from app.config import HERE, Settings, is_safe
from app.web.fetching import Answer, Bounds, Question, Trouble
from jobs import bullhorn_knocking as knocking
from jobs import public_host, vendor_answer
from jobs.vendor_answer import (
    BROKEN,
    FORBIDDEN,
    MISSING,
    OK,
    REFUSED,
    TOO_MUCH,
    UNAUTHORIZED,
    UNREADABLE,
    trouble_in,
)

SILENT, ELSEWHERE, OTHER = str(Trouble.SILENT), "elsewhere", "other_corporation"
OF_A_MOVE = {*map(str, Trouble), ELSEWHERE, UNREADABLE}
"""What one hears where nobody is any more: Bullhorn moves agencies to another data centre."""
KEEPS_THE_METHOD = 307
MOST_MOVES = 3
LARGEST = 4 * 1024 * 1024
SECONDS = 20.0
SESSION = timedelta(hours=1)
OF_A_SESSION = ("session", "rest", "until")


class NotHeard(Exception):  # noqa: N818 - it says what became of it
    """Bullhorn did not answer as it should; `fault` is one word for it."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass
class Door:
    """`keys`: the refresh token, and of a session its token, where it asks and until when; and of passwords refused.

    `keep` holds on to them whenever they change: a refresh token opens once, so that the next one is kept before
    anything else is done. `admits` says whether we want what this corporation tells. `inherited`: the session is of
    another run, and may lead to where nobody is any more.
    """

    settings: Settings
    keys: dict[str, str]
    keep: Callable[[Mapping[str, str]], None]
    admits: Callable[[str], bool] = lambda _: True
    bounds: Bounds = field(init=False)
    inherited: bool = field(init=False)

    def __post_init__(self) -> None:
        ours = urlsplit(self.settings.bullhorn_url).hostname in HERE
        bounds = Bounds(seconds=SECONDS, largest=LARGEST)
        self.bounds = bounds if ours else replace(bounds, resolve=public_host.resolve)
        if int(self.keys.get("until") or 0) <= clock.now().timestamp():
            self.keys = _without_session(self.keys)
        self.inherited = self.is_open

    @property
    def is_open(self) -> bool:
        """Whether we were let in, and not turned away since."""
        return bool(self.keys.get("session"))

    def ask(self, path: str, *, method: str = "GET", **query: object) -> dict[str, Any] | None:
        """What it answers under our session; None when there is no such thing there. Nothing at all is `{}`.

        Raises:
            NotHeard: it is away, busy, or refuses us also after we signed in again.
        """
        if not self.is_open:
            self._sign_in()
        try:
            return self._asked(path, method, query)
        except NotHeard as none:
            if none.fault != REFUSED and not (self.inherited and none.fault in OF_A_MOVE):
                raise
        self._sign_in()
        return self._asked(path, method, query)

    def distrust(self) -> None:
        """Let the next run sign in anew: perhaps we ask where nobody knows us any more."""
        self.keep(_without_session(self.keys))

    def _asked(self, path: str, method: str, query: Mapping[str, object]) -> dict[str, Any] | None:
        url = f"{self.keys['rest']}{path}" + (f"?{urlencode(query)}" if query else "")
        answer = self._send(url, method, {"BhRestToken": self.keys["session"]})
        if answer.status == MISSING:
            return None
        return vendor_answer.read(answer, NotHeard, REFUSED if answer.status == UNAUTHORIZED else FORBIDDEN)

    def _sign_in(self) -> None:
        """The data centre first, then a token, with the refresh token if it still opens, then a session."""
        if self.is_open:
            self.keys, self.inherited = _without_session(self.keys), False
            self.keep(self.keys)
        there = self._read(self._send(self._within("loginInfo", username=self.settings.bullhorn_username)))
        oauth, rest = _text(there, "oauthUrl"), _text(there, "restUrl")
        token = self._refreshed(oauth) or self._authorized(oauth)
        query = {"version": "*", "access_token": token, "ttl": SESSION // timedelta(minutes=1)}
        session = self._read(self._send(f"{rest.rstrip('/')}/login?{urlencode(query)}", "POST"))
        rest = _text(session, "restUrl").rstrip("/")
        if not self.admits(_parts(rest).path.rpartition("/")[2]):
            raise NotHeard(OTHER)
        until = int((clock.now() + SESSION).timestamp())
        self._hold(session=_text(session, "BhRestToken"), rest=f"{rest}/", until=str(until))

    def _within(self, path: str, **query: str) -> str:
        return f"{self.settings.bullhorn_url.rstrip('/')}/{path}?{urlencode(query)}"

    def _refreshed(self, oauth: str) -> str:
        refresh = self.keys.get("refresh", "")
        if not refresh:
            return ""
        answer = self._token(oauth, grant_type="refresh_token", refresh_token=refresh)
        if answer.status != OK:
            self._hold(refresh="")
            return ""
        return self._taken(answer)

    def _authorized(self, oauth: str) -> str:
        settings = self.settings
        if knocking.is_too_soon(self.keys, settings, clock.now()):
            raise NotHeard(REFUSED)
        query = {
            "client_id": settings.bullhorn_client_id,
            "response_type": "code",
            "action": "Login",
            "username": settings.bullhorn_username,
            "password": settings.bullhorn_password,
        }
        answer = self._send(f"{oauth.rstrip('/')}/authorize?{urlencode(query)}")
        code = _code_in(answer)
        if not code:
            raise self._turned_away(answer)
        answer = self._token(oauth, grant_type="authorization_code", code=code)
        if answer.status != OK:
            raise self._turned_away(answer)
        return self._taken(answer)

    def _turned_away(self, answer: Answer) -> NotHeard:
        """Without a code or a token: because of its own troubles, or because of what we said."""
        fault = trouble_in(answer) or REFUSED
        if fault == REFUSED:
            self._hold(**knocking.refused(self.keys, self.settings, clock.now()))
        return NotHeard(fault)

    def _token(self, oauth: str, **query: str) -> Answer:
        proof = {
            "client_id": self.settings.bullhorn_client_id,
            "client_secret": self.settings.bullhorn_client_secret,
        }
        answer = self._send(f"{oauth.rstrip('/')}/token?{urlencode(query | proof)}", "POST")
        if (fault := trouble_in(answer)) in {TOO_MUCH, BROKEN}:
            raise NotHeard(fault)
        return answer

    def _taken(self, answer: Answer) -> str:
        told = self._read(answer)
        self._hold(refresh=str(told.get("refresh_token") or ""), **knocking.LET_IN)
        return _text(told, "access_token")

    def _read(self, answer: Answer) -> dict[str, Any]:
        return vendor_answer.read(answer, NotHeard)

    def _hold(self, **keys: str) -> None:
        self.keys = {name: key for name, key in (self.keys | keys).items() if key}
        self.keep(self.keys)

    def _send(self, url: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask a host of Bullhorn's, and the one to which it sends us on, unless that is where a code is handed over."""
        for _ in range(MOST_MOVES):
            if not self._is_theirs(url):
                raise NotHeard(ELSEWHERE)
            body = b"" if method in {"POST", "PUT"} else None
            answer = vendor_answer.ask(Question(url, headers or {}, body, method), self.bounds, NotHeard)
            if answer.status != KEEPS_THE_METHOD or _code_in(answer):
                return answer
            url = urljoin(url, answer.location)
        raise NotHeard(ELSEWHERE)

    def _is_theirs(self, url: str) -> bool:
        """Whether a host lies in the domain that the settings name: what opens our door is shown to nobody else.

        A setting that names a host right under "com" names no domain of Bullhorn's, and nobody is asked.
        """
        own, other = urlsplit(self.settings.bullhorn_url).hostname or "", _parts(url).hostname or ""
        if own in HERE:
            return other == own and is_safe(url)
        domain = own.partition(".")[2]
        return is_safe(url) and other not in HERE and "." in domain and other.endswith(f".{domain}")


def _without_session(keys: Mapping[str, str]) -> dict[str, str]:
    return {name: key for name, key in keys.items() if name not in OF_A_SESSION}


def _parts(url: str) -> SplitResult:
    """An address that Bullhorn named, in its parts."""
    try:
        return urlsplit(url)
    except ValueError as error:
        raise NotHeard(UNREADABLE) from error


def _code_in(answer: Answer) -> str:
    """The code that is handed over where it sends us; empty when there is none."""
    return parse_qs(_parts(answer.location).query).get("code", [""])[0]


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str) or not found:
        raise NotHeard(UNREADABLE)
    return found
