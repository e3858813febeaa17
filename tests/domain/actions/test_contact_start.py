"""Contacts that were begun: asked about for twelve hours, until they are logged or came to nothing."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.actions import action, contact_start
from app.domain.actions.contact_start import ContactStart
from app.domain.actions.engagement_action import EngagementAction
from app.domain.actions.outcome import Outcome
from app.domain.candidates.identity import Channel
from tests import make
from tests.domain.actions.test_action import NOW, Desk, count

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(session: None) -> Desk:
    return Desk()


def begin(desk: Desk, channel: Channel = Channel.WHATSAPP, ago: timedelta = MINUTE) -> None:
    contact_start.begin(desk.people.sanne, desk.candidate, channel, NOW - ago)


def channel_of(action_id: int) -> str | None:
    return db.session.get_one(EngagementAction, action_id).channel


def test_it_is_asked_for_twelve_hours_of_who_began_it(desk: Desk) -> None:
    begin(desk)
    assert [each.channel for each in contact_start.open_for(desk.people.sanne, NOW)] == [Channel.WHATSAPP]
    assert contact_start.open_for(desk.people.bram, NOW) == []
    assert contact_start.open_for(desk.people.sanne, NOW + 12 * 60 * MINUTE) == []


def test_the_same_channel_again_is_the_same_contact_and_the_newest_channel_is_asked(desk: Desk) -> None:
    for minutes in (20, 10):
        begin(desk, Channel.PHONE, minutes * MINUTE)
    begin(desk)
    assert count(ContactStart) == 2
    assert [each.channel for each in contact_start.open_for(desk.people.sanne, NOW)] == [Channel.WHATSAPP]


def test_newest_first_and_no_more_than_asked_for(desk: Desk) -> None:
    others = [make.candidate(owner=desk.people.sanne) for _ in range(3)]
    for number, them in enumerate(others):
        contact_start.begin(desk.people.sanne, them, Channel.PHONE, NOW - number * MINUTE)
    found = contact_start.open_for(desk.people.sanne, NOW, limit=2)
    assert [each.candidate for each in found] == others[:2]


def test_logging_takes_its_channel_and_undoing_asks_again(desk: Desk) -> None:
    begin(desk)
    logged = desk.log(key=b"k" * 16)
    assert channel_of(logged.action_id) == Channel.WHATSAPP
    assert not desk.log(key=b"k" * 16).fresh
    assert contact_start.open_for(desk.people.sanne, NOW) == []
    action.undo(desk.people.sanne, logged.action_id, NOW + MINUTE)
    assert len(contact_start.open_for(desk.people.sanne, NOW)) == 1


def test_what_was_said_goes_before_what_was_opened(desk: Desk) -> None:
    begin(desk)
    assert channel_of(desk.log(channel=Channel.PHONE).action_id) == Channel.PHONE


@pytest.mark.parametrize(
    ("channel", "ago", "facts"),
    [
        (Channel.PHONE, MINUTE, {"outcome": Outcome.MESSAGE_SENT}),
        (Channel.WHATSAPP, 13 * 60 * MINUTE, {}),
        (Channel.WHATSAPP, MINUTE, {"source": "import"}),
    ],
    ids=["nobody sends a message by calling", "too long ago", "an import tells of other times"],
)
def test_a_channel_is_not_guessed(desk: Desk, channel: Channel, ago: timedelta, facts: dict[str, object]) -> None:
    begin(desk, channel, ago)
    assert channel_of(desk.log(**facts).action_id) is None  # type: ignore[arg-type] # whatever log() takes
