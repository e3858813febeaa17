"""Scores go to Carerix once a day for whom they changed, and never of whoever objected or was forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.domain.actions import response
from app.domain.candidates import crm_id
from app.domain.candidates.candidate import Candidate
from app.domain.candidates.crm_id import Crm, Improper
from app.domain.custody import anonymise
from app.domain.journey.touchpoint import Hit
from app.domain.notices import delivery
from app.domain.notices.outbox import OutboxRow
from app.domain.scoring import carerix_score, engagement, objection, rules
from app.domain.scoring.carerix_score import CarerixScore, Written
from jobs import carerix
from tests import make
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
    known_as(desk.aisha, NUMBER)
    warm(desk.aisha, TUESDAY)
    return desk.aisha


def known_as(them: Candidate, number: str) -> None:
    crm_id.give(them.id, Crm.CARERIX, number, origin="page", now=TUESDAY)


def others(*numbers: str) -> list[Candidate]:
    """More warm candidates, by their numbers in Carerix."""
    made = [make.candidate(f"Kandidaat {number}") for number in numbers]
    for them, number in zip(made, numbers, strict=True):
        known_as(them, number)
        warm(them, TUESDAY)
    return made


def warm(them: Candidate, at: datetime, kind: str = "form") -> None:
    response.take_in(Hit(them.id, kind, at, "test", f"{kind} {at} {them.id}"), at)


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
    first, second = (shown or 0 for _, shown in there.writes)
    assert second > first
    assert db.session.get_one(CarerixScore, aisha.id, populate_existing=True).shown == second


def test_what_did_not_change_is_not_written(there: Carerix, aisha: Candidate) -> None:
    work()
    db.session.get_one(CarerixScore, aisha.id).shown = round(
        engagement.score_of(aisha.id, TUESDAY + timedelta(days=1)).shown
    )
    assert work(TUESDAY + timedelta(days=1)) == 0
    assert len(there.writes) == 1


def test_the_number_in_the_agencys_own_system_is_somebody_elses_there(there: Carerix, aisha: Candidate) -> None:
    crm_id.take_away(crm_id.ids_of(aisha.id)[0], TUESDAY)
    aisha.external_id = NUMBER
    crm_id.give(aisha.id, Crm.BULLHORN, NUMBER, origin="page", now=TUESDAY)
    assert (work(), there.writes) == (0, [])


@pytest.mark.parametrize("number", ["", "abc", "8" * 19, "٨٨", "-88", "8.8", "0088", "C-88"])
def test_what_carerix_gives_out_as_no_number_is_none(aisha: Candidate, number: str) -> None:
    with pytest.raises(Improper):
        known_as(aisha, number)
    assert [row.number for row in crm_id.ids_of(aisha.id)] == [NUMBER]


def test_the_number_that_was_given_last_counts(there: Carerix, aisha: Candidate) -> None:
    work()
    known_as(aisha, "91")
    there.employees.add("91")
    assert work(TUESDAY + timedelta(hours=1)) == 0
    assert work(TUESDAY + timedelta(days=1)) == 1
    assert [number for number, shown in there.writes if shown is not None] == [NUMBER, "91"]


def test_whoever_lost_their_number_since_is_not_written(there: Carerix, aisha: Candidate) -> None:
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    crm_id.take_away(crm_id.ids_of(aisha.id)[0], TUESDAY)
    work()
    assert (there.writes, state()) == ([], [("skipped", carerix.NOT_THEIRS)])


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
    ((_, first),) = there.writes
    assert (state(), db.session.scalars(select(CarerixScore)).all()) == ([], [])
    carerix_score.written(aisha.id, Written(NUMBER, 5), TUESDAY)
    assert db.session.scalars(select(CarerixScore)).all() == []
    work(TUESDAY + timedelta(days=1))
    assert [shown for _, shown in there.writes if shown is not None] == [first]


@pytest.mark.usefixtures("session", "aisha")
@pytest.mark.parametrize(("status", "word"), [(429, "busy"), (500, "broken"), (503, "broken"), (403, "refused")])
def test_trouble_is_waited_out(there: Carerix, status: int, word: str) -> None:
    there.trouble.append(status)
    work()
    assert state() == [("pending", word)]
    work(TUESDAY + timedelta(minutes=2))
    assert (len(there.writes), state()) == (1, [("sent", None)])


@pytest.mark.usefixtures("session", "aisha")
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("INTERNAL_ERROR", "declined: INTERNAL_ERROR"),
        ("TOO_MANY_REQUESTS", "declined: TOO_MANY_REQUESTS"),
        ("it says no", "declined: no reason"),
        ("UNAUTHENTICATED", "refused"),
        ("FORBIDDEN", "forbidden"),
    ],
)
def test_what_graphql_tells_with_a_good_status_is_waited_out_too(there: Carerix, code: str, fault: str) -> None:
    there.errors.append(code)
    work()
    assert state() == [("pending", fault)]
    work(TUESDAY + timedelta(minutes=2))
    assert (len(there.writes), state()) == (1, [("sent", None)])


@pytest.mark.usefixtures("session", "aisha")
def test_that_somebody_else_was_changed_is_not_taken_for_written(there: Carerix) -> None:
    there.named = "89"
    work()
    assert (state(), carerix_score.last_written_at()) == ([("pending", "unreadable")], None)


@pytest.mark.usefixtures("session", "aisha")
def test_a_score_that_is_not_taken_is_asked_again_the_next_day(there: Carerix) -> None:
    there.errors.append("BAD_USER_INPUT")
    work()
    work(TUESDAY + timedelta(hours=5))
    assert (there.writes, state()) == ([], [("failed", "declined: BAD_USER_INPUT")])
    work(TUESDAY + timedelta(days=1))
    assert len(there.writes) == 1


def test_a_token_that_ended_is_had_anew(there: Carerix, aisha: Candidate) -> None:
    work()
    there.tokens.clear()
    warm(aisha, TUESDAY + timedelta(hours=1), "application_completed")
    work(TUESDAY + timedelta(days=1))
    assert (len(there.writes), there.given) == (2, 2)


@pytest.mark.usefixtures("session", "aisha")
def test_whom_carerix_does_not_know_is_left_alone_for_weeks(there: Carerix) -> None:
    there.employees.clear()
    work()
    assert (state(), carerix_score.last_fault()) == ([("failed", "nobody: NOT_FOUND")], "")
    assert [row.number for row in carerix_score.known_to_nobody()] == [NUMBER]
    there.employees.add(NUMBER)
    assert work(TUESDAY + timedelta(days=27)) == 0
    assert work(TUESDAY + timedelta(days=29)) == 1
    assert (len(there.writes), carerix_score.known_to_nobody()) == (1, [])


def test_another_number_is_tried_the_next_day(there: Carerix, aisha: Candidate) -> None:
    there.employees.clear()
    work()
    known_as(aisha, "91")
    there.employees.add("91")
    assert (carerix_score.known_to_nobody()[0].number, work(TUESDAY + timedelta(days=1))) == (NUMBER, 1)
    assert ([number for number, _ in there.writes], carerix_score.known_to_nobody()) == (["91"], [])


def test_whom_carerix_does_not_know_stops_nobody_else(there: Carerix, aisha: Candidate) -> None:
    others("1", "2", "3", "4")
    crm_id.take_away(crm_id.ids_of(aisha.id)[0], TUESDAY)
    there.employees.add("4")
    work()
    assert ([number for number, _ in there.writes], [each for each, _ in state()].count("failed")) == (["4"], 3)


@pytest.mark.usefixtures("session", "aisha")
def test_where_nothing_goes_through_the_others_wait(there: Carerix) -> None:
    others("1", "2", "3", "4")
    there.errors.extend(["INTERNAL_ERROR"] * 5)
    work()
    assert (len(there.errors), there.writes) == (2, [])


@pytest.mark.usefixtures("session", "aisha")
def test_what_is_planned_is_not_planned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    others("1", "2")
    db.session.commit()
    assert carerix.plan_due("me", TUESDAY) == 3
    monkeypatch.setattr(carerix_score, "plan", lambda *_: pytest.fail("it is planned again"))
    assert carerix.plan_due("me", TUESDAY + timedelta(hours=1)) == 0


@pytest.mark.usefixtures("session", "aisha")
def test_so_many_are_planned_at_once_and_the_next_turn_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    others("1", "2")
    db.session.commit()
    monkeypatch.setattr(carerix_score, "PORTION", 1)
    monkeypatch.setattr(carerix, "MOST", 2)
    assert [carerix.plan_due("me", TUESDAY) for _ in range(3)] == [2, 1, 0]


@pytest.mark.usefixtures("session", "aisha")
def test_what_was_written_a_week_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    others("1", "2")
    monkeypatch.setattr(carerix, "PORTION", 2)
    work()
    work(TUESDAY + timedelta(days=6))
    assert len(state()) > 3
    db.session.commit()
    carerix.plan_due("me", TUESDAY + timedelta(days=20))
    assert {each for each, _ in state()} == {"pending"}


@pytest.mark.usefixtures("session", "aisha")
def test_mails_and_scores_are_taken_apart() -> None:
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    taken = [row.kind for row in delivery.claim("mail", TUESDAY)]
    assert carerix_score.KIND not in taken
    assert [row.kind for row in delivery.claim("us", TUESDAY, sort="carerix")] == [carerix_score.KIND]


@pytest.mark.usefixtures("session", "aisha")
def test_a_lease_that_ended_is_taken_by_another(there: Carerix) -> None:
    db.session.commit()
    carerix.plan_due("me", TUESDAY)
    delivery.claim("who was killed", TUESDAY, sort="carerix")
    db.session.commit()
    work(TUESDAY + timedelta(minutes=1))
    assert there.writes == []
    work(TUESDAY + timedelta(minutes=6))
    assert len(there.writes) == 1


@pytest.mark.usefixtures("session", "aisha")
def test_off_and_in_the_demo_nothing_is_written(there: Carerix, app: Flask) -> None:
    on = app.config["SETTINGS"]
    for off in ({"carerix_user": ""}, {"demo": True, "carerix_url": "https://api.carerix.io/graphql/v1/graphql"}):
        app.config["SETTINGS"] = on.model_copy(update=off)
        assert (work(), there.writes) == (0, [])


@pytest.mark.usefixtures("session", "aisha")
def test_no_secret_comes_into_a_log(there: Carerix, caplog: pytest.LogCaptureFixture) -> None:
    there.trouble.append(500)
    work()
    assert (SECRET in caplog.text, "token-1" in caplog.text) == (False, False)
