"""Tests of coins that lapse: announced long enough before, the oldest spent first, and taken once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.game import ledger
from app.domain.game.rewarding import deciding, lapse, lapsing
from app.domain.game.rewarding.lapse import Announced, CoinLapse, TooSoon
from app.domain.game.running import NotAllowed
from tests.domain.game.rewarding.shop import TODAY, Shop, new_key, open_shop

ZONE = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
EDGE, GOES = date(2026, 11, 15), TODAY + 60 * DAY
OLD, NEW = datetime(2026, 11, 14, 22, 59, tzinfo=UTC), datetime(2026, 11, 14, 23, 0, tzinfo=UTC)
"""Before and after midnight in Amsterdam."""


@pytest.fixture
def shop(session: None) -> Shop:
    return open_shop()


def announce(shop: Shop, before: date = EDGE, goes: date = GOES) -> CoinLapse:
    return lapse.announce(shop.scene.program_id, before, goes, by=shop.people.ines, today=TODAY, now=shop.now)


def earn(shop: Shop, coins: int, at: datetime) -> int:
    number = int.from_bytes(new_key(), "big")
    shop.scene.earn(coins, on=at.date(), source_id=number, recorded_at=at)
    return number


def told(shop: Shop) -> list[tuple[date, int]]:
    return [(on, coins) for on, coins in lapsing.of_person(shop.people.sanne.id, shop.scene.program_id, ZONE)]


def take(shop: Shop, row: CoinLapse) -> int:
    return lapsing.take(row, shop.people.sanne.id, ZONE, shop.now)


def test_what_is_old_and_not_spent_goes_once(shop: Shop) -> None:
    assert told(shop) == []
    row = announce(shop)
    earn(shop, 50, OLD)
    earn(shop, 30, NEW)
    assert told(shop) == [(GOES, 50)]
    assert [take(shop, row), take(shop, row)] == [50, 0]
    assert (shop.coins(), told(shop)) == (30, [])


def test_the_oldest_are_spent_first(shop: Shop) -> None:
    row = announce(shop)
    earn(shop, 50, OLD)
    earn(shop, 30, NEW)
    shop.ask(shop.offer(price=40))
    kept = shop.ask(shop.offer(price=20))
    assert (told(shop), take(shop, row), shop.coins()) == ([], 0, 20)
    deciding.cancel(kept, by=shop.people.sanne, now=shop.now)
    assert told(shop) == [(GOES, 10)]


def test_what_is_taken_back_comes_off_what_it_had_earned(shop: Shop) -> None:
    announce(shop)
    old, new = earn(shop, 50, OLD), earn(shop, 30, NEW)
    ledger.reverse("action", new, by_id=None, now=shop.now)
    assert told(shop) == [(GOES, 50)]
    earn(shop, 10, OLD)
    ledger.reverse("action", old, by_id=None, now=shop.now)
    assert told(shop) == [(GOES, 10)]


def test_points_that_were_taken_away_were_the_oldest(shop: Shop) -> None:
    announce(shop)
    earn(shop, 50, OLD)
    earn(shop, 30, NEW)
    shop.scene.earn(-20, kind="adjust", source_kind="adjustment", source_id=1)
    assert told(shop) == [(GOES, 30)]
    ledger.reverse("adjustment", 1, by_id=None, now=shop.now)
    assert told(shop) == [(GOES, 50)]


def test_a_second_day_takes_what_the_first_left(shop: Shop) -> None:
    later = GOES + 30 * DAY
    announce(shop)
    announce(shop, TODAY, later)
    earn(shop, 50, OLD)
    earn(shop, 30, NEW)
    assert told(shop) == [(GOES, 50), (later, 30)]


def test_it_is_announced_sixty_days_before(shop: Shop) -> None:
    for before, goes in ((EDGE, GOES - DAY), (TODAY + DAY, GOES)):
        with pytest.raises(TooSoon):
            announce(shop, before, goes)
    with pytest.raises(NotAllowed):
        lapse.announce(shop.scene.program_id, EDGE, GOES, by=shop.people.lead, today=TODAY, now=shop.now)


def test_it_can_be_withdrawn_and_announced_anew(shop: Shop) -> None:
    row, program_id = announce(shop), shop.scene.program_id
    with pytest.raises(Announced):
        announce(shop)
    assert [lapse.withdraw(row, by=shop.people.ada, now=shop.now) for _ in range(2)] == [True, False]
    assert (lapse.standing(program_id), lapse.due(GOES)) == ([], [])
    assert announce(shop, EDGE - DAY).id == row.id
    found = lapse.find(program_id, row.id)
    assert found
    assert (found.withdrawn_at, found.earned_before) == (None, EDGE - DAY)


def test_it_is_due_on_its_day_and_then_done(shop: Shop) -> None:
    row = announce(shop)
    assert (lapse.due(GOES - DAY), lapse.due(GOES)) == ([], [row])
    assert [lapse.done(row, shop.now), lapse.withdraw(row, by=shop.people.ines, now=shop.now)] == [True, False]
    assert lapse.due(GOES) == []
