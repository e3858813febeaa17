"""The budget's page: where the money is, for what, how it moved; making one, giving more and taking back."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from app.db import db
from app.domain.game.rewarding import funding
from tests.blueprints.budget.counter import URL, Counter, standing
from tests.domain.game.competing import arena
from tests.people import Browser, make_people

NEXT = {"name": "2027", "first": "2027-01-01", "last": "2027-12-31", "amount": "2.500"}


@pytest.fixture
def counter(browser: Browser) -> Iterator[Counter]:
    with standing(browser) as found:
        yield found


def test_it_says_where_the_money_is_and_for_what(counter: Counter) -> None:
    counter.ask()
    page = counter.get(URL)
    for said in ("€\xa075 van €\xa0100 is beschikbaar", "Boekenbon, Sanne de Vries", "Gereserveerd <span"):
        assert said in page


def test_every_movement_has_its_words(counter: Counter) -> None:
    number = counter.granted()
    counter.post(f"{URL}/requests/{number}/fulfilment")
    counter.post(f"{counter.address}/withdrawal", {"amount": "10"})
    page = counter.get(URL)
    said = ("Aan het budget toegevoegd", "Toegezegd <span", "Uitgereikt <span", "Uit het budget teruggenomen")
    assert [each for each in said if each not in page] == []


def test_without_a_budget_there_is_one_button(browser: Browser) -> None:
    with browser.app.app_context():
        people = make_people()
    page = browser.sign_in(people.ines).get(URL).text
    assert "Er is nog geen budget" in page
    assert page.count(f'href="{URL}/new"') == 1


def test_one_makes_a_budget_with_money_in_it(counter: Counter) -> None:
    key = uuid4().hex
    made = counter.post(f"{URL}/new", NEXT, key=key)
    assert made.status_code == 303
    assert "€\xa02.500 van €\xa02.500" in counter.get(made.location)
    assert counter.post(f"{URL}/new", NEXT, key=key).location == made.location
    assert "€\xa02.500 van €\xa02.500" in counter.get(made.location), "pressed twice it is one budget"
    again = counter.post(f"{URL}/new", NEXT | {"amount": "9"}, key=uuid4().hex)
    assert (again.status_code, "heeft een deel van deze dagen" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first": "2026-12-31"}, "2026 heeft een deel van deze dagen"),
        ({"last": "2026-01-01"}, "vóór de eerste dag"),
        ({"last": "2029-06-01"}, "ten hoogste twee jaar"),
        ({"first": "0001-01-01"}, "in deze eeuw"),
        ({"amount": "0"}, "boven nul"),
        ({"amount": "heel veel"}, 'value="heel veel"'),
        ({"amount": "1.000.001"}, "meer dan €\xa01.000.000 per keer"),
        ({"name": " "}, "Vul dit in"),
    ],
)
def test_what_cannot_be_stays_on_the_form(counter: Counter, changed: dict[str, str], said: str) -> None:
    answer = counter.post(f"{URL}/new", {**NEXT, **changed})
    assert answer.status_code == 422
    assert said in answer.text


def test_one_gives_more_once_however_often_it_is_pressed(counter: Counter) -> None:
    key = uuid4().hex
    for _ in range(2):
        assert counter.post(f"{counter.address}/allotment", {"amount": "12,50"}, key=key).status_code == 303
    assert counter.pots() == (11_250, 0, 0, 0)
    other = counter.post(f"{counter.address}/allotment", {"amount": "13"}, key=key)
    assert (other.status_code, key in other.text) == (422, False)
    assert 'value="13"' in other.text


def test_one_takes_back_what_is_available_and_no_more(counter: Counter) -> None:
    counter.ask()
    refused = counter.post(f"{counter.address}/withdrawal", {"amount": "75,01"})
    assert refused.status_code == 422
    assert "Er is €\xa075 beschikbaar, en niet meer" in refused.text
    assert 'value="75,01"' in refused.text
    assert counter.post(f"{counter.address}/withdrawal", {"amount": "75"}).status_code == 303
    assert counter.pots() == (0, 2_500, 0, 0)


def test_a_past_budget_keeps_its_page(counter: Counter) -> None:
    counter.post(f"{URL}/new", NEXT)
    assert "2027" in counter.get(URL), "the others stand beside it"
    assert counter.get(counter.address).count("€\xa0100") > 0
    assert counter.browser.sign_in(counter.people.ines).get(f"{URL}/999").status_code == 404


@pytest.mark.parametrize("who", ["sanne", "tess", "lead", "otto"])
def test_nobody_else_may_look(counter: Counter, who: str) -> None:
    browser = counter.browser.sign_in(getattr(counter.people, who))
    for url in (URL, f"{URL}/requests", f"{URL}/payroll.csv", f"{URL}/surprises", f"{URL}/coins"):
        assert browser.get(url).status_code == 404
    assert browser.post(f"{counter.address}/allotment", {"amount": "5"}).status_code == 404


def test_what_is_held_leads_to_what_it_is_for(browser: Browser) -> None:
    with browser.app.app_context():
        found = arena.start()
        race = found.publish(prizes=arena.PLACES)
        db.session.commit()
    page = browser.sign_in(found.scene.people.ines).get(URL).text
    assert f'href="/contests/{race.id}">Sprint</a>' in page


def test_a_budget_does_not_overflow(counter: Counter) -> None:
    more: dict[str, Any] = {"by": counter.people.ines, "now": counter.shop.now, "key": uuid4().bytes}
    counter.behind(lambda: funding.allot(counter.shop.budget_id, 1_999_900_000, **more))
    answer = counter.post(f"{counter.address}/allotment", {"amount": "1.000"})
    assert answer.status_code == 422
    assert "past ten hoogste €\xa020.000.000" in answer.text
