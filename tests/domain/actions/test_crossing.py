"""Two write of the same two candidates: both begin with the lower number, so that neither waits for ever."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import NamedTuple

import pytest
from flask import Flask

from app.db import db
from app.domain.actions import message_event
from app.domain.actions.incoming import Fate, Logged, Sender, Subject, take_in_events
from app.domain.actions.message_event import MessageEvent, Said
from app.domain.actions.outcome import Outcome
from app.domain.candidates import contact_flags, contact_state, identity
from app.domain.candidates.address import Channel
from app.domain.candidates.candidate import Candidate
from app.domain.journey import source, touchpoint_kind
from app.domain.scoring import fan, rules
from app.domain.scoring.fan import FanMoment
from tests import make
from tests.domain.actions.test_action import HOUR, NOW
from tests.domain.actions.test_races import only_postgresql
from tests.domain.custody.meanwhile import carried_out, meanwhile
from tests.people import make_people

PHONE, USER, OTHER_USER = "+31612345678", "NL.1029384756", "NL.5556667778"


class Scene(NamedTuple):
    low: int
    high: int
    sanne: int
    server: Sender


@pytest.fixture
def scene(real_app: Flask) -> Scene:
    """Two candidates with the same telephone, both fans until a while ago; the higher one ceased to be so first."""
    only_postgresql(real_app)
    with real_app.app_context():
        people = make_people()
        touchpoint_kind.install_preset()
        rules.install_preset(None, NOW)
        rows = [make.candidate(owner=people.sanne, external_id=number) for number in ("low", "high")]
        for row, hours in zip(rows, (1, 2), strict=True):
            of_both(row, hours)
            contact_flags.claimed(row.id, people.sanne.id, NOW, NOW + HOUR)
        identity.add(rows[0], Channel.WHATSAPP, OTHER_USER, NOW)
        contact_state.warmed(rows[0].id, 1.0)  # so that the table has the higher one first
        found, _ = source.make("Server", None, NOW)
        scene = Scene(rows[0].id, rows[1].id, people.sanne.id, Sender(found.id, "Server", trusted=True))
        db.session.commit()
        db.session.remove()
    return scene


def of_both(row: Candidate, hours: int) -> None:
    identity.add(row, Channel.PHONE, PHONE, NOW)
    since, until = NOW - timedelta(days=30), NOW - hours * HOUR
    db.session.add(
        FanMoment(candidate_id=row.id, ruleset_id=rules.live().id, entered_at=since, leaves_at=until, silent=True)
    )


def logged_elsewhere(scene: Scene) -> bool:
    told = [
        Logged(number, Subject(number), NOW - HOUR, "sanne@voorbeeld.nl", Outcome.SPOKE) for number in ("high", "low")
    ]
    return {each.fate for each in take_in_events(scene.server, told, NOW)} == {Fate.ACCEPTED}


def wants_no_more(_scene: Scene) -> bool:
    event = MessageEvent("whatsapp", Said.STOP, Channel.WHATSAPP, "one", NOW, (PHONE, USER))
    return message_event.settle(event, NOW).outcome == "no more on this channel"


def turned(scene: Scene, *, up: bool) -> bool:
    """To the one, from the other."""
    to, left = (scene.high, scene.low) if up else (scene.low, scene.high)
    state = contact_flags.turned(to, left, scene.sanne, NOW, NOW + HOUR)
    return state is not None and state.claimed_by_id == scene.sanne


CHANGES: dict[str, Callable[[Scene], object]] = {
    "logged elsewhere": logged_elsewhere,
    "a word of a number that two have": wants_no_more,
    "fans who cooled": lambda _scene: fan.cool(NOW) == 2,
    "a card turned to the higher one": partial(turned, up=True),
    "a card turned to the lower one": partial(turned, up=False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_lower_number_comes_first(real_app: Flask, scene: Scene, name: str) -> None:
    first, then = (partial(contact_state.hold, each) for each in (scene.low, scene.high))
    assert meanwhile(real_app, first, partial(CHANGES[name], scene), then) is True


def test_control_whoever_begins_with_the_higher_one_meets_them(real_app: Flask, scene: Scene) -> None:
    def the_other_way() -> None:
        contact_state.hold(scene.high)
        contact_state.hold(scene.low)

    low, high = (partial(contact_state.hold, each) for each in (scene.low, scene.high))
    became = meanwhile(real_app, low, the_other_way, high)
    assert "deadlock" in str(became)
    assert carried_out(real_app, the_other_way) is None
