"""Passwords that cost nothing to compare, for tests that compare many."""

from collections.abc import Iterator

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.domain.agency import password


def hasher(cost: int = 1) -> PasswordHash:
    """Argon2id at its cheapest, or a little dearer."""
    return PasswordHash((Argon2Hasher(time_cost=cost, memory_cost=8 * cost, parallelism=1),))


@pytest.fixture
def cheap_hashes() -> Iterator[None]:
    """Argon2id at its cheapest; what a test sets instead is put back too."""
    real = password.hasher
    password.hasher = hasher()
    password._nobodys.cache_clear()
    yield
    password.hasher = real
    password._nobodys.cache_clear()
