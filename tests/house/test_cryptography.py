"""What is hashed, signed and sealed: by libraries of others that are known for it, and by functions that hold."""

import ast
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import Signer, URLSafeSerializer

from app.config import ROOT

CODE = sorted(path for folder in ("app", "jobs") for path in (ROOT / folder).rglob("*.py"))
DOCUMENT = ROOT / "docs" / "security.md"
KNOWN = {
    "authlib": "authlib",
    "cryptography": "cryptography",
    "itsdangerous": "itsdangerous",
    "joserfc": "joserfc",
    "pwdlib": "pwdlib",
    "pyotp": "pyotp",
    "standardwebhooks": "standardwebhooks",
    "webauthn": "webauthn",
}
"""What we leave cryptography to, beside Python's own, and the part that brings it."""
PYTHONS = frozenset({"hashlib", "hmac", "secrets", "ssl"})
OTHERS = frozenset({"Crypto", "Cryptodome", "M2Crypto", "OpenSSL", "bcrypt", "crypt", "ecdsa", "jose", "jwt"}) | {
    *("jwcrypto", "nacl", "passlib", "pgpy", "rsa", "simplecrypt", "tink")
}
"""What else could be used for it: whoever does adds it above, and to the table of docs/security.md."""
APPROVED = frozenset({"sha256", "blake2b"})
BEFORE = {"app/web/signing.py": "sha1"}
"""Read, never made: what an earlier version signed in mails that are still about."""
SHORT = {
    "app/blueprints/board/view.py": "whether a page is still as it was shown",
    "app/blueprints/contests/standing.py": "as above",
    "app/blueprints/tv/contest.py": "as above",
    "app/blueprints/tv/view.py": "as above",
    "app/domain/game/pseudonym.py": "in which order names of the board are dealt",
    "app/domain/oversight/noticing.py": "which actions a colleague is asked about",
}
"""Fewer than 128 bits of a hash, where nothing is trusted for being equal."""


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Every module that a file imports, by its first name, and what of it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((each.name.partition(".")[0], "") for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module.partition(".")[0], each.name) for each in node.names)


def hashes_of(path: Path) -> set[str]:
    """The functions of hashlib that a file names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "hashlib"
    }
    return called | {name for module, name in imported(path) if module == "hashlib" and name}


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def test_cryptography_is_left_to_libraries_that_are_known_for_it() -> None:
    used = {module for path in CODE for module, _ in imported(path)}
    assert used & OTHERS == set()
    assert used >= PYTHONS - {"ssl"}
    assert KNOWN.keys() >= used & KNOWN.keys() >= {"cryptography", "itsdangerous", "pwdlib", "pyotp", "webauthn"}


def test_each_is_locked_by_its_hash() -> None:
    locked = (ROOT / "requirements-extras.txt").read_text(encoding="utf-8")
    by_hash = set(re.findall(r"^(\S+)==[^\n]*\\\n\s+--hash=sha256:", locked, re.MULTILINE))
    assert set(KNOWN.values()) - by_hash == set()


def test_only_hash_functions_that_hold_are_used() -> None:
    found = {told(path): hashes_of(path) - APPROVED for path in CODE}
    assert {path: names for path, names in found.items() if names} == {path: {name} for path, name in BEFORE.items()}
    assert sum("sha256" in hashes_of(path) for path in CODE) > 5


def test_what_is_signed_by_a_key_is_signed_by_256_bits() -> None:
    made = {told(path): [*calls(path, "hmac.new"), *calls(path, "hmac.digest")] for path in CODE}
    by = {path: {ast.unparse(each.args[-1]) for each in found} for path, found in made.items() if found}
    assert len(by) > 4
    assert {path: names for path, names in by.items() if not names <= {"'sha256'", "sha256", "hashlib.sha256"}} == {}


def sizes(path: Path) -> set[int]:
    """How many bytes of a hash a file keeps, where it says so."""
    found = [*calls(path, "hashlib.blake2b"), *calls(path, "blake2b")]
    words = [word for each in found for word in each.keywords]
    return {int(ast.unparse(word.value)) for word in words if word.arg == "digest_size"}


def test_a_hash_that_is_short_decides_nothing() -> None:
    found = {told(path): sizes(path) for path in CODE}
    assert sum(16 in each for each in found.values()) > 5
    assert {path for path, each in found.items() if each and min(each) < 16} == set(SHORT)


def test_cookies_links_and_forms_are_signed_by_sha_256(any_app: Flask) -> None:
    sessions = any_app.session_interface.get_signing_serializer(any_app)  # type: ignore[attr-defined] # Flask's default
    signers: list[Signer] = [sessions.make_signer(), URLSafeSerializer("key", salt="a link").make_signer()]
    assert [each.digest_method for each in signers] == [sha256, sha256]
    assert len(signers[0].get_signature(b"text")) == 43


@pytest.mark.parametrize("name", ["SHA-256", "HMAC-SHA-256", "AES-256-GCM", "Argon2id", "ECDSA"])
def test_the_inventory_tells_of_it(name: str) -> None:
    assert name in DOCUMENT.read_text(encoding="utf-8").partition("## Cryptography and keys")[2].partition("\n## ")[0]
