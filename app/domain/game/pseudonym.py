"""Pseudonyms: a kind word and an animal that somebody keeps, of whom only the program knows who it is."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path

HALF = 6
MASK = (1 << HALF) - 1
ROUNDS = 4


def pseudonym(seed: str, person_id: int, language: str) -> str:
    """As Vlugge Vos or Nimble Fox: the same words as long as the seed is the same, and never those of another.

    After 4,096 people the words come again with a number behind them.
    """
    again, number = divmod(person_id, 1 << 2 * HALF)
    left, right = _shuffled(seed, number)
    qualities, animals = _words(language)
    words = f"{qualities[left]} {animals[right]}"
    return f"{words} {again + 1}" if again else words


def _shuffled(seed: str, number: int) -> tuple[int, int]:
    """A secret order of all pairs of words: a Feistel network has no two numbers meet."""
    left, right = number >> HALF, number & MASK
    for turn in range(ROUNDS):
        mixed = hashlib.blake2b(f"{turn} {right}".encode(), key=seed.encode(), digest_size=1).digest()[0]
        left, right = right, left ^ (mixed & MASK)
    return left, right


@cache
def _words(language: str) -> tuple[list[str], list[str]]:
    read = tomllib.loads(Path(__file__).with_name("pseudonyms.toml").read_text(encoding="utf-8"))
    return [each[language] for each in read["qualities"]], [each[language] for each in read["animals"]]
