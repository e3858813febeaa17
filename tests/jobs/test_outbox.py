"""Sending in turns: a mail server that is away holds nobody up, and what is worth nothing any more goes."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any
from unittest.mock import DEFAULT, Mock

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.db import db
from app.domain.notices import delivery, preference
from app.domain.notices.outbox import OutboxRow, plan
from app.mail import Envelope, Mail
from jobs import letters, outbox, post
from jobs.unsent import Later
from jobs.writing_down import PATIENCE
from tests.jobs.test_post import mailbox
from tests.mailbox import Mailbox
from tests.make import START

__all__ = ["mailbox"]
NOWHERE = "smtp://127.0.0.1:9"
LETTER = Mail("Onderwerp", "tekst", "<p>tekst</p>")
MINUTE = timedelta(minutes=1)


class Batch:
    """Every message goes to the address that its period names."""

    def __init__(self, rows: Sequence[OutboxRow], _now: datetime) -> None:
        self.rows = rows
        self.note(rows)

    def note(self, rows: Sequence[OutboxRow]) -> None:
        """A test may see what was asked, or spoil it."""

    def compose(self, row: OutboxRow) -> tuple[Mail, Envelope]:
        assert row in self.rows
        return LETTER, Envelope(row.period, "fanfare@voorbeeld.nl", row.message_id)


@pytest.fixture
def desk(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Letters are as above."""
    monkeypatch.setattr(letters, "Batch", Batch)
    with time_machine.travel(START, tick=False), real_app.app_context():
        yield real_app
        db.session.remove()


def due(*addresses: str, **facts: Any) -> None:  # noqa: ANN401 - of more than one type
    when: dict[str, Any] = {"due_at": START, "not_after": START + 60 * MINUTE, "now": START} | facts
    for address in addresses:
        plan(kind="x", recipient="person:1", period=address, payload={"a": 1}, host="x.nl", **when)
    db.session.commit()


def rows() -> list[tuple[str, str, int]]:
    db.session.expire_all()
    found = db.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    return [(row.period.partition("@")[0], row.state, row.attempts) for row in found]


def test_a_server_that_is_away_is_tried_three_times_a_turn(desk: Flask) -> None:
    due("a@x.nl", "b@x.nl", "c@x.nl", "d@x.nl", "e@x.nl")
    desk.config["SETTINGS"].mail_url = NOWHERE
    assert outbox.send_due("me", START) == 3
    assert rows() == [(name, "pending", 1) for name in "abc"] + [(name, "pending", 0) for name in "de"]


def test_who_was_not_tried_is_first_when_it_is_back(desk: Flask, mailbox: tuple[Mailbox, str]) -> None:
    due("a@x.nl", "b@x.nl", "c@x.nl", "d@x.nl")
    desk.config["SETTINGS"].mail_url = NOWHERE
    outbox.send_due("me", START)
    desk.config["SETTINGS"].mail_url = mailbox[1]
    assert outbox.send_due("me", START) == 1
    assert [state for _, state, _ in rows()] == ["pending"] * 3 + ["sent"]


def test_one_that_is_refused_ends_no_turn(desk: Flask, mailbox: tuple[Mailbox, str]) -> None:
    due("451a@x.nl", "451b@x.nl", "451c@x.nl", "550@x.nl", "d@x.nl")
    desk.config["SETTINGS"].mail_url = mailbox[1]
    outbox.send_due("me", START)
    assert [state for _, state, _ in rows()] == ["pending"] * 3 + ["failed", "sent"]


def test_only_an_address_at_which_nobody_is_is_closed(desk: Flask, mailbox: tuple[Mailbox, str]) -> None:
    due("550@x.nl", "550policy@x.nl")
    desk.config["SETTINGS"].mail_url = mailbox[1]
    outbox.send_due("me", START)
    assert {state for _, state, _ in rows()} == {"failed"}
    assert [preference.is_flagged(each) for each in ("550@x.nl", "550policy@x.nl")] == [True, False]


@pytest.mark.parametrize("later", [delivery.LEASE - delivery.MARGIN, 120 * MINUTE], ids=["slow", "wrong clock"])
def test_what_takes_too_long_waits_for_the_next_turn(
    desk: Flask, monkeypatch: pytest.MonkeyPatch, later: timedelta
) -> None:
    due("a@x.nl", "b@x.nl")
    with time_machine.travel(START, tick=False) as clock:
        monkeypatch.setattr(post.Post, "send", lambda *_: clock.shift(later))
        assert outbox.send_due("me", START) == 1
    assert rows() == [("a", "sent", 1), ("b", "pending", 0)]


@pytest.mark.parametrize(("held", "state"), [(PATIENCE - 1, "sent"), (PATIENCE, "sending")])
def test_what_was_taken_is_written_down_though_the_database_is_held(
    desk: Flask, mailbox: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch, held: int, state: str
) -> None:
    due("a@x.nl")
    desk.config["SETTINGS"].mail_url = mailbox[1]
    faults = [OperationalError("UPDATE", {}, Exception("lock timeout"))] * held
    sent = Mock(side_effect=chain(faults, repeat(DEFAULT)), wraps=delivery.sent)
    monkeypatch.setattr(delivery, "sent", sent)
    with nullcontext() if state == "sent" else pytest.raises(OperationalError):
        outbox.send_due("me", START)
    assert rows() == [("a", state, 1)]
    assert len(mailbox[0].letters) == 1


def test_a_refusal_is_written_down_though_the_database_is_held(
    desk: Flask, mailbox: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    due("550@x.nl")
    desk.config["SETTINGS"].mail_url = mailbox[1]
    faults = [OperationalError("UPDATE", {}, Exception("lock timeout"))] * (PATIENCE - 1)
    flag = Mock(side_effect=chain(faults, repeat(DEFAULT)), wraps=preference.flag)
    monkeypatch.setattr(preference, "flag", flag)
    outbox.send_due("me", START)
    assert (rows(), preference.is_flagged("550@x.nl")) == ([("550", "failed", 1)], True)


def test_what_is_over_is_skipped_all_at_once(desk: Flask) -> None:
    due("a@x.nl", "b@x.nl", not_after=START - MINUTE)
    assert outbox.send_due("me", START) == 0
    assert rows() == [("a", "skipped", 0), ("b", "skipped", 0)]


def test_what_failed_keeps_its_facts_while_it_can_be_tried_again(desk: Flask, mailbox: tuple[Mailbox, str]) -> None:
    due("550@x.nl")
    desk.config["SETTINGS"].mail_url = mailbox[1]
    outbox.send_due("me", START)
    assert db.session.scalars(select(OutboxRow.payload)).all() == [{"a": 1}]
    with time_machine.travel(START + 61 * MINUTE, tick=False):
        outbox.send_due("me", START)
    assert db.session.scalars(select(OutboxRow.payload)).all() == [{}]


def test_what_is_asked_for_a_batch_is_asked_anew_after_ten_seconds(
    desk: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    due("a@x.nl", "b@x.nl", "c@x.nl")
    asked: list[int] = []
    monkeypatch.setattr(Batch, "note", lambda _batch, rows: asked.append(len(rows)))
    with time_machine.travel(START, tick=False) as clock:
        monkeypatch.setattr(post.Post, "send", lambda *_: clock.shift(timedelta(seconds=6)))
        outbox.send_due("me", START)
    assert asked == [3, 1]


def test_what_cannot_be_asked_for_all_is_asked_for_each(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(_batch: Batch, rows: Sequence[OutboxRow]) -> None:
        assert not any(row.period.startswith("poison") for row in rows)

    monkeypatch.setattr(Batch, "note", spoil)
    due("a@x.nl", "poison@x.nl", "b@x.nl")
    outbox.send_due("me", START)
    assert rows() == [("a", "sent", 1), ("poison", "pending", 1), ("b", "sent", 1)]


def test_what_is_put_off_was_not_tried(desk: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    due("a@x.nl")
    monkeypatch.setattr(Batch, "compose", lambda *_: Later(START + MINUTE))
    outbox.send_due("me", START)
    assert rows() == [("a", "pending", 0)]
