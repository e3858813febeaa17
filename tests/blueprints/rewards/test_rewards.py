"""What people see of rewards, and how they ask for one: by plain forms, and never at a loss."""

from uuid import uuid4

import pytest
from flask import Flask

from app import clock
from app.db import db
from app.domain.agency.person import Person
from app.domain.game.rewarding import deciding
from app.domain.game.rewarding.catalogue import Why
from app.domain.game.rewarding.redemption import Redemption
from app.domain.game.rewarding.reward import Reward
from app.domain.program.program import the_program
from tests import page
from tests.blueprints.rewards.counter import URL, Counter, key_on, press
from tests.people import Browser
from tests.torture import rewards as races
from tests.torture.rewards import Race


def test_an_empty_catalogue_says_who_fills_it(counter: Counter) -> None:
    assert "Je sponsor vult de catalogus" in counter.at().get(URL).text
    assert "Catalogus vullen" in counter.at(counter.shop.people.ines).get(URL).text


def test_it_is_asked_for_and_cancelled_by_plain_forms(counter: Counter) -> None:
    reward_id, sanne = counter.offer(), counter.at()
    counter.earn(100)
    assert "100 punten tegoed" in sanne.get(URL).text
    assert press(sanne, reward_id).headers["Location"] == URL
    asked = sanne.get(URL).text
    assert "40 punten tegoed" in asked
    assert "Aangevraagd: Boekenbon." in asked
    (row,) = counter.requests()
    sanne.post(f"/redemptions/{row.id}/cancellation", at=URL)
    cancelled = sanne.get(URL).text
    assert "Je hebt je tegoed terug" in cancelled
    assert "100 punten tegoed" in cancelled


def test_what_is_sent_twice_counts_once(counter: Counter) -> None:
    reward_id, sanne = counter.offer(), counter.at()
    counter.earn(200)
    key = key_on(sanne.get(URL).text)
    assert [press(sanne, reward_id, key).status_code for _ in range(2)] == [303, 303]
    assert counter.coins() == 140


def test_what_needs_nobody_is_granted_at_once(counter: Counter) -> None:
    reward_id, sanne = counter.offer(approval=False), counter.at()
    counter.earn(60)
    press(sanne, reward_id)
    assert "Boekenbon is voor jou." in sanne.get(URL).text


def test_whoever_comes_too_late_is_told_and_loses_nothing(counter: Counter) -> None:
    reward_id, bram = counter.offer(stock=1), counter.shop.people.bram
    for person in (counter.shop.people.sanne, bram):
        counter.earn(60, person)
    late = counter.at(bram)
    key = key_on(late.get(URL).text)
    assert press(counter.at(), reward_id).status_code == 303
    answer = press(late, reward_id, key)
    assert (answer.status_code, 'role="alert"' in answer.text, "Ze zijn op." in answer.text) == (409, True, True)
    with counter.inside() as shop:
        assert shop.coins(bram) == 60


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"price": 100}, "Nog 40 punten tegoed nodig."),
        ({"stock": 0}, "Ze zijn op."),
        ({"cents": 10_001}, "De pot is op: vraag je sponsor."),
        ({"level": 2}, "Deze is er vanaf niveau 2."),
    ],
)
def test_every_refusal_is_in_words(counter: Counter, facts: dict[str, int], said: str) -> None:
    reward_id = counter.offer(**facts)
    counter.earn(60)
    with counter.inside():
        program = the_program()
        assert program
        program.levels = True
    sanne = counter.at()
    assert said in sanne.get(URL).text
    answer = press(sanne, reward_id, uuid4().hex)
    assert (answer.status_code, said in answer.text, counter.coins()) == (409, True, 60)


def test_a_price_that_nobody_read_is_not_paid(counter: Counter) -> None:
    reward_id, sanne = counter.offer(price=60), counter.at()
    counter.earn(500)
    key = key_on(sanne.get(URL).text)
    with counter.inside():
        db.session.get_one(Reward, reward_id).price = 400
    answer = press(sanne, reward_id, key, price=60)
    assert (answer.status_code, "De prijs is intussen veranderd" in answer.text, counter.coins()) == (409, True, 500)
    assert press(sanne, reward_id, key_on(answer.text)).status_code == 303
    assert counter.coins() == 100


def test_a_key_that_was_used_for_something_else_is_refused(counter: Counter) -> None:
    first, second, sanne = counter.offer(), counter.offer(title_nl="Taart"), counter.at()
    counter.earn(200)
    key = key_on(sanne.get(URL).text)
    press(sanne, first, key)
    assert [press(sanne, second, each).status_code for each in (key, "none")] == [409, 422]
    assert counter.coins() == 140


def test_what_one_can_have_now_comes_first(counter: Counter) -> None:
    for title, price, stock in (("Ver", 500, 3), ("Duur", 60, 3), ("Op", 5, 0), ("Goedkoop", 10, 3)):
        counter.offer(title_nl=title, price=price, stock=stock)
    counter.earn(100)
    html = counter.at().get(URL).text
    places = [html.index(f">{title}</a>") for title in ("Goedkoop", "Duur", "Op", "Ver")]
    assert places == sorted(places)


def test_somebody_elses_request_is_not_there_to_cancel(counter: Counter) -> None:
    reward_id = counter.offer()
    counter.earn(60)
    press(counter.at(), reward_id)
    (row,) = counter.requests()
    url = f"/redemptions/{row.id}/cancellation"
    people = counter.shop.people
    assert [counter.at(who).post(url).status_code for who in (people.bram, people.ines)] == [404, 404]


def test_what_was_decided_is_told_with_what_was_said(counter: Counter) -> None:
    reward_id, sanne = counter.offer(), counter.at()
    counter.earn(60)
    press(sanne, reward_id)
    (asked,) = counter.requests()
    with counter.inside() as shop:
        row = db.session.get_one(Redemption, asked.id)
        deciding.decline(row, by=shop.people.ines, now=shop.now, said="Volgende maand weer.")
    for url in (URL, f"{URL}/requests"):
        told = sanne.get(url).text
        assert "niet toegekend" in told
        assert "Volgende maand weer." in told
    sanne.post(f"/redemptions/{asked.id}/cancellation")
    assert "Dat was al afgelopen" in sanne.get(URL).text


def test_a_reward_that_is_not_there_is_not_found(counter: Counter) -> None:
    sanne = counter.at()
    assert sanne.get(f"{URL}/999").status_code == 404
    assert sanne.post(f"{URL}/999/redemptions", {"key": uuid4().hex}).status_code == 404


def test_of_many_at_once_one_gets_the_last_and_the_others_a_clean_page(
    real_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: races.NOW)
    race = races.one_of_stock(real_app, 8)
    at = {person_id: _at_the_page(real_app, person_id, race) for person_id in race.askers}

    def ask(_app: Flask, race: Race, person_id: int) -> str:
        browser, key = at[person_id]
        answer = browser.post(f"{URL}/{race.reward_id}/redemptions", {"key": key, "price": 60}, at=URL)
        assert page.faults(answer) == []
        return {303: "", 409: Why.SOLD_OUT}[answer.status_code]

    answers = races.at_once(real_app, race, ask)
    assert races.faults(real_app, race, answers) == []
    assert {each.why for each in answers if not each.granted} == {Why.SOLD_OUT}


def _at_the_page(app: Flask, person_id: int, race: Race) -> tuple[Browser, str]:
    with app.app_context():
        person = db.session.get_one(Person, person_id)
        db.session.expunge(person)
    browser = Browser(app).sign_in(person)
    return browser, key_on(browser.get(f"{URL}/{race.reward_id}").text)
