"""Bonuses: by the preferred channel, in the block, after a long wait; only with what was two-way and earned."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.db import db
from app.domain.actions import action, bonus
from app.domain.actions.outcome import Outcome
from app.domain.agency.agency import the_zone
from app.domain.candidates import contact_state, preference
from app.domain.candidates.address import Channel
from app.domain.candidates.preference import SaidBy, Wish
from app.domain.program import block, cadence
from app.domain.program.block import Scope
from app.domain.program.block_move import BlockMove
from tests import make
from tests.domain.actions.test_action import DAY, HOUR, NOW, Desk, total

IN_BLOCK = datetime.fromisoformat("2026-03-06T13:45:00+00:00")  # a Friday, a quarter after it began in Amsterdam


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def prefers(desk: Desk, channel: Channel) -> None:
    preference.prefer(desk.candidate.id, Wish((channel,)), said_by=SaidBy.CANDIDATE, by_id=None, now=NOW - DAY)


def reasons(desk: Desk, outcome: Outcome = Outcome.SPOKE, at: datetime = NOW, **facts: Any) -> list[str]:  # noqa: ANN401 - whatever log() takes
    return [each.reason for each in desk.log(outcome, at=at, **facts).bonuses]


def test_by_the_channel_that_they_prefer(desk: Desk) -> None:
    prefers(desk, Channel.WHATSAPP)
    logged = desk.log(channel=Channel.WHATSAPP)
    assert (logged.points, list(logged.bonuses), total()) == (40, [bonus.Bonus("preferred", 10)], 40)
    assert bonus.of_action(logged.action_id) == logged.bonuses


@pytest.mark.parametrize("channel", [None, Channel.PHONE])
def test_another_channel_or_none_is_no_bonus(desk: Desk, channel: Channel | None) -> None:
    prefers(desk, Channel.WHATSAPP)
    assert reasons(desk, channel=channel) == []


def test_what_is_not_two_way_brings_none(desk: Desk) -> None:
    prefers(desk, Channel.PHONE)
    assert reasons(desk, Outcome.NO_ANSWER, channel=Channel.PHONE, at=IN_BLOCK, now=IN_BLOCK) == []


def test_what_earns_nothing_brings_none(desk: Desk) -> None:
    prefers(desk, Channel.PHONE)
    desk.log()
    assert reasons(desk, channel=Channel.PHONE, at=NOW + HOUR) == []


@pytest.mark.parametrize("source", ["import", "several"])
def test_what_was_not_logged_contact_by_contact_brings_none(desk: Desk, source: str) -> None:
    prefers(desk, Channel.PHONE)
    assert reasons(desk, channel=Channel.PHONE, source=source) == []


@pytest.mark.parametrize(("after", "inside"), [(-31, False), (-30, True), (44, True), (45, False)])
def test_in_one_s_own_block_with_a_quarter_on_either_side(desk: Desk, after: int, inside: bool) -> None:
    at = IN_BLOCK + timedelta(minutes=after)
    assert reasons(desk, at=at, now=at) == (["in_block"] if inside else [])


def test_a_moved_block_counts_in_full(desk: Desk) -> None:
    starts = NOW - timedelta(minutes=5)
    row = BlockMove(
        person_id=desk.people.sanne.id, week=date(2026, 3, 2), starts_at=starts, minutes=45, moved_at=NOW - HOUR
    )
    db.session.add(row)
    db.session.flush()
    assert reasons(desk) == ["in_block"]
    assert reasons(desk, at=IN_BLOCK, now=IN_BLOCK, of=make.candidate(at=IN_BLOCK)) == []


def test_whoever_says_it_on_another_day_was_not_in_the_block(desk: Desk) -> None:
    assert reasons(desk, at=IN_BLOCK, now=IN_BLOCK + DAY) == []


def test_the_nearest_block_counts(desk: Desk) -> None:
    scope = Scope(desk.program_id, person_id=desk.people.sanne.id)
    block.reserve(scope, 2, 11 * 60, 45, from_week=block.BEGINNING, by_id=None, at=NOW)
    assert NOW.astimezone(the_zone()).hour == 11
    assert reasons(desk) == ["in_block"]


def test_whoever_waited_longer_than_the_list_allows(desk: Desk) -> None:
    waiting = make.candidate(at=NOW - 15 * DAY)
    assert reasons(desk, of=waiting) == ["neglected"]
    assert reasons(desk, of=make.candidate(at=NOW - 13 * DAY)) == []


def test_it_waits_as_on_the_list_whatever_they_said_meanwhile(desk: Desk) -> None:
    waiting = make.candidate(at=NOW - 14 * DAY)
    state = contact_state.lock(waiting.id)
    state.last_inbound_at = NOW - 10 * DAY
    db.session.flush()
    assert reasons(desk, of=waiting) == ["neglected"]


def test_with_a_cadence_of_the_program_or_agreed_with_them(desk: Desk) -> None:
    cadence.set_rule(desk.program_id, "engage", 2, desk.people.ada.id, NOW)
    assert reasons(desk) == ["neglected"]
    other = make.candidate(at=NOW - 3 * DAY)
    contact_state.lock(other.id).cadence_days = 30
    db.session.flush()
    assert reasons(desk, of=other) == []


def test_the_days_of_an_application_are_working_days(desk: Desk) -> None:
    state = desk.state()
    state.application_state = "completed"
    db.session.flush()
    assert reasons(desk) == []
    state = contact_state.lock(desk.candidate.id)
    state.last_attempt_at = state.last_two_way_at = NOW - 10 * DAY
    db.session.flush()
    assert reasons(desk, Outcome.DONE, kind="preference") == ["neglected"]


def test_whoever_turned_to_us_was_not_reached_by_us(desk: Desk) -> None:
    assert reasons(desk, Outcome.REPLIED, of=make.candidate(at=NOW - 40 * DAY)) == []


def test_undone_they_go_and_logged_right_they_come_again(desk: Desk) -> None:
    waiting = make.candidate(at=NOW - 15 * DAY)
    wrong = desk.log(of=waiting)
    action.undo(desk.people.sanne, wrong.action_id, NOW)
    assert total() == 0
    assert desk.log(of=waiting).points == total() == 50
