"""The scheduler's lease: one leads, and another takes over when the lease ends or is given back."""

from datetime import timedelta

import pytest

from app.domain.notices import heartbeat
from tests.make import START

LATER = START + timedelta(seconds=60)
LATE = START + timedelta(seconds=151)


def test_one_process_leads(session: None) -> None:
    assert heartbeat.lead("scheduler", "a", START)
    assert heartbeat.lead("scheduler", "a", LATER)
    assert not heartbeat.lead("scheduler", "b", LATER)


def test_another_takes_over_when_the_lease_ends(session: None) -> None:
    heartbeat.lead("scheduler", "a", START)
    assert heartbeat.lead("scheduler", "b", LATE)
    assert not heartbeat.lead("scheduler", "a", LATE)


def test_a_lease_that_was_given_back_is_free(session: None) -> None:
    heartbeat.lead("scheduler", "a", START)
    heartbeat.release("scheduler", "a")
    assert heartbeat.lead("scheduler", "b", LATER)


def test_a_lease_of_a_clock_that_was_wrong_holds_nobody_up(session: None) -> None:
    heartbeat.lead("scheduler", "a", START + timedelta(hours=2))
    assert heartbeat.lead("scheduler", "b", START)


def test_a_lease_of_a_clock_that_differs_a_little_holds(session: None) -> None:
    heartbeat.lead("scheduler", "a", START + heartbeat.SKEW)
    assert not heartbeat.lead("scheduler", "b", START)


def test_the_last_run_is_remembered(session: None) -> None:
    assert heartbeat.last_beat() is None
    heartbeat.ran("outbox", START, LATER, None)
    heartbeat.ran("outbox", LATER, LATE, "a fault")
    assert heartbeat.last_beat() == LATER
    assert [(run.name, run.error) for run in heartbeat.runs()] == [("outbox", "a fault")]


def test_how_it_fared_is_counted_and_the_last_fault_stays_known(session: None) -> None:
    for at, error, done in ((START, "one", 0), (LATER, "two", 0), (LATE, None, 7)):
        heartbeat.ran("outbox", at, at, error, done)
    run = heartbeat.last_run("outbox")
    assert run is not None
    assert (run.runs, run.failures, run.done, run.error) == (3, 2, 7, None)
    assert (run.failed_at, run.failure) == (LATER, "two")


@pytest.mark.parametrize(
    ("ago", "silent"), [(heartbeat.SILENT, False), (2 * heartbeat.SILENT, True), (timedelta(hours=-2), True)]
)
def test_a_beat_that_is_old_or_still_to_come_is_none(ago: timedelta, *, silent: bool) -> None:
    assert heartbeat.is_silent(START - ago, START) is silent


def test_who_leads_is_known(session: None) -> None:
    assert heartbeat.leader("scheduler") is None
    heartbeat.lead("scheduler", "a", START)
    found = heartbeat.leader("scheduler")
    assert found is not None
    assert (found.owner, found.expires_at) == ("a", START + heartbeat.TERM)
