"""Folding: the form in which two spellings of one word are the same, without capitals, accents and loose spaces."""

import unicodedata

WITHOUT_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})
"""Letters that have no plain letter inside them, as people type them on a Dutch keyboard."""


def fold(text: str) -> str:
    """As 'ŁUKASZ  Özdemir' is 'lukasz ozdemir'."""
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.translate(WITHOUT_ACCENT).split())
