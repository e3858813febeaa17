"""Sending to chats: under leases as mails, apart from them, for a minute at most; who fails too often pauses."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, repeat
from unittest.mock import DEFAULT, Mock

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.chat import Message
from app.db import Busy, db
from app.domain.agency.person import Person, Role
from app.domain.notices import chat_address, chat_target, chat_trial, delivery, outbox
from app.domain.notices.chat_target import PATIENCE, ChatTarget, Failure
from app.domain.notices.notice import Notice
from app.domain.notices.outbox import OutboxRow
from app.language import in_language
from app.words import notices
from jobs import chat_letters, chat_post, chats
from jobs import outbox as mails
from jobs.unsent import Skip
from jobs.writing_down import PATIENCE as PATIENT
from tests import make
from tests.make import START

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever is due for the chat of team Zwolle is written; who looks after it is Lea."""
    with time_machine.travel(START, tick=False), real_app.app_context():
        make.agency()
        team = make.team("Zwolle", make.branch("Noord"))
        lead, _ = make.person("Lea Mulder", Role.LEAD, team=team), make.person("Ada Beheer", Role.ADMIN)
        address = chat_address.read("jsons://chat.example.com/x")
        chat_target.add(lead, "Zwolle", address, START, own=False, team_id=team.id)
        db.session.commit()
        kept = chat_letters.compose

        def compose(row: OutboxRow, now: object) -> tuple[ChatTarget, Message] | Skip:
            return (chat(), Message("Titel")) if row.kind == "x" else kept(row, clock.now())  # type: ignore[return-value]

        monkeypatch.setattr(chat_letters, "compose", compose)
        yield
        db.session.remove()


def chat() -> ChatTarget:
    return db.session.scalars(select(ChatTarget), execution_options={"populate_existing": True}).one()


def due(*periods: str, recipient: str = "", kind: str = "x") -> None:
    when = {"due_at": START, "not_after": START + timedelta(days=1), "now": START}
    to = recipient or chat().recipient
    for period in periods:
        outbox.plan(kind=kind, recipient=to, period=period, payload={"a": 1}, host="x.nl", **when)
    db.session.commit()


def answers(monkeypatch: pytest.MonkeyPatch, *failures: Failure) -> list[str]:
    """Each message fails in turn as it is said here, the others arrive; answers the titles that were sent."""
    sent, left = list[str](), list(failures)

    def send(_post: object, _target: ChatTarget, title: str, _body: str) -> None:
        if left:
            raise chat_post.NotTaken(left.pop(0))
        sent.append(title)

    monkeypatch.setattr(chat_post.ChatPost, "send", send)
    return sent


def states() -> list[tuple[str, str | None]]:
    db.session.expire_all()
    rows = db.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    return [(row.state, row.last_error) for row in rows]


def test_what_arrives_is_noted(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = answers(monkeypatch)
    due("1")
    assert (chats.send_due("me", START), sent, states()) == (1, ["Titel"], [("sent", None)])
    assert (chat().delivered_at, chat().trouble) == (START, None)


@pytest.mark.parametrize("failures", [[], [Failure.GONE]], ids=["taken", "not taken"])
def test_what_came_of_it_is_written_down_though_the_database_is_held(
    desk: None, monkeypatch: pytest.MonkeyPatch, failures: list[Failure]
) -> None:
    answers(monkeypatch, *failures)
    name, state = ("failed", "failed") if failures else ("delivered", "sent")
    held = Mock(side_effect=chain([Busy] * (PATIENT - 1), repeat(DEFAULT)), wraps=getattr(chats, name))
    monkeypatch.setattr(chats, name, held)
    due("1")
    assert chats.send_due("me", START) == 1
    assert ([each for each, _ in states()], held.call_count) == ([state], PATIENT)


def test_what_may_pass_is_tried_again_and_what_may_not_is_left(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, Failure.SILENT, Failure.GONE)
    due("1", "2")
    chats.send_due("me", START)
    assert states() == [("pending", "chat: silent"), ("failed", "chat: gone")]
    assert chat().trouble == (Failure.GONE, 2)
    with time_machine.travel(START + 2 * MINUTE, tick=False):
        chats.send_due("me", START)
    assert states()[0] == ("sent", None)


def test_one_that_fails_too_often_pauses_and_its_people_hear_it_once(
    desk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, *[Failure.GONE] * (PATIENCE + 1))
    due(*map(str, range(PATIENCE + 1)))
    chats.send_due("me", START)
    assert chat().paused_at == START
    told = db.session.scalars(select(Notice)).all()
    assert {each.kind for each in told} == {"chat_paused"}
    assert len(told) == len({each.recipient for each in told}) == 2
    with in_language("nl"):
        (line,) = notices.lines(told[:1], db.session.scalars(select(Person)).all()[0], START)
    assert line.sentence == "Naar de chat “Zwolle” gaat niets meer"
    assert line.more.startswith("5 berichten achter elkaar kwamen niet aan. De chat kent dit adres niet meer.")


def test_a_network_that_is_away_for_a_minute_pauses_nobody(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, *[Failure.UNKNOWN] * PATIENCE * 2)
    due(*map(str, range(PATIENCE * 2)))
    chats.send_due("me", START)
    assert (chat().paused_at, chat().trouble) == (None, (Failure.UNKNOWN, 1))


def test_mails_and_chats_do_not_wait_for_each_other(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = answers(monkeypatch)
    due("1")
    due("2", recipient="person:0")
    assert (mails.send_due("me", START), sent) == (1, [])
    assert (chats.send_due("me", START), sent) == (1, ["Titel"])


def test_a_run_ends_when_chats_keep_silent(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    due("1", "2", "3")
    with time_machine.travel(START, tick=False) as moment:

        def silent(*_: object) -> None:
            moment.shift(chats.A_RUN / 2 + MINUTE / 60)
            raise chat_post.NotTaken(Failure.SILENT)

        monkeypatch.setattr(chat_post.ChatPost, "send", silent)
        assert chats.send_due("me", START) == 2
    assert [(row.state, row.attempts) for row in db.session.scalars(select(OutboxRow))][2] == ("pending", 0)


def test_what_is_begun_and_lost_is_taken_again(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(chat_post.ChatPost, "send", killed)
    due("1")
    with pytest.raises(Killed):
        chats.send_due("me", START)
    db.session.rollback()
    sent = answers(monkeypatch)
    assert chats.send_due("you", START) == 0
    with time_machine.travel(START + delivery.LEASE + MINUTE, tick=False):
        assert (chats.send_due("you", START), sent) == (1, ["Titel"])


def test_a_fault_of_ours_is_none_of_the_chats(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object) -> None:
        raise chat_post.Ended

    monkeypatch.setattr(chat_post.ChatPost, "send", ended)
    due("1")
    chats.send_due("me", START)
    assert states() == [("pending", "Ended: ")]
    assert chat().trouble is None


def test_a_trial_goes_at_any_hour_and_fails_but_once(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, Failure.BUSY)
    assert [chat_trial.plan(chat(), START, "x.nl") for _ in range(2)] == [True, False]
    db.session.commit()
    assert chat_trial.on_their_way([chat()]) == {chat().recipient}
    chats.send_due("me", START)
    assert states() == [("failed", "chat: busy")]
    assert not chat_trial.on_their_way([chat()])


@pytest.mark.parametrize(
    ("kind", "hours", "state"), [("block_starts", 0, "skipped"), ("competition", 12, "pending"), ("x", 30, "skipped")]
)
def test_what_need_not_go_is_left_and_what_may_not_go_yet_waits(
    desk: None, monkeypatch: pytest.MonkeyPatch, kind: str, hours: int, state: str
) -> None:
    sent, now = answers(monkeypatch), START + timedelta(hours=hours)
    due("1", kind=kind)
    with time_machine.travel(now, tick=False):
        assert chats.send_due("me", now) == 1
    assert (sent, [found for found, _ in states()]) == ([], [state])


def test_nothing_is_planned_before_there_is_a_program(desk: None) -> None:
    assert chats.plan_due("me", START) == 0
    assert states() == []
