"""Gates, the additive priority and the order of the cards."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scoring.priority import Wait, lag_of, priority
from app.domain.scoring.ranking import Ranked, Ranking, rank
from app.domain.scoring.situation import DAY, Cadence, Model, Situation
from app.domain.scoring.working_time import WorkingCalendar

ZONE = ZoneInfo("Europe/Amsterdam")
CALENDAR = WorkingCalendar(ZONE)
FRIDAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 15, 0, tzinfo=ZONE).timestamp()
HOUR = 3_600.0

ago = st.none() | st.floats(0, 60).map(lambda days: NOW - days * DAY)
situations = st.builds(
    Situation,
    candidate_id=st.integers(),
    registered_at=st.floats(60, 900).map(lambda days: NOW - days * DAY),
    stage=st.sampled_from(["attract", "engage", "nurture", "convert", "redeploy", "other"]),
    application_state=st.sampled_from([None, "started", "in_procedure", "rejected", "placed"]),
    score=st.floats(0, 500),
    fresh=st.floats(0, 50),
    last_attempt_at=ago,
    last_two_way_at=ago,
    last_inbound_at=ago,
    unanswered=st.lists(st.floats(NOW - 30 * DAY, NOW), max_size=4).map(tuple),
    promise_due_on=st.none() | st.dates(date(2026, 3, 1), date(2026, 4, 1)),
    promise_at=st.none(),
    answer_owed_since=ago,
    recovery_due_at=st.none() | st.floats(NOW - 9 * DAY, NOW + DAY),
    trigger_kind=st.sampled_from(["unfinished_application", "form"]),
    trigger_at=ago,
    consent_until=st.none() | st.floats(NOW - DAY, NOW + 60 * DAY),
    answers=st.just(1),
    attempts=st.integers(1, 9),
    usual_reach=st.none() | st.floats(0.05, 0.95),
    permitted_channels=st.sampled_from([None, (), ("phone",)]),
    paused_until=st.none() | st.floats(NOW - DAY, NOW + DAY),
    claimed_by_colleague_until=st.none(),
    channel_opens_at=st.none(),
    cadence_days=st.none() | st.integers(1, 60),
    rest_days=st.none() | st.integers(1, 60),
)
pools = st.lists(situations, max_size=30, unique_by=lambda situation: situation.candidate_id)


def someone(name: str = "bram", **facts: Any) -> Situation:  # noqa: ANN401 - any fact of a situation
    facts.setdefault("registered_at", NOW - 2 * DAY)
    return Situation(candidate_id=name, **facts)


def ranked(*pool: Situation, k: int = 10, **settings: Any) -> Ranking:  # noqa: ANN401 - any setting of rank
    return rank(pool, NOW, CALENDAR, k, **settings)


def names(ranking: Ranking, slot: str | None = None) -> list[int | str]:
    return [card.candidate_id for card in ranking.shown if slot in (None, card.slot)]


def why(situation: Situation, **settings: Any) -> Ranked:  # noqa: ANN401 - any setting of rank
    return ranked(situation, **settings).why(situation.candidate_id)


def parts(card: Ranked) -> dict[str, int]:
    return {one.component: one.hundredths for one in card.contributions}


def closed(**facts: Any) -> tuple[str, float | None] | None:  # noqa: ANN401 - any fact of a situation
    found = why(someone(**facts)).gate
    return None if found is None else (found.reason, found.again_from)


BRAM = someone(
    "bram",
    stage="engage",
    score=8.0,
    promise_due_on=date(2026, 3, 18),
    last_attempt_at=NOW - 0.8332 * 14 * DAY,
    unanswered=(NOW - 0.8332 * 14 * DAY,),
    attempts=1,
    usual_reach=0.5,
)
AISHA = someone(
    "aisha",
    score=42.8,
    fresh=15.0,
    trigger_kind="unfinished_application",
    trigger_at=NOW - 5 * HOUR,
    answers=1,
    attempts=1,
    usual_reach=0.5,
)
CHANTAL = someone(
    "chantal",
    score=160.0,
    last_attempt_at=NOW - 3 * DAY,
    unanswered=(NOW - 3 * DAY,),
    answers=6,
    attempts=6,
    usual_reach=0.5,
)
DAAN = someone(
    "daan",
    score=2.0,
    registered_at=NOW - 400 * DAY,
    consent_until=NOW + 10 * DAY,
    attempts=16,
    answers=5,
    usual_reach=0.5,
)
OTHERS = [someone(f"other {n}", last_attempt_at=NOW - DAY) for n in range(96)]
SILENT = someone("silent", registered_at=NOW - 500 * DAY, do_not_contact=True)


def test_the_written_example() -> None:
    found = ranked(BRAM, AISHA, CHANTAL, DAAN, SILENT, *OTHERS)
    assert names(found) == ["bram", "aisha", "chantal", "daan"]
    assert [parts(card) for card in found.shown] == [
        {"promise": 6000, "engagement": 970, "cadence": 222, "reach": -100, "fatigue": -333},
        {"trigger": 2227, "engagement": 2525, "fresh": 545, "reach": 100},
        {"engagement": 3459, "reach": 300, "fatigue": -333},
        {"engagement": 296, "cadence": 1000, "neglect": 1425, "consent": 262, "reach": -150},
    ]
    assert [card.priority for card in found.shown] == [6759, 5397, 3426, 2833]


def test_reasons_to_act_at_once_come_first() -> None:
    found = ranked(AISHA).shown[0].contributions
    assert [(one.component, one.strength) for one in found[:3]] == [
        ("trigger", "strong"),
        ("engagement", "strong"),
        ("fresh", "light"),
    ]
    assert found[0].facts == {"trigger_kind": "unfinished_application", "trigger_at": NOW - 5 * HOUR}


@pytest.mark.parametrize(
    ("facts", "gate"),
    [
        ({}, None),
        ({"retention_over": True, "do_not_contact": True}, ("retention_over", None)),
        ({"permitted_channels": ()}, ("no_channel", None)),
        ({"permitted_channels": ("phone",)}, None),
        ({"do_not_contact": True}, ("do_not_contact", None)),
        ({"consent_withdrawn": True}, ("consent_withdrawn", None)),
        ({"rest_days": 30}, None),
        ({"rest_days": 30, "last_attempt_at": NOW - 9 * DAY}, ("resting", NOW + 21 * DAY)),
        ({"rest_days": 30, "last_two_way_at": NOW - 9 * DAY}, ("resting", NOW + 21 * DAY)),
        ({"rest_days": 30, "last_attempt_at": NOW - 30 * DAY}, None),
        ({"rest_days": 30, "last_attempt_at": NOW - 9 * DAY, "last_inbound_at": NOW - DAY}, None),
        ({"rest_days": 30, "last_attempt_at": NOW - 9 * DAY, "promise_due_on": FRIDAY}, None),
        ({"rest_days": 30, "last_attempt_at": NOW - 9 * DAY, "answer_owed_since": NOW - HOUR}, None),
        ({"paused_until": NOW + DAY}, ("paused", NOW + DAY)),
        ({"paused_until": NOW}, None),
        ({"claimed_by_colleague_until": NOW + 60}, ("claimed", NOW + 60)),
        ({"channel_opens_at": NOW + HOUR}, ("channel_closed", NOW + HOUR)),
        ({"last_attempt_at": NOW - DAY}, ("just_tried", NOW + 2 * DAY)),
        ({"last_attempt_at": NOW - 3 * DAY}, None),
        ({"last_attempt_at": NOW - DAY, "last_inbound_at": NOW - HOUR}, None),
        ({"last_attempt_at": NOW - DAY, "last_inbound_at": NOW - 2 * DAY}, ("just_tried", NOW + 2 * DAY)),
        ({"last_attempt_at": NOW - DAY, "promise_due_on": FRIDAY}, None),
        ({"last_attempt_at": NOW - DAY, "recovery_due_at": NOW + DAY}, None),
        ({"last_attempt_at": NOW - DAY, "answer_owed_since": NOW - HOUR}, None),
        ({"last_attempt_at": NOW - DAY, "last_attempt_by_me": False}, None),
        (
            {"last_attempt_at": NOW - DAY, "last_attempt_by_me": False, "last_attempt_answered": True},
            ("just_tried", NOW + 2 * DAY),
        ),
        ({"unanswered": (NOW - 4 * DAY, NOW - 6 * DAY, NOW - 8 * DAY)}, ("unanswered", NOW + 6 * DAY)),
        ({"unanswered": (NOW - 4 * DAY, NOW - 6 * DAY, NOW - 14 * DAY)}, None),
        ({"unanswered": (NOW - 4 * DAY, NOW - 6 * DAY)}, None),
        ({"paused_until": NOW + DAY, "last_attempt_at": NOW - HOUR}, ("just_tried", NOW + 3 * DAY - HOUR)),
    ],
)
def test_gates(facts: dict[str, Any], gate: tuple[str, float | None] | None) -> None:
    assert closed(**facts) == gate


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"promise_due_on": FRIDAY}, {"promise": 4800}),
        ({"promise_due_on": date(2026, 3, 21)}, {}),
        ({"promise_due_on": FRIDAY, "promise_at": NOW + HOUR}, {}),
        ({"promise_due_on": FRIDAY, "promise_at": NOW - HOUR}, {"promise": 4800}),
        ({"answer_owed_since": NOW - HOUR}, {"answer_owed": 3000}),
        ({"answer_owed_since": NOW - 7 * DAY}, {"answer_owed": 6000}),
        ({"answer_owed_since": NOW + HOUR}, {}),
        ({"answer_owed_since": NOW - HOUR, "promise_due_on": FRIDAY}, {"promise": 4800}),
        ({"answer_owed_since": NOW - 7 * DAY, "promise_due_on": FRIDAY}, {"answer_owed": 6000}),
        ({"recovery_due_at": NOW + DAY}, {"recovery": 4800}),
        ({"recovery_due_at": NOW - 7 * DAY, "promise_due_on": FRIDAY}, {"recovery": 6000}),
        ({"recovery_due_at": NOW + DAY, "promise_due_on": FRIDAY}, {"recovery": 4800}),
        ({"recovery_due_at": NOW + DAY, "promise_due_on": date(2026, 3, 18)}, {"promise": 6000}),
        ({"recovery_due_at": NOW + DAY, "answer_owed_since": NOW - 7 * DAY}, {"answer_owed": 6000}),
        ({"score": 25.0}, {"engagement": 2000}),
        ({"fresh": 12.5}, {"fresh": 500}),
        ({"trigger_kind": "form", "trigger_at": NOW}, {"trigger": 2500}),
        ({"trigger_kind": "form", "trigger_at": NOW + 1}, {}),
        ({"trigger_kind": "unfinished_application", "trigger_at": NOW - 0.9 * HOUR}, {}),
        ({"trigger_kind": "unfinished_application", "trigger_at": NOW - HOUR}, {"trigger": 2500}),
        ({"trigger_kind": "form", "trigger_at": NOW - 4 * DAY - 4 * HOUR}, {"trigger": 625}),
        ({"trigger_at": NOW - DAY, "last_attempt_at": NOW - HOUR}, {}),
        ({"consent_until": NOW + 21 * DAY}, {}),
        ({"consent_until": NOW - DAY}, {"consent": 500}),
        ({"registered_at": NOW - 7 * DAY}, {"cadence": 500}),
        ({"registered_at": NOW - 30 * DAY, "stage": "nurture"}, {"cadence": 500}),
        ({"registered_at": NOW - 14 * DAY, "stage": "alumni"}, {"cadence": 500}),
        ({"registered_at": NOW - DAY, "application_state": "started"}, {"cadence": 500}),
        ({"registered_at": NOW - 3 * DAY, "application_state": "in_procedure"}, {"cadence": 500}),
        ({"registered_at": NOW - 7 * DAY, "application_state": "rejected"}, {}),
        ({"registered_at": NOW - 7 * DAY, "application_state": "placed"}, {"cadence": 500}),
        ({"unanswered": (NOW - DAY, NOW - 14 * DAY)}, {"fatigue": -333}),
        ({"usual_reach": 0.5, "attempts": 4}, {"reach": -250}),
    ],
)
def test_components(facts: dict[str, Any], expected: dict[str, int]) -> None:
    assert parts(why(someone(**facts))) == expected


def test_a_slower_cadence_is_a_setting() -> None:
    model = Model(stage_cadences={"attract": Cadence(2)})
    assert parts(why(someone(), model=model)) == {"cadence": 500}


def test_neglect_needs_a_pool_to_compare_with() -> None:
    pool = [someone(f"n{days}", registered_at=NOW - days * DAY) for days in range(11, 31)]
    assert parts(ranked(*pool).why("n30"))["neglect"] == 1500
    assert parts(ranked(*pool).why("n28"))["neglect"] == 711
    assert "neglect" not in parts(ranked(*pool).why("n26"))
    assert "neglect" not in parts(ranked(*pool[1:]).why("n30"))


@given(pools)
def test_contributions_add_up_to_what_orders(pool: list[Situation]) -> None:
    found = ranked(*pool, k=30, longest_share=0)
    totals = [sum(one.hundredths for one in card.contributions) for card in found.shown]
    assert totals == [card.priority for card in found.shown] == sorted(totals, reverse=True)
    assert names(found) == list(found.eligible)
    for one in pool:
        wait = Wait(lag_of(one, found.moment), found.lower(one.candidate_id))
        assert priority(one, found.moment, wait) == found.why(one.candidate_id).priority


@given(pools, st.integers(0, 12))
def test_nobody_behind_a_gate_is_shown(pool: list[Situation], k: int) -> None:
    found = ranked(*pool, k=k)
    assert all(card.gate is None and card.slot for card in found.shown)
    assert len(set(names(found))) == len(found.shown) == min(k, len(found.eligible))
    shut = {s.candidate_id for s in pool} - set(found.eligible)
    assert all(found.why(one).gate is not None and found.why(one).slot is None for one in shut)


@given(pools.flatmap(lambda pool: st.tuples(st.just(pool), st.permutations(pool))), st.integers(0, 12))
def test_the_order_of_the_pool_does_not_matter(orders: tuple[list[Situation], list[Situation]], k: int) -> None:
    assert ranked(*orders[0], k=k).shown == ranked(*orders[1], k=k).shown


@given(situations)
def test_what_is_said_of_one_is_true_for_every_clock(situation: Situation) -> None:
    gate = why(situation).gate
    if gate and gate.again_from:
        later = rank([situation], gate.again_from, CALENDAR, 1)
        assert gate.again_from > NOW
        assert later.eligible == (situation.candidate_id,)


def test_two_of_ten_cards_are_the_longest_waiting() -> None:
    warm = [someone(f"warm{n}", score=10.0 + n, last_attempt_at=NOW - 4 * DAY) for n in range(12)]
    called = someone("called", last_attempt_at=NOW - 5 * DAY, registered_at=NOW - 5 * DAY)
    found = ranked(*warm, called, someone("new", registered_at=NOW - HOUR), someone("newer", registered_at=NOW))
    assert names(found, "longest_waiting") == ["new", "newer"]
    assert names(found, "ranked") == [f"warm{n}" for n in range(11, 3, -1)]


def test_ties_go_to_the_older_contact_and_then_change_by_the_day() -> None:
    pool = [someone(f"n{n}", last_attempt_at=NOW - (3.5 + (n == 7) / 2) * DAY) for n in range(12)]
    assert ranked(*pool).eligible[0] == "n7"
    assert ranked(*pool).eligible == ranked(*pool[::-1]).eligible
    assert ranked(*pool).eligible != rank(pool, NOW + 3 * HOUR + 7 * HOUR, CALENDAR, 10).eligible
    assert ranked(*pool).eligible != ranked(*pool, seed=1).eligible


def test_a_card_of_the_list_explains_itself() -> None:
    found = ranked(BRAM, AISHA)
    assert found.why("aisha") is found.shown[1]
    assert found.pool_size == 2
    with pytest.raises(KeyError):
        found.why("nobody")
