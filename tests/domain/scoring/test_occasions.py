"""Past occasions: who was open, what had counted for them by then, and whether they acted in time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.scoring import occasions
from app.domain.scoring.occasions import Past, Task
from app.domain.scoring.replay import Event
from app.domain.scoring.ruleset import PRESET
from app.domain.scoring.tuning import Case

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")
TASK = Task(frozenset({"hired"}), timedelta(days=7))


def on(day: float, kind: str, entity: str = "a") -> Event:
    return Event(entity, kind, START + timedelta(days=day))


def cases(*events: Event, day: float = 10) -> list[Case]:
    moment = START + timedelta(days=day)
    return list(occasions.occasion(occasions.histories(events), TASK, moment, PRESET, ZONE).cases)


def test_what_counts_is_what_came_before() -> None:
    (((part,), acted),) = cases(on(8, "form"), on(11, "form"))
    assert (part.age, round(part.points, 9), acted) == (2, 30, False)


@pytest.mark.parametrize(("day", "acted"), [(10, False), (10.1, True), (17, True), (17.1, False)])
def test_acting_counts_within_the_horizon(day: float, acted: bool) -> None:
    assert cases(on(0, "form"), on(day, "hired"))[0].acted is acted


def test_who_came_later_was_not_there() -> None:
    assert cases(on(11, "form")) == []


def test_after_what_nobody_acted_again_somebody_is_no_longer_open() -> None:
    gone = [on(1, "refused", f"r{number}") for number in range(30)]
    hired = [on(each, "hired", f"h{number}") for number in range(30) for each in (2, 11)]
    assert len(cases(*gone, *hired)) == 30
    assert len(cases(*gone[:5], *hired)) == 35


def test_moments_are_horizons_apart_or_weeks_where_little_is_past() -> None:
    month = timedelta(days=28)
    few = list(occasions.moments_before(START + timedelta(days=56), START, month))
    many = list(occasions.moments_before(START + timedelta(days=280), START, month))
    assert [(moment - START).days for moment in few] == [28, 21, 14, 7]
    assert [(moment - START).days for moment in many[:2]] == [252, 224]


def test_of_many_a_fixed_sample_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occasions, "MOST_CASES", 3)
    events = [on(1 + number / 100, "form", f"p{number}") for number in range(9)]
    assert len(cases(*events)) == 3
    assert cases(*events) == cases(*reversed(events))


def test_a_choice_sees_only_occasions_that_were_known() -> None:
    events = [on(day, kind, f"p{day}") for day in range(30) for kind in ("form", "hired") if kind == "form" or day % 3]
    past = Past(events, TASK, PRESET, ZONE)
    cut = START + timedelta(days=20)
    assert all(each.known_at <= cut.timestamp() for each in past.before(cut))
    assert past.before(cut) == past.before(cut)
    assert Past([], TASK, PRESET, ZONE).before(cut) == []
