"""The course of a score: each moment as it was then, and from now on it only fades."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.actions.response import take_in_many
from app.domain.scoring import engagement, score
from app.domain.scoring.course import BACK, Course, course
from app.domain.scoring.rules import live
from tests.domain.scoring.scene import MARCH, NOW, hit, make_candidate, take

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def went(session: None) -> tuple[int, Course]:
    candidate_id = make_candidate()
    take(candidate_id, ("form", 0), ("site_visit", 3), ("form", 20), ("job_view", 20.2))
    take_in_many([hit(candidate_id, "mail_click", 25)._replace(verdict="unknown")], NOW)
    return candidate_id, course(candidate_id, NOW, live().ruleset, AMSTERDAM)


def test_each_day_is_the_score_as_of_that_day(went: tuple[int, Course]) -> None:
    candidate_id, found = went
    for point in found.days[: BACK.days + 1 : 9]:
        tau = engagement.tau_as_of([candidate_id], point.at).get(candidate_id)
        value = score.value(tau, point.at.timestamp(), live().half_life)
        assert point.shown == pytest.approx(score.shown(value, live().ruleset.s50))


def test_today_is_the_score_and_then_it_fades(went: tuple[int, Course]) -> None:
    candidate_id, found = went
    assert found.days[BACK.days].shown == pytest.approx(engagement.score_of(candidate_id, NOW).shown)
    ahead = [point.shown for point in found.days[BACK.days :]]
    assert ahead == sorted(ahead, reverse=True)
    assert (len(ahead), found.days[0].shown) == (61, 0)


def test_fridays_are_at_five_on_the_local_clock(went: tuple[int, Course]) -> None:
    fridays = [point.at for point in went[1].fridays]
    assert len(fridays) == 20
    assert {at.astimezone(AMSTERDAM).strftime("%a %H:%M") for at in fridays} == {"Fri 17:00"}
    assert datetime(2026, 3, 27, 16, tzinfo=UTC) in fridays
    assert fridays[11] <= NOW + timedelta(days=1) < fridays[12]


def test_it_says_who_did_what(went: tuple[int, Course]) -> None:
    assert sorted(went[1].verdicts.values()) == ["human"] * 4 + ["unknown"]


def test_without_signals_it_is_flat(session: None) -> None:
    found = course(make_candidate(), MARCH, live().ruleset, AMSTERDAM)
    assert {point.shown for point in found.days} == {0}
