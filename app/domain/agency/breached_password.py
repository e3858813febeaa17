"""Passwords that became known when others were broken into, each as the first bytes of its SHA-256, in their order."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

KEPT = Path(__file__).with_name("breached_passwords.bin")
BYTES = 6
"""So few that the file is small; one in six thousand million other passwords is taken for one of them."""


def is_known(password: str) -> bool:
    """Whether it is in the collection, in the form in which that was packed."""
    kept, wanted = _kept(), _start(password)
    places = range(len(kept) // BYTES)
    place = bisect_left(places, wanted, key=lambda each: _at(kept, each))
    return _at(kept, place) == wanted


def packed(passwords: Iterable[str]) -> bytes:
    """The collection as it is kept."""
    return b"".join(sorted({_start(password) for password in passwords}))


def _start(password: str) -> bytes:
    return sha256(password.encode()).digest()[:BYTES]


def _at(kept: bytes, place: int) -> bytes:
    return kept[place * BYTES : (place + 1) * BYTES]


@cache
def _kept() -> bytes:
    return KEPT.read_bytes()
