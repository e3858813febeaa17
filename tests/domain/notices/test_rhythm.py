"""When a job is due: after its rhythm, at once when it never ran, and never in the past."""

from datetime import timedelta

from app.domain.notices.rhythm import next_run
from tests.make import START

SECOND = timedelta(seconds=1)


def test_after_its_rhythm() -> None:
    assert next_run("outbox", START, START + 10 * SECOND) == START + 30 * SECOND


def test_at_once_when_it_never_ran_or_is_late() -> None:
    assert next_run("outbox", None, START) == START
    assert next_run("outbox", START, START + 45 * SECOND) == START + 45 * SECOND
