"""Who is next from the database: the pool, its facts, its gates, and the answer for anybody else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from app.db import db
from app.domain.actions import deciding
from app.domain.actions.response import take_in
from app.domain.candidates import consent, preference
from app.domain.candidates.candidate import branch_of
from app.domain.candidates.consent import ConsentPurpose
from app.domain.candidates.identity import Channel, IdentityState
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.journey.touchpoint import Hit
from app.domain.scoring import contact_next
from app.domain.scoring.priority import Contribution
from tests import make
from tests.domain.scoring.pool_scene import DAY, HOUR, NOW, Pool

SUNDAY = datetime(2026, 3, 8, 20, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)


@pytest.fixture
def pool(session: None) -> Pool:
    return Pool()


def components(next_up: contact_next.NextUp | None) -> dict[str, int]:
    assert next_up
    return {one.component: one.hundredths for one in next_up.ranked.contributions}


def gate_of(pool: Pool, **state: Any) -> str | None:  # noqa: ANN401 - any column of the contact state
    row = pool.add(**state)
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    return found.ranked.gate.reason if found.ranked.gate else None


def test_an_empty_pool_has_nobody(pool: Pool) -> None:
    found = contact_next.for_person(pool.people.sanne, NOW)
    assert (found.rows, found.waiting, found.pool, found.warm, found.opens_at) == ([], 0, 0, [], None)


def test_before_the_agency_is_founded_there_is_nobody(session: None) -> None:
    assert contact_next.for_person(make.person("Sanne"), NOW).rows == []


def test_only_ones_own_candidates_are_listed(pool: Pool) -> None:
    mine = pool.add()
    pool.add("Van Otto", owner=pool.people.otto)
    assert [row.candidate.id for row in contact_next.for_person(pool.people.sanne, NOW).rows] == [mine.id]


def test_a_promise_goes_first(pool: Pool) -> None:
    pool.add("Rustig")
    promised = pool.add("Beloofd", promise_due_at=NOW - DAY, promise_id=1)
    assert contact_next.for_person(pool.people.sanne, NOW).rows[0].candidate.id == promised.id


def test_the_list_is_as_long_as_was_asked(pool: Pool) -> None:
    for _ in range(4):
        pool.add()
    found = contact_next.for_person(pool.people.sanne, NOW, k=3)
    assert (len(found.rows), found.pool) == (3, 4)


def test_waiting_are_those_for_whom_something_is_due(pool: Pool) -> None:
    pool.add("Net ingeschreven")
    pool.add("Beloofd", promise_due_at=NOW - HOUR, promise_id=1)
    pool.add("Formulier", trigger="form", trigger_at=NOW - HOUR)
    pool.add("Lang stil", at=NOW - 20 * DAY)
    pool.add("Gisteren gebeld", at=NOW - 20 * DAY, last_attempt_at=NOW - DAY, last_attempt_answered=True)
    pool.add("Al gebeld na formulier", trigger="form", trigger_at=NOW - 5 * DAY, last_attempt_at=NOW - 4 * DAY)
    assert contact_next.for_person(pool.people.sanne, NOW).waiting == 3


def test_a_score_and_fresh_points_count(pool: Pool) -> None:
    row = pool.add()
    take_in(Hit(row.id, "form", NOW - HOUR, "test", "1"), NOW)
    found = components(contact_next.why(pool.people.sanne, row.id, NOW))
    assert found["engagement"] == pytest.approx(2180, abs=10)
    assert found["fresh"] == pytest.approx(706, abs=10)


def test_points_before_our_last_attempt_are_not_fresh(pool: Pool) -> None:
    row = pool.add(last_attempt_at=NOW)
    take_in(Hit(row.id, "form", NOW - HOUR, "test", "1"), NOW)
    assert "fresh" not in components(contact_next.why(pool.people.sanne, row.id, NOW))


def test_points_of_long_ago_are_not_fresh(pool: Pool) -> None:
    row = pool.add()
    take_in(Hit(row.id, "form", NOW - 8 * DAY, "test", "1"), NOW)
    assert "fresh" not in components(contact_next.why(pool.people.sanne, row.id, NOW))


def test_who_turned_to_us_is_owed_an_answer_after_a_working_day(pool: Pool) -> None:
    row = pool.add(last_inbound_at=NOW - DAY)
    assert components(contact_next.why(pool.people.sanne, row.id, NOW))["answer_owed"] == 3000


def test_an_application_is_owed_an_answer_of_its_own(pool: Pool) -> None:
    applied: dict[str, Any] = {
        "last_inbound_at": NOW - 2 * DAY,
        "application_state": "completed",
        "application_owed_at": NOW,
    }
    (owed,) = owing(pool, **applied)
    assert (owed.hundredths, owed.facts["answer_owed_about"]) == (3000, "completed")
    assert owing(pool, **applied | {"application_owed_at": NOW + HOUR, "last_inbound_at": NOW - 2 * DAY + HOUR}) == []


def owing(pool: Pool, **state: Any) -> list[Contribution]:  # noqa: ANN401 - any column of the contact state
    found = contact_next.why(pool.people.sanne, pool.add(**state).id, NOW)
    assert found
    return [one for one in found.ranked.contributions if one.component == "answer_owed"]


def test_a_placement_is_known_where_it_is_told(pool: Pool) -> None:
    row = pool.add()
    told = deciding.begin(row, "Lasser", pool.people.sanne, NOW - DAY)
    deciding.place(told, NOW.date(), None, pool.people.sanne, NOW - HOUR)
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.placement == contact_next.Placement(NOW.date(), None)
    assert "check_in" in {one.facts.get("promise_kind") for one in found.ranked.contributions}


def test_who_turned_to_us_an_hour_ago_is_not_owed_one_yet(pool: Pool) -> None:
    row = pool.add(last_inbound_at=NOW - HOUR)
    assert "answer_owed" not in components(contact_next.why(pool.people.sanne, row.id, NOW))


def test_an_answer_to_a_mail_of_friday_is_due_on_monday(pool: Pool) -> None:
    friday = datetime(2026, 2, 27, 14, tzinfo=UTC)
    row = pool.add(last_inbound_at=friday)
    saturday = components(contact_next.why(pool.people.sanne, row.id, datetime(2026, 3, 2, 13, tzinfo=UTC)))
    monday = components(contact_next.why(pool.people.sanne, row.id, datetime(2026, 3, 2, 15, tzinfo=UTC)))
    assert ("answer_owed" in saturday, "answer_owed" in monday) == (False, True)


@pytest.mark.parametrize("contacted", ["last_attempt_at", "last_two_way_at"])
def test_an_answer_that_was_given_is_not_owed(pool: Pool, contacted: str) -> None:
    state: dict[str, Any] = {"last_inbound_at": NOW - 5 * DAY, contacted: NOW - 4 * DAY}
    row = pool.add(**state)
    assert "answer_owed" not in components(contact_next.why(pool.people.sanne, row.id, NOW))


def test_after_a_month_nobody_waits_for_an_answer_any_more(pool: Pool) -> None:
    row = pool.add(last_inbound_at=NOW - 32 * DAY)
    assert "answer_owed" not in components(contact_next.why(pool.people.sanne, row.id, NOW))


def test_who_answers_often_is_reached_easily(pool: Pool) -> None:
    often, seldom = pool.add(attempts=10, answers=9), pool.add(attempts=10, answers=1)
    assert components(contact_next.why(pool.people.sanne, often.id, NOW))["reach"] > 0
    assert components(contact_next.why(pool.people.sanne, seldom.id, NOW))["reach"] < 0


def test_a_few_attempts_say_nothing_about_reach(pool: Pool) -> None:
    row = pool.add(attempts=10, answers=9)
    assert "reach" not in components(contact_next.why(pool.people.sanne, row.id, NOW))


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({}, None),
        ({"do_not_contact_at": NOW}, "do_not_contact"),
        ({"paused_until": NOW + DAY}, "paused"),
        ({"rest_days": 60, "last_attempt_at": NOW - 30 * DAY}, "resting"),
        ({"last_attempt_at": NOW - DAY, "last_attempt_answered": True}, "just_tried"),
        ({"unanswered_1": NOW - DAY, "unanswered_2": NOW - 2 * DAY, "unanswered_3": NOW - 3 * DAY}, "unanswered"),
    ],
)
def test_gates_are_closed_by_the_contact_state(pool: Pool, state: dict[str, Any], reason: str | None) -> None:
    assert gate_of(pool, **state) == reason


def test_a_colleagues_failed_attempt_does_not_block(pool: Pool) -> None:
    assert gate_of(pool, last_attempt_at=NOW - DAY, last_attempt_by_id=pool.people.bram.id) is None
    assert gate_of(pool, last_attempt_at=NOW - DAY, last_attempt_by_id=pool.people.sanne.id) == "just_tried"


def test_a_claim_keeps_colleagues_away_but_not_oneself(pool: Pool) -> None:
    until = {"claimed_until": NOW + HOUR / 6}
    assert gate_of(pool, claimed_by_id=pool.people.bram.id, **until) == "claimed"
    assert gate_of(pool, claimed_by_id=pool.people.sanne.id, **until) is None


def test_without_a_channel_that_may_be_used_nobody_is_listed(pool: Pool) -> None:
    row = pool.add()
    pool.reach(row, Channel.EMAIL, "bram@voorbeeld.nl", IdentityState.OPTED_OUT)
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.ranked.gate == ("no_channel", None)
    assert contact_next.for_person(pool.people.sanne, NOW).rows == []


def test_who_took_back_the_consent_to_be_contacted_is_not_listed(pool: Pool) -> None:
    row = pool.add()
    facts: dict[str, Any] = {"via": "recruiter", "by_id": None, "now": NOW}
    take_in(Hit(row.id, "form", NOW - HOUR, "test", "1"), NOW)
    consent.withdraw(row.id, ConsentPurpose.CONTACT, **facts)
    found = contact_next.for_person(pool.people.sanne, NOW)
    assert (found.rows, found.warm) == ([], [])
    consent.give(row.id, ConsentPurpose.CONTACT, **facts)
    assert contact_next.for_person(pool.people.sanne, NOW).rows


def test_who_may_be_kept_no_longer_is_not_listed(pool: Pool) -> None:
    row = pool.add()
    row.keep_until = NOW
    db.session.flush()
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.ranked.gate == ("retention_over", None)


def test_an_end_that_comes_near_is_a_reason(pool: Pool) -> None:
    row = pool.add()
    row.keep_until = NOW + 7 * DAY
    db.session.flush()
    assert components(contact_next.why(pool.people.sanne, row.id, NOW))["consent"] == 333


def test_who_is_known_elsewhere_only_is_listed_without_a_channel(pool: Pool) -> None:
    pool.add()
    assert contact_next.for_person(pool.people.sanne, NOW).rows[0].channel is None


def test_the_first_channel_is_the_preferred_one(pool: Pool) -> None:
    row = pool.add()
    pool.reach(row, Channel.PHONE, "0612345678")
    pool.reach(row, Channel.EMAIL, "bram@voorbeeld.nl")
    for channel in (Channel.SMS, Channel.EMAIL):
        preference.prefer(row.id, Wish((channel,)), said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    found = contact_next.for_person(pool.people.sanne, NOW).rows[0]
    assert (found.channel, found.links[0].href) == (Channel.EMAIL, "mailto:bram@voorbeeld.nl")
    assert {way.channel for way in found.links} == {Channel.PHONE, Channel.EMAIL, Channel.SMS, Channel.WHATSAPP}


def test_the_channels_come_in_the_order_that_was_wished(pool: Pool) -> None:
    row = pool.add()
    pool.reach(row, Channel.PHONE, "0612345678")
    pool.reach(row, Channel.EMAIL, "bram@voorbeeld.nl")
    wish = Wish((Channel.EMAIL, Channel.WHATSAPP))
    preference.prefer(row.id, wish, said_by=SaidBy.CANDIDATE, by_id=None, now=NOW)
    links = contact_next.for_person(pool.people.sanne, NOW).rows[0].links
    assert [way.channel for way in links] == [Channel.EMAIL, Channel.WHATSAPP, Channel.PHONE, Channel.SMS]


def test_the_warmest_are_named_also_when_they_are_to_be_left_alone(pool: Pool) -> None:
    warm, cool = pool.add("Chantal", last_attempt_at=NOW - DAY, last_attempt_answered=True), pool.add("Koel")
    never = pool.add("Nooit", do_not_contact_at=NOW)
    for row in (warm, never):
        take_in(Hit(row.id, "form", NOW - 2 * DAY, "test", str(row.id)), NOW)
    found = contact_next.for_person(pool.people.sanne, NOW)
    assert [row.candidate.id for row in found.warm] == [warm.id]
    assert [row.candidate.id for row in found.rows] == [cool.id]


def test_again_from_is_a_working_hour(pool: Pool) -> None:
    row = pool.add(last_attempt_at=NOW, last_attempt_answered=True)
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.again_from == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_outside_working_hours_the_list_is_for_the_next_opening(pool: Pool) -> None:
    pool.add("Belofte", promise_due_at=MONDAY, promise_id=1)
    found = contact_next.for_person(pool.people.sanne, SUNDAY)
    assert found.opens_at == MONDAY
    assert "promise" in components(found.rows[0])


def test_a_public_holiday_is_no_day_to_call(pool: Pool) -> None:
    easter_monday = datetime(2026, 4, 6, 10, tzinfo=UTC)
    assert contact_next.for_person(pool.people.sanne, easter_monday).opens_at == datetime(2026, 4, 7, 7, tzinfo=UTC)


def test_why_answers_for_a_colleagues_candidate_that_one_sees(pool: Pool) -> None:
    row = pool.add(owner=pool.people.bram)
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.candidate.id == row.id


def test_why_answers_for_somebody_whom_nobody_owns(pool: Pool) -> None:
    row = make.candidate("Niemand")
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.ranked.slot


def test_why_says_nothing_about_who_is_out_of_sight(pool: Pool) -> None:
    row = pool.add(owner=pool.people.otto)
    row.branch_id = branch_of(pool.people.otto.id)
    db.session.flush()
    assert contact_next.why(pool.people.sanne, row.id, NOW) is None


def test_others_go_first(pool: Pool) -> None:
    for _ in range(12):
        pool.add(promise_due_at=NOW - DAY, promise_id=1)
    last = pool.add("Rustig", at=NOW)
    found = contact_next.why(pool.people.sanne, last.id, NOW)
    assert found
    assert (found.ranked.gate, found.ranked.slot) == (None, None)


def test_contributions_sum_to_the_priority(pool: Pool) -> None:
    row = pool.add(promise_due_at=NOW - DAY, promise_id=1, unanswered_1=NOW - 4 * DAY, last_attempt_at=NOW - 4 * DAY)
    found = contact_next.why(pool.people.sanne, row.id, NOW)
    assert found
    assert found.ranked.priority == sum(components(found).values()) > 0


def test_a_list_takes_as_many_queries_for_two_as_for_thirty(pool: Pool) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(*facts: Any) -> None:  # noqa: ANN401 - as the library calls it
            seen.append(facts[2])

        bind = db.session.connection()
        event.listen(bind, "before_cursor_execute", note)
        contact_next.for_person(pool.people.sanne, NOW)
        event.remove(bind, "before_cursor_execute", note)
        return len(seen)

    pool.add(tau=NOW.timestamp())
    few = queries()
    for _ in range(30):
        pool.reach(pool.add(tau=NOW.timestamp()), Channel.PHONE, "0612345678")
    assert queries() <= few <= 7
