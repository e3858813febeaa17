"""The sender of webhooks is killed again and again: each message arrives at least once, always under its own id."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.config import ROOT
from app.db import db
from app.domain.notices import webhook, webhook_delivery, webhook_event, webhook_secret
from app.domain.notices.webhook import Kind
from app.domain.notices.webhook_event import WebhookDelivery
from jobs import webhooks
from tests import make
from tests.certificates import Authority
from tests.conftest import KEY
from tests.durability.webhook_sender import hurry
from tests.webhook_receiver import Receiver, open_receiver

EVENTS, KILLS = 60, 5
PATIENCE = 60.0
pytestmark = pytest.mark.slow


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    with open_receiver(authority.context(proves=True)) as opened:
        yield opened


@pytest.fixture
def events(real_app: Flask, receiver: Receiver) -> Iterator[set[str]]:
    """The ids of all that is to be told."""
    with real_app.app_context():
        make.agency()
        now = clock.now()
        webhook_secret.renew(webhook.add("ATS", receiver.at(), [Kind.FAN_BECAME], now), KEY, now)
        for number in range(EVENTS):
            webhook_event.tell(Kind.FAN_BECAME, number, {"candidate_id": number}, now)
        db.session.commit()
        ids = set(db.session.scalars(select(WebhookDelivery.message_id)))
        db.session.rollback()  # nobody waits long with a transaction open
        yield ids
        db.session.remove()


def killed(app: Flask, authority: Authority, receiver: Receiver, mood: str = "") -> None:
    """Start a sender, and end it without a word a moment after something came from it."""
    settings, before = app.config["SETTINGS"], len(receiver.came)
    command = [sys.executable, "-m", "tests.durability.webhook_sender"]
    arguments = [str(settings.instance), settings.database_url, str(authority.trusted), mood]
    with subprocess.Popen([*command, *arguments], cwd=ROOT) as sender:
        until = time.monotonic() + PATIENCE
        while len(receiver.came) == before and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(random.Random(before).uniform(0, 0.1))
        sender.kill()


def finish(authority: Authority, *, forgetful: bool = False) -> None:
    """A sender that nobody kills does the rest."""
    hurry(authority.trusted, forgetful=forgetful)
    until = time.monotonic() + PATIENCE / 6
    while time.monotonic() < until and states() != {"sent"}:
        webhooks.send_due("the last", clock.now())
        time.sleep(0.1)


def states() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(WebhookDelivery.state)))


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    kept = webhook_delivery.LEASE, webhook_delivery.BACK_OFF, webhooks.WAY
    yield
    webhook_delivery.LEASE, webhook_delivery.BACK_OFF, webhooks.WAY = kept


def test_everything_arrives_and_twice_only_under_the_same_id(
    real_app: Flask, events: set[str], receiver: Receiver, authority: Authority
) -> None:
    for number in range(KILLS):
        receiver.status = (200, 500)[number % 2]
        killed(real_app, authority, receiver)
    receiver.status = 200
    finish(authority)
    assert states() == {"sent"}
    assert {message.id for message in receiver.came} == events
    assert len({message.id + message.body for message in receiver.came}) == EVENTS
    assert len(receiver.came) > EVENTS


def test_without_the_end_of_a_lease_some_would_wait_for_ever(
    real_app: Flask, events: set[str], receiver: Receiver, authority: Authority
) -> None:
    receiver.pause = 0.5
    killed(real_app, authority, receiver, "forgetful")
    receiver.pause = 0.0
    finish(authority, forgetful=True)
    assert states() == {"sent", "sending"}
    assert len(events) == EVENTS
