"""Requests as each provider makes them, signed with keys of the tests'; its own library says that they are right."""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from mailgun.security import SecurityGuard
from sendgrid.helpers.eventwebhook import EventWebhook

from app.mail_providers.sendgrid import SIGNATURE, TIMESTAMP
from app.mail_providers.told import Posted

SECRET = "een lang geheim van zestien tekens"
SIGNING_KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"
MARK = "f" * 40


@cache
def key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


@cache
def public_key() -> str:
    return b64encode(key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def of_postmark(event: Mapping[str, Any], password: str = SECRET) -> Posted:
    return Posted(orjson.dumps(event), {}, password)


def of_sendgrid(events: object, at: datetime) -> Posted:
    body, signed_at = orjson.dumps(events), str(int(at.timestamp()))
    signature = b64encode(key().sign(signed_at.encode() + body, ECDSA(SHA256()))).decode()
    assert EventWebhook(public_key()).verify_signature(body.decode(), signature, signed_at)
    return Posted(body, {SIGNATURE: signature, TIMESTAMP: signed_at}, "")


def of_mailgun(event: object, at: datetime, token: str = "t" * 50) -> Posted:
    signed_at = str(int(at.timestamp()))
    digest = hmac.new(SIGNING_KEY.encode(), f"{signed_at}{token}".encode(), hashlib.sha256).hexdigest()
    assert SecurityGuard.verify_webhook(SIGNING_KEY, token, signed_at, digest, max_age_seconds=0)
    signature = {"timestamp": signed_at, "token": token, "signature": digest}
    return Posted(orjson.dumps({"signature": signature, "event-data": event}), {}, "")
