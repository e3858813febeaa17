"""How cookies, links and forms are signed: by HMAC-SHA-256; what was signed by SHA-1 before is still read."""

from hashlib import sha1, sha256
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Serializer, Signer, URLSafeTimedSerializer

BEFORE: dict[str, Any] = {"digest_method": sha1}
"""Mails are about whose links to stop do not end."""


class Sessions(SecureCookieSessionInterface):
    """Flask's own, but for the hash function."""

    digest_method = staticmethod(sha256)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        found = super().get_signing_serializer(app)
        if found:
            found.fallback_signers = [{"key_derivation": self.key_derivation, **BEFORE}]
        return found


def register(app: Flask) -> None:
    """For all that itsdangerous signs: the part of others that signs forms takes its usual way."""
    Signer.default_digest_method = staticmethod(sha256)
    Serializer.default_fallback_signers = [BEFORE]
    app.session_interface = Sessions()
