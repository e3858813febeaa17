"""Money reads as in the reader's language, with the sign of the euro before it."""

import pytest
from flask import Flask

from app.language import in_language
from app.words.money import euros


@pytest.mark.parametrize(
    ("language", "cents", "said"),
    [
        ("nl", 25_00, "€\xa025"),
        ("nl", 1234_50, "€\xa01.234,50"),
        ("en", 1234_50, "€\xa01,234.50"),
        ("nl", -99, "-€\xa00,99"),
    ],
)
def test_cents_read_as_euros(app: Flask, language: str, cents: int, said: str) -> None:
    with app.test_request_context(), in_language(language):
        assert euros(cents) == said
