"""Many at once: as many get it as there is stock, coins and budget, all others a refusal; beside the control."""

import pytest
from flask import Flask

from app.domain.game.rewarding.catalogue import Why
from tests.torture import rewards
from tests.torture.rewards import RACES

WRITERS = 12
WHY = {"stock": Why.SOLD_OUT, "balance": Why.TOO_FEW, "budget": Why.BUDGET}


def test_no_more_get_it_than_there_is(real_app: Flask) -> None:
    for name, prepare in RACES.items():
        race = prepare(real_app, WRITERS)
        answers = rewards.at_once(real_app, race, rewards.ask)
        assert rewards.faults(real_app, race, answers) == []
        assert {each.why for each in answers if not each.granted} == {WHY[name]}


def test_a_round_costs_little(real_app: Flask) -> None:
    assert rewards.one_round(real_app, "stock", WRITERS).processor < rewards.LONGEST


@pytest.mark.parametrize("name", RACES)
def test_control_without_the_guards_more_do(real_app: Flask, name: str) -> None:
    race = RACES[name](real_app, WRITERS)
    assert rewards.winners_without_guards(real_app, race) > race.winners
