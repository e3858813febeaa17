"""The door of Bullhorn: finds its data centre, signs in, and signs in again when a session, token or key is over."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlencode, urljoin, urlsplit

import orjson

from app.config import HERE, Settings, is_safe
from app.web import fetching
from app.web.fetching import Answer, Bounds, NoAnswer, Question, Trouble
from jobs import public_host

OK, UNAUTHORIZED, MISSING, BUSY, FAULT = 200, 401, 404, 429, 500
FORBIDDEN, REFUSED, BROKEN, SILENT, UNREADABLE = "forbidden", "refused", "broken", "silent", "unreadable"
OTHER = "other_corporation"
KEEPS_THE_METHOD = 307
MOST_MOVES = 3
LARGEST = 4 * 1024 * 1024
SECONDS = 20.0
SESSION_MINUTES = 60
BLANK = re.compile(rb"\s*")


class NotHeard(Exception):  # noqa: N818 - it says what became of it
    """Bullhorn did not answer as it should; `fault` is one word for it."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass
class Door:
    """`keys`: the refresh token, the session's token and where it asks. `keep` holds on to them whenever they change.

    A refresh token opens once, so that the next one is kept before anything else is done. `admits` says whether we
    want what this corporation tells.
    """

    settings: Settings
    keys: dict[str, str]
    keep: Callable[[Mapping[str, str]], None]
    admits: Callable[[str], bool] = lambda _: True
    bounds: Bounds = field(init=False)

    def __post_init__(self) -> None:
        ours = urlsplit(self.settings.bullhorn_url).hostname in HERE
        bounds = Bounds(seconds=SECONDS, largest=LARGEST)
        self.bounds = bounds if ours else replace(bounds, resolve=public_host.resolve)

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
        answer = self._asked(path, method, query)
        if answer.status == UNAUTHORIZED:
            self._sign_in()
            answer = self._asked(path, method, query)
        if answer.status == MISSING:
            return None
        return _read(answer, REFUSED if answer.status == UNAUTHORIZED else FORBIDDEN)

    def _asked(self, path: str, method: str, query: Mapping[str, object]) -> Answer:
        url = f"{self.keys['rest']}{path}" + (f"?{urlencode(query)}" if query else "")
        return self._send(url, method, {"BhRestToken": self.keys["session"]})

    def _sign_in(self) -> None:
        """The data centre first, then a token, with the refresh token if it still opens, then a session."""
        self.keys.pop("session", None)
        there = _read(self._send(self._within("loginInfo", username=self.settings.bullhorn_username)))
        oauth, rest = _text(there, "oauthUrl"), _text(there, "restUrl")
        token = self._refreshed(oauth) or self._authorized(oauth)
        query = {"version": "*", "access_token": token, "ttl": SESSION_MINUTES}
        session = _read(self._send(f"{rest.rstrip('/')}/login?{urlencode(query)}", "POST"))
        rest = _text(session, "restUrl").rstrip("/")
        if not self.admits(_parts(rest).path.rpartition("/")[2]):
            raise NotHeard(OTHER)
        self._hold(session=_text(session, "BhRestToken"), rest=f"{rest}/")

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
            raise NotHeard(REFUSED if answer.status < FAULT else BROKEN)
        answer = self._token(oauth, grant_type="authorization_code", code=code)
        if answer.status != OK:
            raise NotHeard(REFUSED)
        return self._taken(answer)

    def _token(self, oauth: str, **query: str) -> Answer:
        proof = {
            "client_id": self.settings.bullhorn_client_id,
            "client_secret": self.settings.bullhorn_client_secret,
        }
        answer = self._send(f"{oauth.rstrip('/')}/token?{urlencode(query | proof)}", "POST")
        if answer.status == BUSY or answer.status >= FAULT:
            raise NotHeard("busy" if answer.status == BUSY else BROKEN)
        return answer

    def _taken(self, answer: Answer) -> str:
        told = _read(answer)
        self._hold(refresh=str(told.get("refresh_token") or ""))
        return _text(told, "access_token")

    def _hold(self, **keys: str) -> None:
        self.keys |= keys
        self.keep(self.keys)

    def _send(self, url: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """Ask a host of Bullhorn's, and the one to which it sends us on, unless that is where a code is handed over."""
        for _ in range(MOST_MOVES):
            if not self._is_theirs(url):
                raise NotHeard("elsewhere")
            body = b"" if method in {"POST", "PUT"} else None
            try:
                answer = fetching.ask(Question(url, headers or {}, body, method), self.bounds)
            except NoAnswer as none:
                raise NotHeard(str(none.trouble)) from none
            if not answer.whole:
                raise NotHeard(str(Trouble.AWAY))
            if answer.status != KEEPS_THE_METHOD or _code_in(answer):
                return answer
            url = urljoin(url, answer.location)
        raise NotHeard("elsewhere")

    def _is_theirs(self, url: str) -> bool:
        """Whether a host lies in the domain that the settings name: what opens our door is shown to nobody else.

        A setting that names a host right under "com" names no domain of Bullhorn's, and nobody is asked.
        """
        own, other = urlsplit(self.settings.bullhorn_url).hostname or "", _parts(url).hostname or ""
        if own in HERE:
            return other == own and is_safe(url)
        domain = own.partition(".")[2]
        return is_safe(url) and other not in HERE and "." in domain and other.endswith(f".{domain}")


def _parts(url: str) -> SplitResult:
    """An address that Bullhorn named, in its parts."""
    try:
        return urlsplit(url)
    except ValueError as error:
        raise NotHeard(UNREADABLE) from error


def _code_in(answer: Answer) -> str:
    """The code that is handed over where it sends us; empty when there is none."""
    return parse_qs(_parts(answer.location).query).get("code", [""])[0]


def _read(answer: Answer, refusal: str = REFUSED) -> dict[str, Any]:
    if answer.status == BUSY:
        raise NotHeard("busy")
    if answer.status >= FAULT:
        raise NotHeard(BROKEN)
    if answer.status != OK:
        raise NotHeard(refusal)
    if BLANK.fullmatch(answer.body):
        return {}
    try:
        told = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise NotHeard(UNREADABLE) from error
    if not isinstance(told, dict):
        raise NotHeard(UNREADABLE)
    return told


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str) or not found:
        raise NotHeard(UNREADABLE)
    return found
