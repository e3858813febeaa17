"""The rows behind somebody's coins say what earned them, what they were spent on, and what came back."""

import pytest

from app.domain.game.rewarding import coin_rows, deciding, redemption
from tests.domain.game.rewarding.shop import Shop, open_shop


@pytest.mark.usefixtures("session")
def test_each_row_with_what_is_behind_it() -> None:
    shop: Shop = open_shop()
    shop.earn(100)
    of = shop.offer()
    row, sanne = shop.ask(of), shop.people.sanne
    assert deciding.decline(row, by=shop.people.ines, now=shop.now, said="Op")
    found = coin_rows.of_person(sanne.id)
    back, taken, earned = found.page.rows
    assert [each.coins for each in (back, taken, earned)] == [60, -60, 100]
    assert {earned.id: 100} == {entry: points.points for entry, points in found.earned.items()}
    assert found.rewards == {back.id: of, taken.id: of}
    assert coin_rows.of_person(shop.people.bram.id).rewards == {}
    last = redemption.moves_of([row.id])[row.id][-1]
    assert (last.state, last.note) == ("declined", "Op")
