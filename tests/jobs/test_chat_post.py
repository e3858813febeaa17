"""The process that hands messages to chats: it is given nothing, and is ended when it is late."""

import sys
from datetime import UTC, datetime

import pytest

from app.domain.notices.chat_address import Service
from app.domain.notices.chat_target import ChatTarget, Failure
from jobs import chat_post
from jobs.chat_post import ChatPost, Ended, NotTaken

READY = "import sys, os, time; print('ready', flush=True); "
TARGET = ChatTarget(
    label="x",
    service=Service.JSON,
    secret_url="jsons://localhost/x",
    person_id=1,
    team_id=None,
    made_by_id=1,
    made_at=datetime(2026, 1, 5, tzinfo=UTC),
)


def program(script: str) -> ChatPost:
    return ChatPost((sys.executable, "-c", script))


def test_the_real_one_reaches_nothing_of_ours() -> None:
    with ChatPost() as post:
        for _ in range(2):
            with pytest.raises(NotTaken) as refusal:
                post.send(TARGET, "x", "y")
            assert refusal.value.failure is Failure.INSIDE


def test_whoever_is_late_is_ended_and_the_next_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_post, "LONGEST", 0.1)
    with program(f"{READY} time.sleep(60)") as post:
        for _ in range(2):
            with pytest.raises(NotTaken) as refusal:
                post.send(TARGET, "x", "y")
            assert (refusal.value.failure, post.line) == (Failure.SILENT, None)


@pytest.mark.parametrize("script", ["", "raise SystemExit", READY])
def test_one_that_ends_is_a_fault_of_ours(script: str) -> None:
    with program(script) as post, pytest.raises((Ended, BrokenPipeError)):
        post.send(TARGET, "x", "y")


def test_one_that_does_not_begin_is_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_post, "TO_START", 0.1)
    with program("import time; time.sleep(60)") as post, pytest.raises(Ended):
        post.send(TARGET, "x", "y")


def test_it_is_given_nothing_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANFARE_SECRET_KEY", "geheim")
    with program(f"{READY} sys.stdin.readline(); print('gone' if 'FANFARE_SECRET_KEY' in os.environ else '')") as post:
        post.send(TARGET, "x", "y")
