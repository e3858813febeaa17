"""The days of a competition where calendars are odd: an hour more or less, a year with 53 weeks, holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.game import ledger
from app.domain.game.competing import draft, finalising, life, publishing, ranking
from app.domain.game.competing.competition import Competition, State
from app.domain.program import absence
from tests.domain.game.competing import arena
from tests.domain.game.competing.arena import BEFORE, Arena
from tests.domain.game.scene import ZONE

pytestmark = pytest.mark.usefixtures("session")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def held(here: Arena, first: date, last: date) -> Competition:
    row = here.draft(first=first, last=last)
    publishing.publish(row, by=here.scene.people.ines, now=datetime(2026, 1, 5, tzinfo=UTC), zone=ZONE)
    return row


WEEKS = {
    "an hour more": (date(2026, 10, 19), date(2026, 10, 25), 7 * 24 + 1),
    "an hour less": (date(2026, 3, 23), date(2026, 3, 29), 7 * 24 - 1),
    "over new year, in week 53": (date(2026, 12, 28), date(2027, 1, 3), 7 * 24),
}


@pytest.mark.parametrize("name", WEEKS)
def test_it_lives_from_midnight_to_midnight_there(name: str) -> None:
    first, last, hours = WEEKS[name]
    row = held(arena.start(), first, last)
    begins, ends = life.dates_of(row).moments(ZONE)
    assert ends - begins == hours * HOUR
    states = [life.state_of(row, at, ZONE) for at in (begins - SECOND, begins, ends - SECOND, ends)]
    assert states == [State.PUBLISHED, State.LIVE, State.LIVE, State.GRACE]


@pytest.mark.parametrize("name", WEEKS)
def test_its_days_count_and_those_beside_it_do_not(name: str) -> None:
    first, last, _ = WEEKS[name]
    here = arena.start()
    row = held(here, first, last)
    for number, on in enumerate((first - DAY, first, last, last + DAY), 1):
        here.scene.earn(10**number, on=on, hour=23, source_id=number, candidate_id=number)
    (line,) = ranking.ranked(row).people
    assert line.counts == 1_100


GRACE = {
    "monday": (date(2026, 10, 25), datetime(2026, 10, 26, 11, tzinfo=UTC)),
    "summer": (date(2026, 3, 29), datetime(2026, 3, 30, 10, tzinfo=UTC)),
    "christmas": (date(2026, 12, 25), datetime(2026, 12, 28, 11, tzinfo=UTC)),
    "new year's eve": (date(2026, 12, 31), datetime(2027, 1, 4, 11, tzinfo=UTC)),
}


@pytest.mark.parametrize("name", GRACE)
def test_grace_ends_at_noon_of_the_next_day_on_which_people_work(name: str) -> None:
    last, closes_at = GRACE[name]
    here = arena.start()
    for day in (date(2026, 12, 25), date(2027, 1, 1)):
        absence.record(None, day, day, by_id=None, now=BEFORE)
    assert held(here, last - DAY, last).closes_at == closes_at


def test_recorded_in_the_last_second_of_grace_counts_and_at_noon_does_not() -> None:
    here = arena.start()
    row = here.publish()
    for number, at in enumerate((arena.GRACE_OVER - SECOND, arena.GRACE_OVER), 1):
        here.scene.earn(100, recorded_at=at, source_id=number, candidate_id=number)
    assert [line.counts for line in ranking.ranked(row).people] == [100]


def test_taken_back_in_grace_counts_and_after_the_end_the_result_stays() -> None:
    here = arena.start()
    row = here.publish(prizes=arena.PLACES)
    here.scene.earn(100, source_id=1)
    here.scene.earn(50, source_id=2, candidate_id=2)
    ledger.reverse("action", 1, by_id=None, now=arena.GRACE_OVER - SECOND)
    here.finish(row)
    kept = ranking.ranked(row).people[0].counts
    ledger.reverse("action", 2, by_id=None, now=arena.FINAL + SECOND)
    assert kept == 50
    assert finalising.finalise(row, arena.FINAL + DAY) is None


def test_money_of_a_budget_that_ends_during_it_and_not_of_one_that_was_over_before() -> None:
    here = arena.start()
    here.budget.last = arena.MONDAY
    assert here.publish(prizes=arena.PLACES).published_at
    here.budget.last = arena.MONDAY - DAY
    with pytest.raises(publishing.NotYet, match="budget"):
        here.publish(prizes=arena.PLACES)


def test_nobody_is_told_of_days_that_are_past() -> None:
    here = arena.start()
    row = here.draft()
    with pytest.raises(publishing.NotYet, match="past"):
        publishing.publish(row, by=here.scene.people.ines, now=BEFORE + 14 * DAY, zone=ZONE)
    draft.drop(row)
