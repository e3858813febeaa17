"""Amounts of money as people type them."""

import pytest
from flask import Flask

from app.language import in_language
from app.web.euros import cents_of, written


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("25", 2500),
        ("12,50", 1250),
        ("12.5", 1250),
        ("€ 7,-", 700),
        ("EUR 1.250,00", 125_000),
        ("1.250", 125_000),
        ("1 000 000", 100_000_000),
        ("0", 0),
    ],
)
def test_an_amount_is_understood(typed: str, cents: int) -> None:
    assert cents_of(typed) == cents


@pytest.mark.parametrize("typed", ["", "gratis", "-5", "0,125", "1,2,3", "12,5055", "1e3", "9" * 40, "٣", "1\n2"])
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert cents_of(typed) is None


def test_it_stands_as_one_would_type_it(app: Flask) -> None:
    with app.test_request_context(), in_language("nl"):
        assert [written(2500), written(1205)] == ["25", "12,05"]
