"""Passwords: kept as argon2id, refused when short, known to others or made of words that they link to the person."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.domain.agency import breached_password

SHORTEST = 12
LONGEST = 128
OWN_CHARACTERS = 8
SHORTEST_WORD = 3
SHORTEST_CHUNK = 4
COMMON = Path(__file__).with_name("common_passwords.txt")
WORD = re.compile(r"[^\W_]+")
hasher = PasswordHash((Argon2Hasher(),))


class Weakness(StrEnum):
    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    CONTEXT = "context"


def weakness(password: str, context: Iterable[str]) -> Weakness | None:
    """Why a password is refused, or None; `context` is what others link to the person: names, agency, program, mail."""
    password = _normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        return Weakness.SHORT if len(password) < SHORTEST else Weakness.LONG
    if _is_common(password):
        return Weakness.COMMON
    return Weakness.CONTEXT if _is_context(password.casefold(), context) else None


def _is_common(password: str) -> bool:
    """Known, known but for figures and signs around it, or a short piece repeated; spaces do not count."""
    password = as_tried(password)
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    return any(each in _common() or breached_password.is_known(each) for each in (password, core)) or _repeats(password)


def as_tried(password: str) -> str:
    """The form in which passwords are held against those that are known: small letters, no spaces."""
    return "".join(_normal(password).casefold().split())


def _repeats(password: str) -> bool:
    chunks = (password[:length] for length in range(1, len(password) // 2 + 1))
    return any(
        (chunk * len(password)).startswith(password) and (len(chunk) <= SHORTEST_CHUNK or chunk in _common())
        for chunk in chunks
    )


def _is_context(password: str, context: Iterable[str]) -> bool:
    """Whether too little of its own is left when the known words are taken out, the longest first."""
    words = {word for text in context for word in WORD.findall(_normal(text).casefold())}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            password = password.replace(word, "")
    return len(password) < OWN_CHARACTERS


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def hashed(password: str) -> str:
    """What is kept of a password. Slow by design: call it before the write transaction."""
    return hasher.hash(_normal(password))


def verify(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Whether it is the password, and a fresh hash when the kept one is of weaker settings.

    Without a kept hash it takes as long and fails. Slow by design: call it before the write transaction.
    """
    usable = kept if len(password) <= LONGEST else None
    right, fresh = hasher.verify_and_update(_normal(password[:LONGEST]), usable or _nobodys())
    return (right, fresh) if usable else (False, None)


@cache
def _nobodys() -> str:
    """A hash to compare with where there is no account, so that it takes the same time."""
    return hasher.hash("nobody has this password")


def _normal(text: str) -> str:
    """One form for letters that keyboards compose differently."""
    return unicodedata.normalize("NFKC", text)
