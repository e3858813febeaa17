"""A passkey of our own for tests: makes what a browser sends, and lies where a test tells it to."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40


def text(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()


@dataclass
class Key:
    """Kept by a device for one person at one host."""

    host: str = "fanfare.example"
    origin: str = "https://fanfare.example"
    handle: bytes = b""
    count: int = 0
    flags: int = PRESENT | VERIFIED
    number: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def made(self, challenge: str) -> str:
        """The answer to being made."""
        numbers = self.private.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        known = bytes(16) + len(self.number).to_bytes(2) + self.number + cbor2.dumps(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._facts(MADE) + known}
        said = {"attestationObject": text(cbor2.dumps(attested)), "clientDataJSON": self._said("create", challenge)}
        return self._answer(said)

    def used(self, challenge: str) -> str:
        """The answer to being asked for."""
        facts, client = self._facts(), self._client("get", challenge)
        signed = self.private.sign(facts + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"authenticatorData": text(facts), "clientDataJSON": text(client), "signature": text(signed)}
        return self._answer(said | {"userHandle": text(self.handle)} if self.handle else said)

    def _answer(self, response: dict[str, str]) -> str:
        number = text(self.number)
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response})

    def _facts(self, more: int = 0) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _client(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": f"webauthn.{what}", "challenge": challenge, "origin": self.origin}).encode()

    def _said(self, what: str, challenge: str) -> str:
        return text(self._client(what, challenge))
