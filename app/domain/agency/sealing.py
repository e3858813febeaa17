"""Secrets that must be read again are kept sealed: whoever has the database without the settings' key reads nothing."""

import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
KEY = 32


class Broken(Exception):  # noqa: N818 - it says what the sealed thing is
    """It was sealed with another key, for another purpose or row, or it was changed."""


def seal(plain: bytes, key: str, purpose: str) -> bytes:
    """In the newest form, under a key derived from the settings' key; `purpose` names the row that it belongs to."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + FORMS[0](key).encrypt(nonce, plain, purpose.encode())


def unseal(sealed: bytes, key: str, purpose: str) -> bytes:
    """What was sealed, in whichever form: each proves by itself whether it is the right one.

    Raises:
        Broken: it cannot be read with this key, or belongs elsewhere.
    """
    for form in FORMS:
        try:
            return form(key).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            continue
    raise Broken


def _aes(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY, salt=None, info=b"fanfare sealed secrets").derive(key.encode()))


FORMS: tuple[Callable[[str], AESGCM | ChaCha20Poly1305], ...] = (_aes,)
"""The newest first, in which is sealed; the others are read until `flask reseal` was given."""
