"""Random tokens for links, sessions and keys: the holder has the token, we keep only its hash."""

import hashlib
import secrets


def fresh() -> str:
    """A new token of 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is stored of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
