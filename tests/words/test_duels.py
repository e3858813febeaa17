"""Tests of how pairs stand in words: on their page, on Today and in a mail."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.domain.game.competing.competition import Format, Metric
from app.domain.game.competing.own_part import OwnPart
from app.language import in_language
from app.words import duels
from app.words.own_part import stands


@pytest.fixture(autouse=True)
def _in_dutch(app: Flask) -> Iterator[None]:
    with app.test_request_context(), in_language("nl"):
        yield


def test_the_rounds_are_named_from_the_end() -> None:
    assert [duels.round_name(at, 4) for at in range(4)] == ["Ronde 1", "Kwartfinales", "Halve finales", "Finale"]


@pytest.mark.parametrize(
    ("ahead", "over", "said"),
    [
        (0, False, "Gelijk met Bram"),
        (1, False, "Je staat voor op Bram"),
        (-1, False, "Bram staat voor"),
        (1, True, "Je won van Bram"),
        (-1, True, "Bram won"),
    ],
)
def test_how_a_pair_stands(ahead: int, over: bool, said: str) -> None:
    assert duels.own_duel(Format.HEAD_TO_HEAD, "Bram", ahead, over=over) == said


def part(format_: Format, **facts: object) -> OwnPart:
    return OwnPart(format_, Metric.POINTS, None, 0, **facts)  # type: ignore[arg-type]


def test_who_is_left_over_meets_the_middle_or_goes_on() -> None:
    alone = {"round": 1, "rounds": 2, "ahead": 1}
    assert stands(part(Format.HEAD_TO_HEAD, **alone)) == "Je staat voor op de middelste score"
    assert stands(part(Format.BRACKET, **alone)) == "Halve finales · Je hebt deze ronde geen tegenstander en gaat door"


def test_whom_one_may_not_know_is_a_colleague() -> None:
    met = {"round": 2, "rounds": 2, "other_id": 7, "ahead": -1}
    assert stands(part(Format.BRACKET, **met)) == "Finale · Een collega staat voor"
    assert stands(part(Format.BRACKET, **met, over=True), "Bram") == "Finale · Bram won"
    assert stands(part(Format.HEAD_TO_HEAD), "Bram") == "", "nobody has a seat yet"
