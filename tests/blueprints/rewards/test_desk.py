"""The desk of the catalogue: rewards are added, changed, retired and brought back."""

from io import BytesIO

import pytest
from sqlalchemy import select

from app.db import db
from app.domain.game.rewarding.reward import Reward, find
from tests.blueprints.rewards.counter import URL, Counter
from tests.make import PNG

DESK = f"{URL}/desk"
FORM = {
    "kind": "goods",
    "title_nl": "Koptelefoon",
    "price": "1200",
    "cents": "99,95",
    "stock": "2",
    "per_person": "1",
    "approval": "y",
    "last": "2026-12-31",
}


def rewards(counter: Counter) -> list[Reward]:
    with counter.inside():
        return list(db.session.scalars(select(Reward).order_by(Reward.id)))


def test_an_empty_catalogue_begins_with_examples_once(counter: Counter) -> None:
    ines = counter.at(counter.shop.people.ines)
    assert "Met drie voorbeelden beginnen" in ines.get(DESK).text
    for _ in range(2):
        ines.post(f"{DESK}/examples", at=DESK)
    assert [each.kind for each in rewards(counter)] == ["time_off", "voucher", "donation"]
    assert "Er staat al iets in de catalogus" in ines.get(DESK).text


def test_one_is_added_with_its_picture(counter: Counter) -> None:
    ines = counter.at(counter.shop.people.ines)
    picture = (BytesIO(PNG), "foto.png")
    assert ines.post(DESK, FORM | {"picture": picture}, at=f"{DESK}/new").status_code == 303
    (row,) = rewards(counter)
    assert (row.cents, row.stock, row.per_person, str(row.last)) == (9995, 2, 1, "2026-12-31")
    shown = counter.at().get(f"{URL}/{row.id}").text
    assert f"/pictures/{row.picture_id}" in shown
    assert "Waarde €\xa099,95" in shown
    assert "Tot en met 31 december" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_nl": " "},
        {"price": "0"},
        {"price": "veel"},
        {"cents": "gratis"},
        {"cents": "100001"},
        {"stock": "-1"},
        {"per_person": "0"},
        {"kind": "virus"},
        {"first": "2027-01-01"},
        {"last": "0001-01-01"},
        {"picture": (b"<svg/>", "foto.svg")},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(counter: Counter, wrong: dict[str, object]) -> None:
    file = wrong.get("picture")
    sent = wrong | ({"picture": (BytesIO(file[0]), file[1])} if isinstance(file, tuple) else {})
    answer = counter.at(counter.shop.people.ada).post(DESK, FORM | {"text_nl": "Draadloos"} | sent, at=f"{DESK}/new")
    assert (answer.status_code, "Draadloos" in answer.text, rewards(counter)) == (422, True, [])
    assert 'role="alert"' in answer.text


def test_it_is_changed_and_the_picture_stays(counter: Counter) -> None:
    ines = counter.at(counter.shop.people.ines)
    ines.post(DESK, FORM | {"picture": (BytesIO(PNG), "foto.png")}, at=f"{DESK}/new")
    (before,) = rewards(counter)
    url = f"{DESK}/{before.id}"
    assert 'value="99,95"' in ines.get(url).text
    assert ines.post(url, FORM | {"title_nl": ""}, at=url).status_code == 422
    assert ines.post(url, FORM | {"seen": "2", "stock": "", "price": "900", "approval": ""}, at=url).status_code == 303
    (row,) = rewards(counter)
    assert (row.price, row.stock, row.approval, row.picture_id) == (900, None, False, before.picture_id)


def test_its_picture_is_taken_off(counter: Counter) -> None:
    ines = counter.at(counter.shop.people.ines)
    ines.post(DESK, FORM | {"picture": (BytesIO(PNG), "foto.png")}, at=f"{DESK}/new")
    url = f"{DESK}/{rewards(counter)[0].id}"
    assert "Zonder deze afbeelding" in ines.get(url).text
    ines.post(url, FORM | {"seen": "2", "plain": "y"}, at=url)
    assert rewards(counter)[0].picture_id is None
    assert "Zonder deze afbeelding" not in ines.get(url).text


def test_stock_that_moved_meanwhile_is_looked_at_again(counter: Counter) -> None:
    reward_id, ines = counter.offer(stock=3), counter.at(counter.shop.people.ines)
    url = f"{DESK}/{reward_id}"
    counter.earn(60)
    with counter.inside() as shop:
        shop.ask(found(counter, reward_id))
    answer = ines.post(url, FORM | {"seen": "3", "stock": "10"}, at=url)
    assert (answer.status_code, "het is nu 2" in answer.text, 'name="seen"' in answer.text) == (422, True, True)
    assert [each.title_nl for each in rewards(counter)] == ["Boekenbon"]
    ines.post(url, FORM | {"seen": "2", "stock": "10"}, at=url)
    assert [each.stock for each in rewards(counter)] == [10]


def found(counter: Counter, reward_id: int) -> Reward:
    row = find(counter.shop.scene.program_id, reward_id)
    assert row
    return row


def test_it_is_retired_and_brought_back(counter: Counter) -> None:
    reward_id, ines = counter.offer(), counter.at(counter.shop.people.ines)
    url = f"{DESK}/{reward_id}"
    ines.post(f"{url}/retirement", at=DESK)
    assert "wordt niet meer aangeboden" in ines.get(DESK).text
    assert "Boekenbon" not in counter.at().get(URL).text
    ines.post(f"{url}/return", at=DESK)
    assert "Boekenbon" in counter.at().get(URL).text
