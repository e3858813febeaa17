"""The agency's identity provider, by OpenID Connect: where it asks people who they are, and what it answers us."""

import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlencode

import orjson
from flask import current_app

from app.config import Settings, is_safe
from app.web import fetching
from app.web.distrust import Distrusted, Expected, UnknownKey
from app.web.fetching import Answer, Bounds, NoAnswer, Question

KEPT = 3600.0
KEYS_ANEW = 60.0
LEFT_ALONE = 20.0
"""Seconds for which what it says of itself and its keys are kept, so that one that it took back is not trusted for
long; after which it may be asked for keys again; and for which one that did not answer is not asked again: else many
who wait for it keep everybody waiting."""
SCOPE = "openid email"
LARGEST = 262_144
LONGEST_SUBJECT = 255
OK, REFUSED, FAULT = 200, 400, 500
BASIC, POSTED = "client_secret_basic", "client_secret_post"


class Away(Exception):  # noqa: N818 - what the provider did, not a fault of ours
    """The provider does not answer, or what it says of itself makes no sense."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What we alone know of one sign-in: whoever brings an answer, and whoever made it, must have been given it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the provider knows; `email`: was asked for, and is theirs, as it says; `strong`: two proofs were asked."""

    subject: str
    email: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider says of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    posts_secret: bool
    names_itself: bool


class Provider:
    """One provider, for one process: what it said of itself is remembered for a while."""

    def __init__(self, settings: Settings, bounds: Bounds | None = None) -> None:
        self.issuer, self.client_id = settings.oidc_issuer, settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._bounds = bounds or Bounds(largest=LARGEST)
        self._told: Told | None = None
        self._keys: Sequence[Mapping[str, Any]] = ()
        self._told_at = self._keys_at = self._away_at = -KEPT

    def address(self, back: str, secrets: Secrets) -> str:
        """Where somebody says to the provider who they are; it sends them to `back`.

        Raises:
            Away: the provider cannot be asked where that is.
        """
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": SCOPE,
            "state": secrets.state,
            "nonce": secrets.nonce,
            "code_challenge": _challenge(secrets.verifier),
            "code_challenge_method": "S256",
        }
        there = self._itself().authorization_endpoint
        return f"{there}{'&' if '?' in there else '?'}{urlencode(asked)}"

    def names_itself(self) -> bool:
        """Whether its answers say from whom they are, so that one that does not is somebody else's."""
        return self._itself().names_itself

    def who(self, code: str, back: str, secrets: Secrets, at: datetime, *, wants_email: bool) -> Known:
        """Who came back with a code, which is worth something once.

        `wants_email`: the provider may have to be asked once more for it.

        Raises:
            Away: the provider does not answer.
            Distrusted: the code, or what is answered to it, proves nothing.
        """
        tokens = self._tokens(code, back, secrets.verifier)
        value, access = (str(tokens.get(name) or "") for name in ("id_token", "access_token"))
        expected = Expected(self.issuer, self.client_id, secrets.nonce, access)
        claims = self._read(value, expected, at)
        subject = claims["sub"]
        if not 0 < len(subject) <= LONGEST_SUBJECT:
            raise Distrusted("sub")
        email = self._email(claims, subject, access) if wants_email else ""
        return Known(subject, email, "mfa" in (claims.get("amr") or ()))

    def _read(self, value: str, expected: Expected, at: datetime) -> Mapping[str, Any]:
        from app.web import id_token  # noqa: PLC0415 - whoever signs in otherwise needs none of its libraries

        age = time.monotonic() - self._keys_at
        if age < KEPT:
            try:
                return id_token.read(value, self._keys, expected, at)
            except UnknownKey:
                if age < KEYS_ANEW:
                    raise
        self._keys_at = time.monotonic()
        keys = self._json(Question(self._itself().jwks_uri)).get("keys")
        self._keys = [each for each in keys if isinstance(each, dict)] if isinstance(keys, list) else ()
        return id_token.read(value, self._keys, expected, at)

    def _itself(self) -> Told:
        now = time.monotonic()
        if self._told and now - self._told_at < KEPT:
            return self._told
        if now - self._away_at < LEFT_ALONE:
            raise Away
        try:
            found = self._json(Question(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"))
            self._told, self._told_at = _told(found, self.issuer), now
        except Away:
            self._away_at = time.monotonic()
            raise
        return self._told

    def _tokens(self, code: str, back: str, verifier: str) -> Mapping[str, Any]:
        itself = self._itself()
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if itself.posts_secret:
            sent |= {"client_id": self.client_id, "client_secret": self._secret}
        else:
            proof = f"{quote_plus(self.client_id)}:{quote_plus(self._secret)}"
            headers["Authorization"] = f"Basic {b64encode(proof.encode()).decode()}"
        answer = self._asked(Question(itself.token_endpoint, headers, urlencode(sent).encode()))
        if REFUSED <= answer.status < FAULT:
            raise Distrusted("refused")
        return _object(answer)

    def _email(self, claims: Mapping[str, Any], subject: str, access: str) -> str:
        about = claims if "email" in claims else self._more(subject, access)
        return str(about.get("email") or "") if about.get("email_verified") is True else ""

    def _more(self, subject: str, access: str) -> Mapping[str, Any]:
        """What the token does not say; nothing when the provider tells it of somebody else."""
        there = self._itself().userinfo_endpoint
        if not there or not access:
            return {}
        more = self._json(Question(there, {"Authorization": f"Bearer {access}"}))
        return more if more.get("sub") == subject else {}

    def _json(self, question: Question) -> Mapping[str, Any]:
        return _object(self._asked(question))

    def _asked(self, question: Question) -> Answer:
        try:
            return fetching.ask(question, self._bounds)
        except NoAnswer as none:
            raise Away from none


def _challenge(verifier: str) -> str:
    """What RFC 7636 calls S256: it shows later that whoever brings a code is who asked for it."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _object(answer: Answer) -> Mapping[str, Any]:
    try:
        found = orjson.loads(answer.body) if answer.status == OK else None
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Away
    return found


def _told(found: Mapping[str, Any], issuer: str) -> Told:
    """What a provider says, if it says it of itself, and leads to no place where everybody could listen.

    Raises:
        Away: it does not.
    """
    ends = [found.get(name, "") for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    more = found.get("userinfo_endpoint", "")
    if found.get("issuer") != issuer or not all(isinstance(each, str) and is_safe(each) for each in ends):
        raise Away
    ways = found.get("token_endpoint_auth_methods_supported") or [BASIC]
    return Told(
        authorization_endpoint=ends[0],
        token_endpoint=ends[1],
        jwks_uri=ends[2],
        userinfo_endpoint=more if isinstance(more, str) and is_safe(more) else "",
        posts_secret=BASIC not in ways and POSTED in ways,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def the_provider() -> Provider | None:
    """The one in the settings; a demonstration asks nobody outside this machine."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.outside_accounts:
        return None
    made: Provider = current_app.extensions.setdefault("identity_provider", Provider(settings))
    return made
