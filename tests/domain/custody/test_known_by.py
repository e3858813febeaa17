"""In which rows of files somebody is found again."""

import pytest

from app.domain.custody.known_by import KnownBy

JAN = KnownBy(frozenset({"jan bos"}), frozenset({"jan@b.nl", "k-7"}), frozenset({"612345678"}))


@pytest.mark.parametrize(
    "row",
    [
        ["Jan  Bos"],
        ["Jan", "Bos"],
        ["mevr. Jan Bos-Smit"],
        ["x", "JAN@b.nl"],
        ["K-7"],
        ["+31 6 12345678"],
        ["tel;jan@b.nl"],
    ],
)
def test_who_is_meant_is_found(row: list[str]) -> None:
    assert JAN.in_row(row)


@pytest.mark.parametrize("row", [["Jan Bosman"], ["Ajan Bos"], ["jan@b.nl.example"], ["K-77"], ["612345679"], []])
def test_others_are_left_alone(row: list[str]) -> None:
    assert not JAN.in_row(row)
