"""An identity provider on loopback, and what somebody in between, or a false one, would make of its answers."""

import base64
import hashlib
import importlib
import json
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.test import run_wsgi_app

from tests.serving import Quiet

Tokens = dict[str, Any]
Forge = Callable[[Tokens], Tokens]
OLD_WAYS = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")
"""The provider of the tests uses what its library will end one day."""
CLIENT, SECRET = "fanfare", "a secret of fanfare"


@dataclass
class Between:
    """The provider, with somebody in between who can change what it answers; holds it to PKCE, and notes who asks."""

    provider: WSGIApplication
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "ours", "use": "sig"}))
    ec_key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "curve", "use": "sig"}))
    forge: Forge | None = None
    itself: dict[str, Any] = field(default_factory=dict)
    more_keys: list[Mapping[str, Any]] = field(default_factory=list)
    status: int = 0
    asked: list[str] = field(default_factory=list)
    challenges: dict[str, str] = field(default_factory=dict)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if self.status and path != "/oauth2/authorize":
            start_response(f"{self.status} As asked", [("Location", "http://127.0.0.1:9/")])
            return [b"{}"]
        if path == "/oauth2/token" and not self._has_verifier(environ):
            start_response("400 Wrong verifier", [("Content-Type", "application/json")])
            return [b'{"error": "invalid_grant"}']
        chunks, status, headers = run_wsgi_app(self.provider, environ)
        body = b"".join(chunks)
        if path == "/oauth2/authorize" and "code=" in (location := headers.get("Location", "")):
            code = parse_qs(urlsplit(location).query)["code"][0]
            self.challenges[code] = parse_qs(environ["QUERY_STRING"])["code_challenge"][0]
        body = self._changed(path, body)
        headers["Content-Length"] = str(len(body))
        start_response(status, list(headers))
        return [body]

    def _has_verifier(self, environ: WSGIEnvironment) -> bool:
        sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(sent)
        form = parse_qs(sent.decode())
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        wanted = self.challenges.get(form["code"][0])
        return wanted in {None, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()}

    def _changed(self, path: str, body: bytes) -> bytes:
        if path == "/.well-known/openid-configuration":
            return json.dumps(json.loads(body) | self.itself).encode()
        if path == "/jwks":
            keys = KeySet([self.key, self.ec_key]).as_dict(private=False)["keys"] if self.forge else []
            return json.dumps({"keys": [*json.loads(body)["keys"], *keys, *self.more_keys]}).encode()
        if path == "/oauth2/token" and self.forge and b"id_token" in body:
            return json.dumps(self.forge(json.loads(body))).encode()
        return body

    def says(self, header: Mapping[str, Any] | None = None, key: Any = None, **claims: object) -> None:  # noqa: ANN401 - any key
        """From now on the token says this too; None takes a claim away."""
        signed = {"alg": "RS256", "kid": "ours", **(header or {})}

        def forge(tokens: Tokens) -> Tokens:
            told = {name: each for name, each in (payload(tokens) | claims).items() if each is not None}
            return tokens | {"id_token": jwt.encode(signed, told, key or self.key, algorithms=[signed["alg"]])}

        self.forge = forge

    def public_pem(self) -> OctKey:
        """The public key as if it were a secret that both know."""
        return OctKey.import_key(base64.urlsafe_b64encode(self.key.as_pem(private=False)).decode())


def payload(tokens: Tokens) -> dict[str, Any]:
    part = tokens["id_token"].split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


@dataclass
class There:
    """Where the provider is, and who is in between."""

    server: BaseWSGIServer
    between: Between

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.server.port}"

    def knows(self, subject: str, **claims: object) -> None:
        """Somebody who has an account there."""
        self._asked("PUT", f"/users/{subject}", json.dumps(claims), "application/json")

    def answers(self, address: str, subject: str = "", action: str = "") -> str:
        """Say there who one is; where the browser is sent back to."""
        parts = urlsplit(address)
        sent = urlencode({"sub": subject} if subject else {"action": action})
        return self._asked("POST", f"{parts.path}?{parts.query}", sent, "application/x-www-form-urlencoded")

    def _asked(self, method: str, path: str, body: str, kind: str) -> str:
        connection = HTTPConnection("localhost", self.server.port)
        connection.request(method, path, body, {"Content-Type": kind})
        with connection.getresponse() as answer:
            connection.close()
            return str(answer.headers.get("Location", ""))


def _provider() -> WSGIApplication:
    """The provider uses what its library will end one day, and says so each time."""
    with warnings.catch_warnings():
        importlib.import_module("authlib.deprecate")
        warnings.simplefilter("ignore")
        made: WSGIApplication = importlib.import_module("oidc_provider_mock").app()
    return made


@contextmanager
def open_provider() -> Iterator[There]:
    between = Between(_provider())
    server = make_server("127.0.0.1", 0, between, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield There(server, between)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
