"""Scores go to Carerix once a day for whom they changed, and never of whoever objected or was forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions import response
from app.domain.candidates.candidate import Candidate
from app.domain.custody import anonymise
from app.domain.journey.touchpoint import Hit
from app.domain.notices import delivery
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import carerix_score, engagement, objection, rules
from app.domain.scoring.carerix_score import CarerixScore
from jobs import carerix
from tests.fakes.carerix import SECRET, Carerix, serving, settings
from tests.jobs.desk import TUESDAY, Desk, make_desk

NUMBER = "88"
pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def there(app: Flask) -> Iterator[Carerix]:
    before = app.config["SETTINGS"]
    with serving() as found, time_machine.travel(TUESDAY, tick=False):
        app.config["SETTINGS"] = before.model_copy(update=settings(found))
        found.employees.add(NUMBER)
        yield found
    app.config["SETTINGS"] = before


@pytest.fixture
def aisha(there: Carerix) -> Candidate:
    """A warm candidate, whom Carerix knows."""
    desk: Desk = make_desk()
    rules.install_preset(None, TUESDAY)
    desk.aisha.external_id = NUMBER
    warm(desk.aisha, TUESDAY)
    return desk.aisha


def warm(them: Candidate, at: datetime, kind: str = "form") -> None:
    response.take_in(Hit(them.id, kind, at, "test", f"{kind} {at}"), at)


def work(now: datetime = TUESDAY) -> int:
    db.session.commit()
    with time_machine.travel(now, tick=False):
        planned = carerix.plan_due("me", now)
        carerix.send_due("me", now)
    return planned


def state() -> list[tuple[str, str | None]]:
    rows = db.session.scalars(select(OutboxRow).where(OutboxRow.kind == carerix_score.KIND).order_by(OutboxRow.id))
    return [(row.state, row.last_error) for row in rows]


def test_a_score_is_written_once(there: Carerix, aisha: Candidate) -> None:
    shown = round(engagement.score_of(aisha.id, TUESDAY).shown)
    assert shown > 0
    assert (work(), work(), there.writes) == (1, 0, [(NUMBER, shown)])


def test_at_most_once_a_day_and_again_when_it_changed(there: Carerix, aisha: Candidate) -> None:
    work()
    warm(aisha, TUESDAY + timedelta(hours=1), "application_completed")
    assert work(TUESDAY + timedelta(hours=2)) == 0
    assert work(TUESDAY + timedelta(days=1)) == 1
    (_, first), (_, second) = there.writes
    assert second > first
    assert db.session.get_one(CarerixScore, aisha.id, populate_existing=True).shown == second


def test_what_did_not_change_is_not_written(there: Carerix, aisha: Candidate) -> None:
    work()
    db.session.get_one(CarerixScore, aisha.id).shown = round(
        engagement.score_of(aisha.id, TUESDAY + timedelta(days=1)).shown
    )
    assert work(TUESDAY + timedelta(days=1)) == 0
    assert len(there.writes) == 1


@pytest.mark.parametrize("number", [None, "", "abc", "8" * 13, "٨٨", "-88", "8.8"])
def test_whoever_has_no_number_there_is_not_written(there: Carerix, aisha: Candidate, number: str | None) -> None:
    aisha.external_id = number
    assert (work(), there.writes) == (0, [])


def test_whoever_objected_is_never_written_also_when_it_was_planned(there: Carerix, aisha: Candidate) -> None:
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    objection.record(aisha.id, TUESDAY, objects=True)
    work()
    assert (there.writes, state()) == ([], [("skipped", carerix.NOT_THEIRS)])
    assert work(TUESDAY + timedelta(days=1)) == 0


def test_of_whoever_was_forgotten_nothing_is_left(there: Carerix, aisha: Candidate) -> None:
    work()
    warm(aisha, TUESDAY + timedelta(hours=1), "application_completed")
    db.session.commit()
    carerix.plan_due("me", TUESDAY + timedelta(days=1))
    anonymise.anonymise_many([aisha.id], TUESDAY)
    db.session.commit()
    assert (state(), db.session.scalars(select(CarerixScore)).all()) == ([], [])
    carerix_score.written(aisha.id, 5, TUESDAY)
    assert db.session.scalars(select(CarerixScore)).all() == []
    work(TUESDAY + timedelta(days=1))
    assert len(there.writes) == 1


@pytest.mark.parametrize(("status", "word"), [(429, "busy"), (500, "broken"), (503, "broken"), (403, "refused")])
def test_trouble_is_waited_out(there: Carerix, aisha: Candidate, status: int, word: str) -> None:
    there.trouble.append(status)
    work()
    assert (state(), aisha.external_id) == ([("pending", word)], NUMBER)
    work(TUESDAY + timedelta(minutes=2))
    assert (len(there.writes), state()) == (1, [("sent", None)])


def test_a_token_that_ended_is_had_anew(there: Carerix, aisha: Candidate) -> None:
    work()
    there.tokens.clear()
    warm(aisha, TUESDAY + timedelta(hours=1), "application_completed")
    work(TUESDAY + timedelta(days=1))
    assert (len(there.writes), there.given) == (2, 2)


def test_whom_carerix_does_not_know_is_not_tried_again_that_day(there: Carerix, aisha: Candidate) -> None:
    there.employees.clear()
    work()
    assert (aisha.external_id, state()) == (NUMBER, [("failed", "refused: NOT_FOUND")])


def test_mails_and_scores_are_taken_apart(aisha: Candidate) -> None:
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    taken = [row.kind for row in delivery.claim("mail", TUESDAY)]
    assert (carerix_score.KIND in taken, aisha.external_id) == (False, NUMBER)
    assert [row.kind for row in delivery.claim("us", TUESDAY, sort="carerix")] == [carerix_score.KIND]


def test_a_lease_that_ended_is_taken_by_another(there: Carerix, aisha: Candidate) -> None:
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    delivery.claim("who was killed", TUESDAY, sort="carerix")
    db.session.commit()
    work(TUESDAY + timedelta(minutes=1))
    assert there.writes == []
    work(TUESDAY + timedelta(minutes=6))
    assert (len(there.writes), aisha.external_id) == (1, NUMBER)


def test_off_and_in_the_demo_nothing_is_written(there: Carerix, aisha: Candidate, app: Flask) -> None:
    on = app.config["SETTINGS"]
    for off in ({"carerix_user": ""}, {"demo": True, "carerix_url": "https://api.carerix.io/graphql/v1/graphql"}):
        app.config["SETTINGS"] = on.model_copy(update=off)
        assert (work(), there.writes, aisha.external_id) == (0, [], NUMBER)


def test_no_secret_comes_into_a_log(there: Carerix, aisha: Candidate, caplog: pytest.LogCaptureFixture) -> None:
    there.trouble.append(500)
    work()
    assert (SECRET in caplog.text, "token-1" in caplog.text, aisha.external_id) == (False, False, NUMBER)
