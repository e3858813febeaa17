"""The score: cells, caps and one timestamp."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring.ruleset import DAY, PRESET, KindRule, Ruleset
from app.domain.scoring.score import (
    CellId,
    CellState,
    Hit,
    Verdict,
    admit,
    event_key,
    fold,
    hit_key,
    leaves,
    merge,
    replace,
    shown,
    value,
    weight,
)

ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY = 1_773_615_600.0  # 2026-03-16 00:00 in Amsterdam; the clock changes on the 29th
RULES = Ruleset(half_life_days=14, kinds={"visit": KindRule(3, 2), "click": KindRule(6, 1), "form": KindRule(30, None)})

half_lives = st.floats(3_600, 2 * 365 * DAY)
verdicts: st.SearchStrategy[Verdict] = st.sampled_from(["human", "unknown", "machine"])
hits = st.builds(
    Hit,
    at=st.floats(MONDAY, MONDAY + 15 * DAY),
    kind=st.sampled_from(["visit", "visit", "click", "form", "never_heard_of"]),
    local_date=st.none(),
    points=st.none() | st.floats(0.5, 50),
    verdict=verdicts,
)
histories = st.lists(hits, max_size=30)
far_apart = st.lists(st.tuples(st.floats(0, 50 * 365 * DAY), st.floats(0.01, 1_000)), min_size=1, max_size=20)


def one_by_one(arriving: Iterable[Hit], rules: Ruleset) -> tuple[float | None, dict[CellId, CellState]]:
    """What the desk does: every hit as it comes, with only its own week at hand."""
    tau: float | None = None
    cells: dict[CellId, CellState] = {}
    for hit in arriving:
        day = date_of(hit)
        key = hit_key(hit, rules, day)
        if key is None:
            continue
        own = cells.get((hit.kind, day))
        change = admit(
            tau,
            day,
            key,
            present=own.key if own else None,
            others=week_of(cells, hit.kind, day),
            rule=rules.rule(hit.kind),
            half_life=rules.half_life,
        )
        tau, cells[hit.kind, day] = change.tau, change.cell
        if change.pushed_out:
            out = hit.kind, change.pushed_out
            cells[out] = cells[out]._replace(counted=False)
    return tau, cells


def week_of(cells: dict[CellId, CellState], kind: str, day: date) -> dict[date, float]:
    return {
        other: state.key
        for (name, other), state in cells.items()
        if state.counted and name == kind and other != day and other.isocalendar()[:2] == day.isocalendar()[:2]
    }


def date_of(hit: Hit) -> date:
    return datetime.fromtimestamp(hit.at, ZONE).date()


def same(tau: float | None, other: float | None) -> bool:
    return (tau is None and other is None) or (tau is not None and other is not None and abs(tau - other) < 0.01)


def summed(events: Iterable[tuple[float, float]], now: float, half_life: float) -> float:
    return math.fsum(w * 2 ** ((t - now) / half_life) for t, w in events)


def test_the_written_example() -> None:
    points = {"ad_click": 5, "form": 30, "mail_click": 6, "site_visit": 3, "application_started": 15}
    table = [
        (0, "ad_click", 32.507, 32.507, 5.000),
        (1, "ad_click", 33.507, 47.013, 9.758),
        (3, "form", 71.696, 76.912, 38.838),
        (10, "mail_click", 46.189, 80.903, 33.463),
        (17, "site_visit", 39.189, 83.314, 26.662),
        (24, "application_started", 78.696, 95.137, 33.853),
    ]
    tau = None
    for day, kind, key, after, score in table:
        e = event_key(day, points[kind], 14)
        tau = merge(tau, e, 14)
        assert (e, tau, value(tau, day, 14)) == pytest.approx((key, after, score), abs=5e-4)
    assert (value(tau, 38, 14), value(tau, 66, 14)) == pytest.approx((16.926, 4.232), abs=5e-4)
    assert tau is not None
    assert (leaves(tau, 20, 14), leaves(tau, 1, 14)) == pytest.approx((34.63, 95.14), abs=5e-3)
    assert shown(value(tau, 24, 14), 25) == pytest.approx(57.5, abs=0.05)


def test_the_preset_replays_the_written_example() -> None:
    kinds = [(0, "ad_click"), (1, "ad_click"), (3, "form"), (10, "mail_click"), (17, "site_visit")]
    days = [Hit(MONDAY + day * DAY, kind) for day, kind in [*kinds, (24, "application_started")]]
    found = fold(days, Ruleset(half_life_days=14, kinds=PRESET.kinds), ZONE)
    assert value(found.tau, MONDAY + 24 * DAY, 14 * DAY) == pytest.approx(33.853, abs=5e-4)


@given(histories.flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))))
def test_any_order_of_arrival_gives_the_replay(orders: tuple[list[Hit], list[Hit]]) -> None:
    history, arriving = orders
    tau, cells = one_by_one(arriving, RULES)
    replayed = fold(history, RULES, ZONE)
    assert same(tau, replayed.tau)
    assert cells == replayed.cells == fold(arriving, RULES, ZONE).cells


@given(histories)
def test_duplicates_change_nothing(history: list[Hit]) -> None:
    once, twice = fold(history, RULES, ZONE), fold(history + history, RULES, ZONE)
    assert (once.tau, once.cells) == (twice.tau, twice.cells)
    tau, cells = one_by_one(history + history, RULES)
    assert same(tau, once.tau)
    assert cells == once.cells


@given(histories, histories, st.floats(MONDAY, MONDAY + 24 * DAY))
def test_later_events_never_change_a_past_score(history: list[Hit], more: list[Hit], then: float) -> None:
    later = [hit for hit in more if hit.at > then]
    before = fold([hit for hit in history if hit.at <= then], RULES, ZONE)
    assert fold(history + later, RULES, ZONE, until=then)[:2] == before[:2]


@given(histories)
def test_the_score_is_the_sum_of_what_counted(history: list[Hit]) -> None:
    found, now = fold(history, RULES, ZONE), MONDAY + 25 * DAY
    counted = [value(hit.key, now, RULES.half_life) for hit in found.hits if hit.fate == "counted"]
    assert value(found.tau, now, RULES.half_life) == pytest.approx(math.fsum(counted))
    assert len(counted) == sum(cell.counted for cell in found.cells.values())


@given(histories)
def test_no_week_counts_more_days_than_its_cap(history: list[Hit]) -> None:
    counted = [
        (kind, *day.isocalendar()[:2]) for (kind, day), cell in fold(history, RULES, ZONE).cells.items() if cell.counted
    ]
    assert all(counted.count(week) <= (RULES.rule(week[0]).week_days or 7) for week in counted)


def test_every_hit_knows_what_became_of_it() -> None:
    history = [
        Hit(MONDAY, "click"),
        Hit(MONDAY + 60, "click"),
        Hit(MONDAY + DAY, "click"),
        Hit(MONDAY, "mail_open"),
        Hit(MONDAY + 60, "form", verdict="machine"),
        Hit(MONDAY + 9 * DAY, "form"),
    ]
    fates = [hit.fate for hit in fold(history, RULES, ZONE, until=MONDAY + 8 * DAY).hits]
    assert fates == ["already_that_day", "beyond_week", "counted", "no_points", "no_points", "later"]


def test_a_doubtful_hit_gives_way_to_a_certain_one() -> None:
    history = [Hit(MONDAY + 60, "form", verdict="unknown"), Hit(MONDAY, "form")]
    assert [hit.fate for hit in fold(history, RULES, ZONE).hits] == ["already_that_day", "counted"]


def test_a_stored_date_and_given_points_go_first() -> None:
    hit = Hit(MONDAY, "form", local_date=date(2026, 3, 15), points=5)
    found = fold([hit], RULES, ZONE)
    assert list(found.cells) == [("form", date(2026, 3, 15))]
    assert value(found.tau, MONDAY, RULES.half_life) == pytest.approx(5)


@pytest.mark.parametrize(("sunday", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_short_and_a_long_day_are_one_cell(sunday: date, hours: int) -> None:
    start = datetime(sunday.year, sunday.month, sunday.day, tzinfo=ZONE).timestamp()
    found = fold([Hit(start + hour * 3_600, "form") for hour in range(hours)], RULES, ZONE)
    assert list(found.cells) == [("form", sunday)]
    assert len(fold([Hit(start - 1, "form"), Hit(start + hours * 3_600, "form")], RULES, ZONE).cells) == 2


@given(far_apart, half_lives, st.floats(-50 * 365 * DAY, 100 * 365 * DAY))
def test_fifty_years_stay_finite(events: list[tuple[float, float]], half_life: float, now: float) -> None:
    tau = None
    for t, w in events:
        tau = merge(tau, event_key(t, w, half_life), half_life)
    assert math.isfinite(tau or 0.0)
    assert 0 < value(tau, now, half_life) < math.inf


@given(st.floats(0, 50 * 365 * DAY), st.floats(1e-6, 50 * 365 * DAY), half_lives)
def test_replacing_is_the_larger_alone(e0: float, more: float, half_life: float) -> None:
    assert same(replace(e0, e0 + more, e0, half_life), max(e0 + more, e0))


@given(st.floats(0, DAY), st.floats(0, DAY), half_lives)
def test_a_smaller_key_replaces_nothing(e: float, e0: float, half_life: float) -> None:
    assert e > e0 or replace(e0, e, e0, half_life) == e0


@given(st.lists(st.lists(st.tuples(st.floats(0, 90 * DAY), st.floats(0.5, 50)), min_size=1, max_size=6), max_size=12))
def test_the_order_by_tau_is_the_order_by_the_sum(pool: list[list[tuple[float, float]]]) -> None:
    half_life, now = 21 * DAY, 90 * DAY
    taus = []
    for events in pool:
        tau = None
        for t, w in events:
            tau = merge(tau, event_key(t, w, half_life), half_life)
        taus.append((tau or 0.0, summed(events, now, half_life)))
    ordered = [total for _, total in sorted(taus)]
    assert all(low <= high * (1 + 1e-8) for low, high in pairwise(ordered))


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_shown_keeps_the_order_and_stays_below_a_hundred(low: float, high: float) -> None:
    low, high = sorted((low, high))
    assert 0 <= shown(low, 25) <= shown(high, 25) < 100


@given(st.floats(MONDAY, MONDAY + 1e7), st.floats(0.5, 100), half_lives)
def test_a_score_leaves_a_threshold_when_it_says(tau: float, theta: float, half_life: float) -> None:
    assert value(tau, leaves(tau, theta, half_life), half_life) == pytest.approx(theta, rel=1e-6)


def test_nobody_without_touchpoints_has_a_score() -> None:
    assert fold([], RULES, ZONE) == (None, {}, ())
    assert value(None, MONDAY, RULES.half_life) == 0


@pytest.mark.parametrize(("verdict", "points"), [("human", 8), ("unknown", 2), ("machine", 0)])
def test_a_verdict_takes_its_share(verdict: Verdict, points: float) -> None:
    assert weight(8, verdict) == points


def test_unknown_kinds_follow_the_ruleset() -> None:
    assert PRESET.rule("never_heard_of").points == 0
    assert Ruleset(unknown_points=10).rule("never_heard_of") == KindRule(10)


def test_in_the_preset_strong_kinds_have_no_week_cap() -> None:
    assert all((rule.week_days is None) == rule.strong for rule in PRESET.kinds.values())
    assert PRESET.rule("site_visit") == KindRule(3, 3)


def test_rules_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        KindRule(-1)
    with pytest.raises(ValueError, match="at least one day"):
        KindRule(1, week_days=0)
    with pytest.raises(ValueError, match="above zero"):
        Ruleset(half_life_days=0)


@pytest.mark.parametrize(("e", "pushed_out"), [(5.0, None), (50.0, date(2026, 3, 17)), (500.0, date(2026, 3, 17))])
def test_a_full_week_gives_up_its_smallest_key(e: float, pushed_out: date | None) -> None:
    others = {date(2026, 3, 16): 100.0, date(2026, 3, 17): 10.0}
    tau = merge(100.0, 10.0, 40.0)
    found = admit(tau, date(2026, 3, 18), e, present=None, others=others, rule=KindRule(3, 2), half_life=40.0)
    assert (found.cell.counted, found.pushed_out) == (pushed_out is not None, pushed_out)
    assert found.tau == pytest.approx(merge(100.0, max(e, 10.0), 40.0))
