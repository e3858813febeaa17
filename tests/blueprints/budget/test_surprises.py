"""Surprises: given by the sponsor alone, from the budget if there is a value, and handed over once."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest

from app.db import db
from app.domain.agency.person import Person
from app.domain.game.competing import draft, publishing, taking_part
from app.domain.game.competing.competition import Format
from app.domain.game.competing.draft import Plan, PrizePlan
from app.domain.game.competing.prize import PrizeKind
from tests.blueprints.budget.counter import URL, Counter, standing
from tests.domain.game.rewarding.shop import TODAY
from tests.domain.game.scene import ZONE
from tests.people import Browser

SURPRISES = f"{URL}/surprises"


@pytest.fixture
def counter(browser: Browser) -> Iterator[Counter]:
    with standing(browser) as found:
        yield found


def gift(counter: Counter, **changed: object) -> dict[str, object]:
    told = {"text": "Zo hielp je Willem verder", "amount": "25", "kind": "goods"}
    return {"person_id": counter.people.sanne.id, **told, **changed}


def test_it_is_given_once_and_waits_to_be_handed_over(counter: Counter) -> None:
    key = uuid4().hex
    for _ in range(2):
        assert counter.post(SURPRISES, gift(counter), key=key).status_code == 303
    assert counter.pots() == (7_500, 0, 2_500, 0)
    assert "Zo hielp je Willem verder" in counter.get(SURPRISES)
    waiting = counter.get(f"{URL}/requests")
    assert "Wat bij een verrassing hoort" in waiting
    (address,) = set(re.findall(rf"{SURPRISES}/\d+/handover", waiting))
    counter.post(address, who=counter.people.ada)
    assert counter.pots() == (7_500, 0, 0, 2_500)


def test_what_came_with_it_is_let_go_of_when_they_left_before_they_got_it(counter: Counter) -> None:
    counter.post(SURPRISES, gift(counter), key=uuid4().hex)
    (address,) = set(re.findall(rf"{SURPRISES}/\d+/handover", counter.get(f"{URL}/requests")))
    release, sanne = address.replace("handover", "release"), counter.people.sanne.id
    counter.post(release)
    assert counter.pots() == (7_500, 0, 2_500, 0)
    counter.behind(lambda: setattr(db.session.get_one(Person, sanne), "deactivated_at", counter.shop.now))
    assert release in counter.get(f"{URL}/requests")
    for _press in range(2):
        counter.post(release)
    assert counter.pots() == (10_000, 0, 0, 0)


def test_whoever_gets_it_and_everybody_else_hears_of_it(counter: Counter) -> None:
    counter.post(SURPRISES, gift(counter, amount=""))
    assert "Zo hielp je Willem verder" in counter.get("/account", counter.people.sanne)
    assert "Zo hielp je Willem verder" not in counter.get("/account", counter.people.bram)
    assert "is verrast door de sponsor" in counter.get("/feed", counter.people.bram)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": " "}, "Vul dit in"),
        ({"text": "a" * 281}, "aaa</textarea>"),
        ({"person_id": 0}, "Kies wie je verrast"),
        ({"amount": "100,01"}, "Het budget komt hiervoor €\xa00,01 tekort"),
        ({"amount": "10.001"}, "meer dan €\xa010.000 per keer"),
        ({"amount": "veel"}, 'value="veel"'),
    ],
)
def test_what_cannot_be_given_stays_on_the_form(counter: Counter, changed: dict[str, object], said: str) -> None:
    answer = counter.post(SURPRISES, gift(counter, **changed))
    assert answer.status_code == 422
    assert said in answer.text
    assert counter.pots() == (10_000, 0, 0, 0)


def test_the_form_sent_again_for_something_else_is_not_lost_unseen(counter: Counter) -> None:
    key = uuid4().hex
    counter.post(SURPRISES, gift(counter), key=key)
    other = counter.post(SURPRISES, gift(counter, text="Iets anders"), key=key)
    assert (other.status_code, key in other.text, "Iets anders</textarea>" in other.text) == (422, False, True)


def test_an_administrator_only_hands_over(counter: Counter) -> None:
    assert "Alleen de sponsor verrast mensen" in counter.get(SURPRISES, counter.people.ada)
    assert counter.post(SURPRISES, gift(counter), who=counter.people.ada).status_code == 404


def test_what_a_competition_kept_for_surprises_pays_for_who_takes_part(counter: Counter) -> None:
    def publish() -> int:
        kept = PrizePlan(PrizeKind.SURPRISE, "Verrassing", 30_00)
        plan = Plan("Sprint", Format.TEAM_GOAL, TODAY, TODAY, goal=1, budget_id=counter.shop.budget_id, prizes=(kept,))
        row = draft.make(counter.shop.scene.program_id, plan, by=counter.people.ines, now=counter.shop.now)
        publishing.publish(row, by=counter.people.ines, now=counter.shop.now, zone=ZONE)
        taking_part.decline(row, counter.people.bram, counter.shop.now)
        return row.id

    assert "Betaald uit" not in counter.get(SURPRISES)
    contest = counter.behind(publish)
    assert "Sprint: nog €\xa030" in counter.get(SURPRISES)
    refused = counter.post(SURPRISES, gift(counter, out_of=contest, person_id=counter.people.bram.id))
    assert (refused.status_code, "is voor wie eraan meedoet" in refused.text) == (422, True)
    refused = counter.post(SURPRISES, gift(counter, out_of=contest, amount="31"))
    assert "De wedstrijd komt hiervoor €\xa01 tekort" in refused.text
    assert counter.post(SURPRISES, gift(counter, out_of=contest)).status_code == 303
    assert counter.pots() == (7_000, 500, 2_500, 0)
