"""When two names are one, may be one, and have nothing to do with each other."""

import pytest

from app.domain.candidates import namesake


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan de Vries", "jan DE vries"),
        ("Jan de Vries", "Vries, Jan de"),
        ("Jan de Vries", "de Vries, Jan"),
        ("Anne-Marie Jansen", "Anne Marie Jansen"),
        ("Zoë Özdemir", "Zoe Ozdemir"),
        ("Maria Theresia Jansen", "Maria Jansen"),
        ("Madonna", "madonna"),
    ],
)
def test_one_name(one: str, other: str) -> None:
    assert namesake.is_same(one, other)
    assert namesake.is_akin(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan de Vries", "Kees de Vries"),
        ("Jan de Vries", "Jan de Boer"),
        ("A. El Amrani", "Aisha El Amrani"),
        ("Jan", "Jan de Vries"),
    ],
)
def test_names_that_may_be_one(one: str, other: str) -> None:
    assert not namesake.is_same(one, other)
    assert namesake.is_akin(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jan de Vries", "Piet de Boer"), ("Aisha El Amrani", "Omar El Idrissi"), ("", ""), ("", "Jan")],
)
def test_names_of_strangers(one: str, other: str) -> None:
    assert not namesake.is_same(one, other)
    assert not namesake.is_akin(one, other)
