"""Passwords: what is refused and why, and that unknown accounts cost the same work."""

from unittest.mock import patch

import pytest

from app.domain.agency import password
from app.domain.agency.password import LONGEST, Weakness
from tests.hashes import hasher

CONTEXT = ("Uitzendbureau Voorbeeld", "Vaste Band", "Sanne de Vries", "sanne@voorbeeld.nl")
GOOD = "paars olifant fiets"


def why(text: str) -> Weakness | None:
    return password.weakness(text, CONTEXT)


@pytest.mark.parametrize(
    "text", [GOOD, "x" * 3 + "kwbqtrmfz", "Ad4 houdt van fietsen", "a" * 3 + "ä€漢字" * 3, "593028174650"]
)
def test_a_password_of_its_own_is_good(text: str) -> None:
    assert why(text) is None


def test_too_short_and_too_long() -> None:
    assert why("elf tekens.") == Weakness.SHORT
    assert why("paars olifant " * 10) == Weakness.LONG
    assert why(("paars olifant " * 10)[:LONGEST]) is None


@pytest.mark.parametrize(
    "text",
    [
        "Password2026!",
        "WACHTWOORD123",
        "welkom welkom",
        "abcabcabcabc",
        "1q2w3e4r5t6y",
        "aaaaaaaaaaaaaaa",
        "!!Zomer!!2026!",
    ],
)
def test_what_is_tried_first_is_refused(text: str) -> None:
    assert why(text) == Weakness.COMMON


@pytest.mark.parametrize("text", ["VasteBand2026!", "SanneDeVries1", "sanne@voorbeeld", "uitzendbureau-voorbeeld-12"])
def test_what_others_link_to_somebody_is_refused(text: str) -> None:
    assert why(text) == Weakness.CONTEXT


def test_a_known_word_among_others_is_good() -> None:
    assert why("sanne eet paarse fietsen") is None
    assert password.weakness("VasteBand2026!", ()) is None


def test_the_right_password_is_recognised() -> None:
    kept = password.hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert password.verify(GOOD, kept) == (True, None)
    assert password.verify("paars olifant fietz", kept) == (False, None)


@pytest.mark.parametrize("other", [GOOD.upper(), f"{GOOD} ", f" {GOOD}", GOOD[:-1]])
def test_a_password_is_taken_as_it_was_typed(other: str) -> None:
    assert not password.verify(other, password.hashed(GOOD))[0]


def test_the_last_character_counts_and_nothing_is_cut_off() -> None:
    longest = ("paars olifant " * 10)[:LONGEST]
    kept = password.hashed(longest)
    assert password.verify(longest, kept)[0]
    assert not password.verify(f"{longest[:-1]}X", kept)[0]
    assert not password.verify(f"{longest}X", kept)[0]


def test_letters_may_be_composed_either_way() -> None:
    assert password.verify("cafe\u0301 olifant fiets", password.hashed("caf\u00e9 olifant fiets"))[0]


def test_a_weaker_hash_is_renewed(cheap_hashes: None) -> None:
    weak = password.hashed(GOOD)
    password.hasher = hasher(cost=2)
    right, fresh = password.verify(GOOD, weak)
    assert right
    assert fresh
    assert password.verify(GOOD, fresh) == (True, None)


@pytest.mark.parametrize(("typed", "known"), [(GOOD, True), ("fout", True), (GOOD, False), ("x" * 2000, True)])
def test_every_answer_costs_one_comparison(typed: str, known: bool, cheap_hashes: None) -> None:
    kept = password.hashed(GOOD)
    password.verify("warm up", None)
    with patch.object(password.hasher, "verify_and_update", wraps=password.hasher.verify_and_update) as compare:
        password.verify(typed, kept if known else None)
    assert compare.call_count == 1


def test_no_account_is_never_right(cheap_hashes: None) -> None:
    assert password.verify("nobody has this password", None) == (False, None)
