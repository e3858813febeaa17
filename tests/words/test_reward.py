"""The words of rewards, in both languages."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from app.domain.game.coins import CoinEntry
from app.domain.game.rewarding.catalogue import Hindrance, Why
from app.domain.game.rewarding.redemption import Redemption, RedemptionState
from app.domain.game.rewarding.reward import Reward, RewardKind
from app.language import in_language
from app.words import reward as words
from tests import make

REWARD = Reward(
    program_id=1,
    kind=RewardKind.GOODS,
    title_nl="Taart",
    title_en="Cake",
    price=1200,
    cents=1250,
    stock=1,
    per_person=2,
    level=3,
    first=date(2026, 12, 1),
    last=date(2026, 12, 31),
    made_at=make.START,
)


@pytest.mark.parametrize(
    ("why", "number", "nl", "en"),
    [
        (Why.RETIRED, 0, "wordt niet meer aangeboden", "not offered any more"),
        (Why.NOT_YET, 0, "Inwisselen kan vanaf 1 december.", "from 1 December"),
        (Why.OVER, 0, "Inwisselen kon tot en met 31 december.", "until 31 December"),
        (Why.LEVEL, 3, "Deze is er vanaf niveau 3.", "level 3"),
        (Why.LIMIT, 1, "Je had deze al, en iedereen kan hem één keer krijgen.", "everybody may have it once"),
        (Why.LIMIT, 2, "Je had deze al 2 keer, en vaker kan niet.", "had this 2 times"),
        (Why.SOLD_OUT, 0, "Ze zijn op.", "none left"),
        (Why.OWING, 1200, "Verdien eerst 1.200 punten tegoed terug.", "First 1,200 coins"),
        (Why.TOO_FEW, 1, "Nog 1 punt tegoed nodig.", "1 more coin."),
        (Why.BUDGET, 0, "De pot is op: vraag je sponsor.", "The pot is empty"),
    ],
)
def test_every_hindrance_is_said(app: Flask, why: Why, number: int, nl: str, en: str) -> None:
    said = {}
    for language in ("nl", "en"):
        with app.test_request_context(), in_language(language):
            said[language] = words.hindered(REWARD, Hindrance(why, number))
    assert (nl in said["nl"], en in said["en"]) == (True, True)


def test_facts_are_those_that_there_are(app: Flask) -> None:
    with app.test_request_context(), in_language("nl"):
        assert words.facts(REWARD) == ["waarde €\xa012,50", "nog 1", "2 per persoon", "tot en met 31 december"]
        assert "vanaf niveau 3" in words.facts(REWARD, levels=True)
        assert (words.title(REWARD), words.from_day(REWARD)) == ("Taart", ["vanaf 1 december"])
        assert [words.stock(left) for left in (None, 0)] == ["", "op"]


@pytest.mark.parametrize(("nl", "en", "language", "said"), [("Taart", "", "en", "Taart"), ("", "Cake", "nl", "Cake")])
def test_a_text_is_the_other_languages_where_there_is_none(
    app: Flask, nl: str, en: str, language: str, said: str
) -> None:
    facts = {"title_nl": nl, "title_en": en, "text_nl": nl, "text_en": en}
    with app.test_request_context(), in_language(language):
        assert {words.title(Told(**facts)), words.text(Told(**facts))} == {said}


@dataclass
class Told:
    title_nl: str
    title_en: str
    text_nl: str
    text_en: str


def test_each_state_has_its_word_and_its_sentence(app: Flask) -> None:
    with app.test_request_context(), in_language("en"):
        told = {(words.state_label(state), words.what_next(in_state(state))) for state in RedemptionState}
        assert len(told) == len(RedemptionState)
        assert words.title(REWARD) == "Cake"


def in_state(state: RedemptionState) -> Redemption:
    at = make.START
    return Redemption(reward_id=1, person_id=1, price=1, cents=0, key=b"", state=state, requested_at=at, expires_at=at)


@pytest.mark.parametrize(
    ("kind", "said"), [("spend", "Besteed aan: Beloning"), ("release", "Teruggekregen: Beloning"), ("earn", "Punten")]
)
def test_a_row_of_which_the_rest_is_gone_still_says_what_it_was(app: Flask, kind: str, said: str) -> None:
    row = CoinEntry(person_id=1, kind=kind, coins=1, source_kind="coins", source_id=1, recorded_at=make.START)
    with app.test_request_context(), in_language("nl"):
        assert words.coin_row(row, None, None, None) == said
