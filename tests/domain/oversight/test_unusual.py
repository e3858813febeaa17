"""What is unlike honest logging: planted fakers are found, honest people with all their habits are not."""

import random
from datetime import datetime, timedelta

import pytest

from app.domain.oversight import unusual
from app.domain.oversight.unusual import Logged, Yield
from tests.domain.oversight.unusual_month import FIRST, HABITS, LAST_WEEK, faker, honest, yields

PEOPLE = 400
PLANTED = ("burst", "after_hours", "same_note", "backdated", "one_candidate")


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("seed", range(5))
def test_a_planted_faker_is_found(kind: str, seed: int) -> None:
    assert kind in unusual.find(faker(random.Random(seed), kind), LAST_WEEK)


def test_false_alarms_are_rare() -> None:
    """The share that docs/game.md tells: below one in a hundred honest months."""
    months = [honest(random.Random(seed), HABITS[seed % len(HABITS)]) for seed in range(PEOPLE)]
    alarms = sum(bool(unusual.find(month, LAST_WEEK)) for month in months)
    assert alarms <= PEOPLE // 100


def test_points_without_proof_stand_out_among_colleagues() -> None:
    rng = random.Random(1)
    everybody = yields(rng, 60)
    assert unusual.low_yield(Yield(5000, 0), everybody)
    assert sum(bool(unusual.low_yield(own, everybody)) for own in everybody) == 0


@pytest.mark.parametrize(("points", "peers"), [(999, 60), (5000, 4)])
def test_few_points_or_few_colleagues_are_no_comparison(points: int, peers: int) -> None:
    usual = [Yield(2000, 10)] * peers
    assert unusual.low_yield(Yield(points, 0), usual) is None


def press(number: int, *, seconds: int, note: str = "") -> Logged:
    at = LAST_WEEK + timedelta(hours=14, seconds=seconds)
    return Logged(number, at, at, two_way=True, note=note)


def test_an_event_with_thirty_candidates_is_one_press() -> None:
    event = [press(number, seconds=0, note="Banenmarkt in de Veilinghal") for number in range(30)]
    assert unusual.find(event, LAST_WEEK) == {}


def test_the_limit_itself_stands_out_and_one_less_does_not() -> None:
    logged = [press(number, seconds=50 * number) for number in range(unusual.BURST)]
    assert unusual.burst(logged) == {"count": 12, "minutes": 10, "from": "2026-11-16T14:00:00+01:00", "limit": 12}
    assert unusual.burst(logged[1:]) is None


def test_a_burst_is_told_in_its_own_week_only() -> None:
    logged = [press(number, seconds=10 * number) for number in range(15)]
    assert "burst" in unusual.find(logged, FIRST)
    assert "burst" not in unusual.find(logged, LAST_WEEK + timedelta(weeks=1))


def test_nobody_who_logged_nothing_stands_out() -> None:
    assert unusual.find([], LAST_WEEK) == {}


def past(habit: str, people: int = 60) -> list[dict[str, unusual.Evidence]]:
    months = [honest(random.Random(seed), habit) for seed in range(1000, 1000 + people)]
    return [unusual.find(month, LAST_WEEK, unusual.NONE) for month in months]


def test_a_short_past_says_nothing_of_what_is_usual() -> None:
    assert unusual.limits_of(past("at once", unusual.USUAL_OF - 1)) == unusual.LOWEST


def test_limits_follow_what_is_usual_here_and_only_upwards() -> None:
    usual = [{"backdated": {"count": share, "of": 100}, "burst": {"count": 3}} for share in range(20, 80)]
    assert unusual.limits_of(usual) == unusual.LOWEST._replace(backdated=80)


def test_limits_rise_to_twice_as_much_at_most() -> None:
    everybody_fakes = [{kind: {"count": 400, "of": 400} for kind in unusual.KINDS}] * 60
    assert unusual.limits_of(everybody_fakes) == unusual.Limits(24, 20, 30, 100, 16)


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("kind", PLANTED)
def test_a_faker_is_found_by_the_limits_of_the_agencys_own_past(habit: str, kind: str) -> None:
    assert kind in unusual.find(faker(random.Random(7), kind), LAST_WEEK, unusual.limits_of(past(habit)))


def test_a_clean_year_is_quiet() -> None:
    """At most one false flag in a hundred weeks of a person, by the limits of their own past."""
    limits = unusual.limits_of([each for habit in HABITS for each in past(habit, 20)])
    year = [honest(random.Random(5000 + number), HABITS[number % len(HABITS)]) for number in range(12 * 13)]
    weeks = [FIRST + timedelta(weeks=number) for number in range(4)]
    flags = sum(len(unusual.find(_until(month, week), week, limits)) for month in year for week in weeks)
    assert flags <= len(year) * len(weeks) // 100


def _until(month: list[Logged], week: datetime) -> list[Logged]:
    return [one for one in month if one.recorded < week + timedelta(weeks=1)]
